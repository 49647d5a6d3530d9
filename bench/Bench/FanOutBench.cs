using System.Diagnostics;
using System.Globalization;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Bench;

/// <summary>
/// 100,000 pooled tubes of ten, tested on plates of 94, are released: a million persons are covered, twenty tubes are positive and
/// raise alerts. Beside it the plain way: for each tube, for each member, look up and write.
/// `dotnet run -c Release --project bench/Bench -- fan-out [--tubes 100000] [--naive 1000] [--unit 2000] [--postgres "Host=…"] [--folder DIR]`
/// </summary>
static class FanOutBench
{
    const string County = "220204";
    const int PerTube = 10;
    const int PerPlate = 94;

    static readonly Actor Loader = new(ActorKind.Staff, new Guid(1, 0, 0, new byte[8]));
    static readonly Actor Releaser = new(ActorKind.Staff, new Guid(2, 0, 0, new byte[8]));
    static readonly Guid Round = Id(1, 0);
    static readonly Guid Lab = Id(2, 0);
    static readonly UnitId Unit = new(Id(3, 0));

    public static async Task Run(string[] args)
    {
        var tubes = int.Parse(Option(args, "--tubes") ?? "100000", CultureInfo.InvariantCulture);
        var naive = int.Parse(Option(args, "--naive") ?? "1000", CultureInfo.InvariantCulture);
        var settings = new LaboratorySettings { TubesPerRelease = int.Parse(Option(args, "--unit") ?? "2000", CultureInfo.InvariantCulture) };
        var folder = Option(args, "--folder") ?? Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        await using var store = await Stores.Open(
            new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, TimeProvider.System,
            RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema);
        var started = Stopwatch.GetTimestamp();
        await Stage(store, tubes);
        Console.WriteLine($"{store.Kind}, {tubes:N0} tubes of {PerTube}, plates of {PerPlate}, {settings.TubesPerRelease:N0} tubes in a transaction; "
            + $"staged in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s, {store.SizeInBytes() / 1e6:N0} MB");
        await Naive(store, tubes, naive);

        var book = LoadProtocols.From((string?)null).Value;
        var work = new AlertWork(store, book, LocalDays.China);
        var release = new ReleaseRunsHandler(store, settings, new RaiseAlerts(book, LocalDays.China, settings), new Resamples(store, work));
        var caller = new Caller(Releaser, Unit, County, [new Grant(Role.Reviewer, County)]);
        var runs = Enumerable.Range(0, (tubes + PerPlate - 1) / PerPlate).Select(n => Id(6, n)).ToList();
        using var stop = new CancellationTokenSource();
        var others = OtherWriter(store, stop.Token);
        started = Stopwatch.GetTimestamp();
        var worked = Process.GetCurrentProcess().TotalProcessorTime;
        var receipt = (await release.Handle(caller, new ReleaseRuns(runs))).Value;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        worked = Process.GetCurrentProcess().TotalProcessorTime - worked;
        await stop.CancelAsync();
        var waits = await others;
        Console.WriteLine($"released: {seconds:N2} s for {receipt.Covered:N0} persons covered, {receipt.Items.Sum(i => i.Alerts.Count)} alerts, "
            + $"{receipt.Items.Count(i => i.Refusal is null):N0} runs; {tubes * PerTube / seconds:N0} persons/s, processor {worked.TotalSeconds:N1} s");
        Console.WriteLine($"another writer of the county waited {waits[waits.Count / 2]:N0} ms in the middle, {waits[^1]:N0} ms at most");
        Console.WriteLine($"duties still open {store.Read(s => s.Scalar<long>("SELECT sum(open) FROM duty_count WHERE kind = 1")):N0}; "
            + $"store {store.SizeInBytes() / 1e6:N0} MB, resident {Process.GetCurrentProcess().WorkingSet64 / 1e6:N0} MB");
    }

    /// <summary>Version 7 ids in the order in which the things came about.</summary>
    static Guid Id(int kind, int n) =>
        new($"{0x0199_0000_0000L + kind:x12}7000{0x8000_0000_0000_0000UL + (ulong)n:x16}".Insert(8, "-").Insert(13, "-").Insert(18, "-").Insert(23, "-"));

    static bool Positive(int tube) => tube % 5000 == 77;

    static async Task Stage(Store store, int tubes)
    {
        var now = TimeProvider.System.GetUtcNow();
        var scope = new WriteScope(Loader, County);
        async Task Write(Func<WriteSession, int> work) => _ = (await store.Write(scope, s => Outcome.Of(work(s)))).Value;
        await Write(s =>
        {
            s.Execute("""
                INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy, pool_policy,
                  pooled_due_hours, single_due_hours, resample_due_hours, state, created_at, published_at)
                VALUES (@County, @Round, 1, 'Round', 'COVID-19', 'CN-COVID-8@1', '["220204"]', 1, @now, @now, @now, 1, '{}', 24, 6, 24, 3, @now, @now)
                """, new { County, Round, now });
            AssayBook.Keep(s, new KnownAssay(County, "bench", 1, AssayFile.Named("sars-cov-2-orf1ab-n").Value, 0));
            return s.Insert(LaboratoryRow.Rows, [new LaboratoryRow
            {
                Owner = County, Id = Lab, Unit = Unit, Name = "Bench", RatedCapacity = "{\"10\":1000000}", State = LaboratoryState.Working,
            }]);
        });
        foreach (var chunk in Enumerable.Range(0, tubes).Chunk(2000))
            await Write(s => Lay(s, chunk, now));
        foreach (var chunk in Enumerable.Range(0, (tubes + PerPlate - 1) / PerPlate).Chunk(500))
            await Write(s => s.Insert(RunRow.Rows, [.. chunk.Select(n => new RunRow
            {
                Owner = County, Id = Id(6, n), Lab = Lab, Assay = "bench", AssayVersion = 1, AssayOwner = County, FileName = "f", FileHash = $"{n}",
                Plate = $"{n}", State = RunState.Reviewed, LoadedAt = now, LoadedBy = Loader.ToString(), AmplifiedAt = now,
                Tubes = Math.Min(PerPlate, tubes - n * PerPlate),
            })]));
        await Write(s => s.Execute("UPDATE run SET reviewed1_by = 'staff:1', reviewed2_by = 'staff:2'"));
        if (store.Kind == StoreKind.Postgres)
            await Write(s => s.Execute("ANALYZE;"));
    }

    static readonly Table<int> TubeRows = new("tube",
        new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, n => Id(4, n), Key: true), new("code", ColumnType.Text, n => $"T{n:0000000}"),
        new("round", ColumnType.Uuid, _ => Round), new("kind", ColumnType.Small, _ => 10), new("capacity", ColumnType.Small, _ => 10),
        new("state", ColumnType.Small, _ => TubeState.InRun), new("count", ColumnType.Big, _ => 10), new("conflict", ColumnType.Small, _ => 0),
        new("priority", ColumnType.Small, _ => 0), new("lab", ColumnType.Uuid, _ => Lab), new("received_at", ColumnType.Big, _ => TimeProvider.System.GetUtcNow()),
        new("reject_reason", ColumnType.Small, _ => 0), new("holder", ColumnType.Text, _ => "unit:x"), new("updated_at", ColumnType.Big, _ => TimeProvider.System.GetUtcNow()));

    static readonly Table<int> Registrations = new("registration",
        new("owner", ColumnType.Text, _ => County, Key: true), new("id", ColumnType.Uuid, n => Id(5, n), Key: true), new("round", ColumnType.Uuid, _ => Round),
        new("person", ColumnType.Uuid, n => Id(7, n)), new("person_owner", ColumnType.Text, _ => County), new("tube", ColumnType.Uuid, n => Id(4, n / PerTube)),
        new("position", ColumnType.Small, n => n % PerTube), new("occurred_at", ColumnType.Big, _ => 1L), new("corrected_at", ColumnType.Big, _ => 1L),
        new("specimen", ColumnType.Small, _ => 2), new("device", ColumnType.Uuid, _ => Lab), new("id_method", ColumnType.Small, _ => 1),
        new("scope_version", ColumnType.Small, _ => 1), new("supplement", ColumnType.Small, _ => 0), new("duplicate", ColumnType.Small, _ => 0),
        new("state", ColumnType.Small, _ => 2), new("result_state", ColumnType.Small, _ => 0), new("area", ColumnType.Text, n => Area(n)));

    static string Area(int person) => $"220204001{person / 3000 % 900 + 1:000}";

    static int Lay(WriteSession session, int[] tubes, DateTimeOffset now)
    {
        var people = tubes.SelectMany(t => Enumerable.Range(t * PerTube, PerTube)).ToList();
        session.Insert(TubeRows, tubes);
        session.Insert(Registrations, people);
        session.Insert(PersonRow.Rows, [.. people.Where(p => Positive(p / PerTube)).Select(p => new PersonRow
        {
            Owner = County, Id = Id(7, p), Name = "", NameKey = "", Residence = Area(p), Confidence = IdentityConfidence.Verified, PresentKind = PresentKind.Residence,
            PresentOwner = County, PresentPlace = Area(p), PresentSince = now, CreatedAt = now, Source = "bench", Version = 1,
        })]);
        session.Insert(ResultRow.Rows, [.. tubes.Select(t => new ResultRow
        {
            Owner = County, Id = Id(8, t), Tube = Id(4, t), Run = Id(6, t / PerPlate), Version = 1, Call = Positive(t) ? Call.Pos : Call.Neg,
            Ct = Positive(t) ? "{\"ORF1ab\":25,\"N\":25}" : "{\"ORF1ab\":null,\"N\":null}", State = ResultState.Preliminary, ReportedAt = now, Verified = true,
        })]);
        return Ledger.Open(session, [.. people.Select(p => new NewDuty
        {
            Owner = County, Kind = DutyKind.TestInRound, Subject = Id(7, p), Basis = new Ref("round", Round), Area = Area(p) + ".c01.b02.u1", AgeBand = AgeBand.From18To59,
            OwnerUnit = Unit, DueAt = now.AddHours(24),
        })]) + Ledger.Open(session, [.. tubes.Select(t => new NewDuty
        {
            Owner = County, Kind = DutyKind.ResultTube, Subject = Id(4, t), Basis = new Ref("tube", Id(4, t)), Area = County, OwnerUnit = Unit, DueAt = now.AddHours(24),
        })]);
    }

    /// <summary>Another use case of the same county every 5 ms: how long it waits is what the sampling desk feels.</summary>
    static Task<List<double>> OtherWriter(Store store, CancellationToken stop) => Task.Run(async () =>
    {
        var waits = new List<double> { 0 };
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await store.Write(new WriteScope(Loader, County), s =>
            {
                s.Trail(County, "bench", new Ref("bench", "other"));
                return Outcome.Done;
            });
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(5, CancellationToken.None);
        }
        waits.Sort();
        return waits;
    }, CancellationToken.None);

    /// <summary>The last tubes, one after the other and taken back: read the members, then for each look up the other tubes, write, count.</summary>
    static async Task Naive(Store store, int tubes, int many)
    {
        var started = Stopwatch.GetTimestamp();
        await store.Write(new WriteScope(Releaser, County), s =>
        {
            foreach (var n in Enumerable.Range(tubes - many, many))
                OneByOne(s, Id(4, n), Id(8, n));
            return (Outcome<Done>)new StoreBusy();
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"plain, tube by tube and member by member: {seconds:N2} s for {many * PerTube:N0} persons, "
            + $"that is {seconds * tubes / many:N0} s for {tubes * PerTube:N0} (without counters, trail and alerts)");
    }

    static void OneByOne(WriteSession session, Guid tube, Guid result)
    {
        var round = Round.ToString("N");
        session.Execute("UPDATE result SET state = 2 WHERE owner = @County AND id = @result", new { County, result });
        session.Execute("UPDATE tube SET state = 9, result = @result WHERE owner = @County AND id = @tube", new { County, tube, result });
        foreach (var member in Members.OfTubes(session, County, [tube]))
        {
            session.Execute("UPDATE registration SET result_state = 1 WHERE owner = @County AND tube = @tube AND id = @Id", new { County, tube, member.Id });
            var waiting = session.Scalar<long>("SELECT count(*) FROM registration WHERE round = @Round AND person = @Person AND result_state <> 1",
                new { Round, member.Person });
            if (waiting == 0)
                session.Execute("""
                    UPDATE duty SET state = 1, ended_at = @Now, ended_by = 'x', evidence_kind = 'result', evidence_id = @evidence
                    WHERE owner = @County AND kind = 1 AND basis_id = @round AND subject_id = @Person
                    """, new { session.Now, evidence = result.ToString("N"), County, round, member.Person });
        }
    }

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
