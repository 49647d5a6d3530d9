using System.Diagnostics;
using System.Globalization;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Bench.Chains;

/// <summary>
/// Fills a store with a made outbreak of linked cases, through the same bulk use cases as an import, and times what the pages of chains read. The
/// folder stays, so that a server can be started on it and the picture looked at: bench/README.md.
/// `Qipan.Bench chains [--cases 25000] [--postgres "Host=…"] [--folder DIR]`
/// </summary>
static class ChainsRun
{
    const string City = "9901";
    const int Portion = 2_000;

    /// <summary>Six counties with four streets each.</summary>
    static readonly string[] Streets = [.. Enumerable.Range(0, 24).Select(n => $"{City}0{2 + (n / 4)}00{1 + (n % 4)}")];

    static readonly Caller Desk = new(new Actor(ActorKind.Staff, new Guid(1, 0, 0, new byte[8])), new UnitId(Guid.Empty), City, [new Grant(Role.Investigator, City)]);

    public static async Task<int> Run(string[] args)
    {
        var many = int.Parse(Option(args, "--cases") ?? "25000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Directory.CreateTempSubdirectory("qipan-bench-chains-").FullName;
        Directory.CreateDirectory(folder);
        await using var store = await Stores.Open(new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, TimeProvider.System,
            RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema, CasesModule.Schema, TracingModule.Schema);
        var made = Outbreak.Of(many, 20220310);
        var started = Stopwatch.GetTimestamp();
        await Stage(store, made);
        Console.WriteLine($"{store.Kind}, {many:N0} cases, {made.Count(m => m is { From: >= 0, Known: true }):N0} links; staged in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s in {folder}");
        var book = new ChainBook(LocalDays.China);
        foreach (var (name, look) in new (string, Func<Session, int>)[]
        {
            ("cases and links read, graph made", s => book.Of(s, Desk, "", "COVID-19").Value.Links.Count),
            ("as the first page of the table", s => ChainLines.Of(book.Of(s, Desk, "", "COVID-19").Value, new ChainFilter()).Count),
            ("diseases of the territory", s => ChainBook.Diseases(s, Desk, "").Value.Count),
        })
        {
            var times = Enumerable.Range(0, 21).Select(_ =>
            {
                var mark = Stopwatch.GetTimestamp();
                store.Read(look);
                return Stopwatch.GetElapsedTime(mark).TotalMilliseconds;
            }).Skip(1).Order().ToList();
            Console.WriteLine($"{name}: median {times[10]:N1}, slowest {times[^1]:N1} ms");
        }
        return 0;
    }

    static async Task Stage(Store store, List<MadeCase> made)
    {
        var work = new CaseWork(LoadProtocols.From(Directory.CreateTempSubdirectory("qipan-bench-none-").FullName).Value, LocalDays.China, new CasesSettings());
        var today = LocalDays.China.DateOf(TimeProvider.System.GetUtcNow());
        var last = made.Max(m => m.Day);
        var scope = new WriteScope(Actor.System, [.. Streets.Select(s => s[..6]).Distinct()]);
        await store.Write(scope, session => Outcome.Of(Places(session)));
        var ids = new Guid[made.Count];
        var clusters = new Dictionary<int, Guid>();
        for (var from = 0; from < made.Count; from += Portion)
        {
            var part = Enumerable.Range(from, Math.Min(Portion, made.Count - from)).ToList();
            var written = await store.Write(scope, session =>
            {
                session.Insert(PersonRow.Rows, part.ConvertAll(n => Person(n, made[n])));
                foreach (var n in part.Where(n => made[n].Venue >= 0 && !clusters.ContainsKey(made[n].Venue)))
                {
                    clusters[made[n].Venue] = session.NewId();
                    session.Execute("INSERT INTO cluster (owner, id, name, kind) VALUES (@owner, @id, @name, 1)",
                        new { owner = Streets[made[n].Place][..6], id = clusters[made[n].Venue], name = $"聚集 {clusters.Count}" });
                }
                return Outcome.Of(work.Open(session, part.ConvertAll(n => New(n, made[n], today.AddDays(made[n].Day - last), clusters))));
            });
            for (var i = 0; i < part.Count; i++)
                ids[part[i]] = written.Value[i].Value.Case.Id;
        }
        var links = Enumerable.Range(0, made.Count).Where(n => made[n] is { From: >= 0, Known: true }).ToList();
        foreach (var part in links.Chunk(Portion))
            await store.Write(scope, session => Outcome.Of(Links.Add(session, [.. part.Select(n =>
                new NewLink(ids[made[n].From], ids[n], (LinkConfidence)made[n].Confidence))]).Count(l => l.Ok)));
        // The desks have asked the cases of all but the last days whom they met, and of nearly all.
        await store.Write(scope, session => Outcome.Of(session.Execute(
            "UPDATE case_record SET contacts_asked_at = found_at + 86400000 WHERE found_at < @until AND substr(no, 15, 2) <> '07'",
            new { until = TimeProvider.System.GetUtcNow().AddDays(-4) })));
    }

    static int Places(WriteSession session)
    {
        var names = Streets.Select(s => s[..6]).Distinct().Select((c, i) => (Code: c, Name: "东西南北中新"[i] + "城区", Level: 3))
            .Concat(Streets.Select((c, i) => (Code: c, Name: "东西南北中新"[i / 4] + "城" + "一二三四"[i % 4] + "街道", Level: 4))).ToList();
        foreach (var (code, name, level) in names)
            session.Execute("INSERT INTO place (owner, code, parent, level, name, official) VALUES (@owner, @code, @parent, @level, @name, 0)",
                new { owner = code[..6], code, parent = code.Length == 6 ? City : code[..6], level, name });
        return names.Count;
    }

    static PersonRow Person(int n, MadeCase made) => new()
    {
        Owner = Streets[made.Place][..6],
        Id = Id(n),
        Name = "",
        NameKey = "",
        Residence = Streets[made.Place],
        PresentOwner = Streets[made.Place][..6],
        PresentPlace = Streets[made.Place],
        PresentSince = DateTimeOffset.UnixEpoch,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Source = "bench",
    };

    static NewCase New(int n, MadeCase made, DateOnly day, Dictionary<int, Guid> clusters) => new()
    {
        Owner = Streets[made.Place][..6],
        Person = Id(n),
        Disease = "COVID-19",
        Class = (CaseClass)made.Class,
        BasisKind = "import_row",
        BasisId = $"bench/{n}",
        Onset = made.Class == 4 ? null : day,
        FirstPositiveAt = LocalDays.China.StartOf(day).AddHours(9),
        FoundAt = LocalDays.China.StartOf(day).AddHours(12),
        ReportAt = LocalDays.China.StartOf(day).AddHours(13),
        CurrentRegion = Streets[made.Place],
        Cluster = made.Venue >= 0 ? clusters[made.Venue] : null,
        Discovery = Discovery.ImportFile,
        Clocks = false,
    };

    static Guid Id(int n) => new($"01900000-0000-7000-8001-{n:x12}");

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
