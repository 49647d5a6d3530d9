using System.Diagnostics;
using System.Globalization;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Engine;
using Qipan.EngineBench;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Bench.Trace;

/// <summary>
/// A positive's contacts, rings 1 and 2, in a city with 14 days of visits: asked for, written as proposals with duties, and on the page, as the
/// endpoint does it; then the rest of ring 2 as the worker writes it, and all of ring 1 accepted in bulk with its calendars. The city's
/// visits are those of the engine's benchmark; the protocol asks for 15 minutes together, in 48 hours before the finding.
/// `Qipan.Bench trace [--persons 1000000] [--cases 20] [--postgres "Host=…"] [--folder DIR]`
/// </summary>
static class TraceRun
{
    const string County = "220204";
    const string Community = "220204001001";
    const int Days = 14;

    static readonly Caller Investigator = new(new Actor(ActorKind.Staff, new Guid(1, 0, 0, new byte[8])), new UnitId(Guid.Empty), County,
        [new Grant(Role.Investigator, County)]);

    public static async Task<int> Run(string[] args)
    {
        var persons = int.Parse(Option(args, "--persons") ?? "1000000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var cases = int.Parse(Option(args, "--cases") ?? "20", CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Directory.CreateTempSubdirectory("qipan-bench-trace-").FullName;
        var clock = new StandingClock(DateTimeOffset.FromUnixTimeSeconds(VisitCity.Start).AddDays(Days));
        var started = Stopwatch.GetTimestamp();
        await using var store = await Stores.Open(new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, clock,
            RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema, CasesModule.Schema, TracingModule.Schema);
        using var visits = VisitStore.OpenForWriting(Path.Combine(folder, "presence")).Value;
        var rows = await Stage(store, visits, new VisitCity(persons, Math.Max(100, persons / 20), Days));
        var indexes = new VisitCity(persons, Math.Max(100, persons / 20), Days).Indexes(cases);
        for (var i = 0; i < cases; i++)
            await OpenCase(store, i, indexes[i]);
        Console.WriteLine($"{store.Kind}, {persons:N0} persons, {rows:N0} visits in {Days} days; staged in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");

        File.WriteAllText(Path.Combine(folder, "bench.yaml"), Protocol);
        var book = LoadProtocols.From(folder).Value;
        var work = new ContactWork(book, LocalDays.China, new TracingSettings());
        var propose = new ProposeContactsHandler(store, new PresenceDoor(new EnginePresence(visits)), book, LocalDays.China,
            new ProposalWriter(book, LocalDays.China, work, new TracingSettings()), new VenueKinds(clock));
        var here = new ProposeHere(store, propose);
        var decide = new DecideContactsHandler(store, book, LocalDays.China, work, new HandoverWork(new TracingSettings()));
        var (first, page, rest, bulk) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        Console.WriteLine("case   ring 1   ring 2   first on the page ms   page ms   rest written ms   ring 1 accepted ms");
        for (var i = 0; i < cases; i++)
        {
            var id = CaseId(i);
            var mark = Stopwatch.GetTimestamp();
            var report = (await here.Handle(Investigator, id, null)).Value;
            _ = store.Read(s => ContactLists.OfCase(s, id, ContactState.Proposed, null, 100));
            first.Add(Stopwatch.GetElapsedTime(mark).TotalMilliseconds);
            mark = Stopwatch.GetTimestamp();
            var ring1 = store.Read(s => ContactLists.OfCase(s, id, ContactState.Proposed, null, 100));
            _ = store.Read(s => ContactLists.CountsOfCase(s, id));
            page.Add(Stopwatch.GetElapsedTime(mark).TotalMilliseconds);
            mark = Stopwatch.GetTimestamp();
            await propose.Handle(new ProposeContacts(id), Actor.System);
            rest.Add(Stopwatch.GetElapsedTime(mark).TotalMilliseconds);
            var close = store.Read(s => s.Query<Guid>("SELECT id FROM contact WHERE index_case = @id AND ring = 1", new { id }));
            mark = Stopwatch.GetTimestamp();
            if (close.Count > 0)
                await decide.Handle(Investigator, new DecideContacts(close, true));
            bulk.Add(Stopwatch.GetElapsedTime(mark).TotalMilliseconds);
            Console.WriteLine($"{i,4} {report.Ring1,8:N0} {report.Ring2,8:N0} {first[^1],22:N0} {page[^1],9:N1} {rest[^1],17:N0} {bulk[^1],20:N0}");
            _ = ring1;
        }
        Console.WriteLine($"median, slowest: on the page {Median(first):N0}, {first.Max():N0} ms; page {Median(page):N1}, {page.Max():N1} ms; "
            + $"rest {Median(rest):N0}, {rest.Max():N0} ms; accepted {Median(bulk):N0}, {bulk.Max():N0} ms");
        var contacts = store.Read(s => s.Scalar<long>("SELECT count(*) FROM contact"));
        var list = Enumerable.Range(0, 50).Select(_ =>
        {
            var mark = Stopwatch.GetTimestamp();
            store.Read(s => ContactLists.Of(s, Investigator, new ContactFilter(County, ContactState.Proposed), null, 100));
            return Stopwatch.GetElapsedTime(mark).TotalMilliseconds;
        }).Order().ToList();
        Console.WriteLine($"a list of the county's proposals among {contacts:N0} contacts: p50 {list[25]:N1}, p95 {list[47]:N1} ms");
        return 0;
    }

    static async Task<long> Stage(Store store, VisitStore visits, VisitCity city)
    {
        for (var from = 0; from < city.Persons; from += 20_000)
        {
            var many = Math.Min(20_000, city.Persons - from);
            var start = from;
            await store.Write(new WriteScope(Actor.System, County), session => Outcome.Of(session.Insert(PersonRow.Rows, [.. Enumerable.Range(start, many).Select(Person)])));
        }
        for (var from = 0; from < city.Venues; from += 20_000)
        {
            var (start, many) = (from, Math.Min(20_000, city.Venues - from));
            await store.Write(new WriteScope(Actor.System, County), session => Outcome.Of(session.Insert(VenueRow.Rows, [.. Enumerable.Range(start, many).Select(Venue)])));
        }
        // The generator's numbers are the dense ids, because they are given in order.
        for (var n = 0; n < city.Persons; n++)
            visits.Visitors.Number(Id(1, n).ToString("N"));
        for (var n = 0; n < city.Venues; n++)
            visits.Places.Number(Id(2, n).ToString("N"));
        using var load = visits.BeginLoad();
        city.Each(v => load.Add(v));
        return load.Finish().Accepted;
    }

    static PersonRow Person(int n) => new()
    {
        Owner = County,
        Id = Id(1, n),
        Name = "",
        NameKey = "",
        Residence = $"{Community}.c01.b{n / 300}.u1.{n % 300}",
        Household = Id(4, n / 3),
        PresentOwner = County,
        PresentPlace = $"{Community}.c01.b{n / 300}.u1.{n % 300}",
        PresentSince = DateTimeOffset.UnixEpoch,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Source = "bench",
    };

    static VenueRow Venue(int n) => new()
    {
        Owner = County,
        Id = Id(2, n),
        Name = $"Venue {n}",
        NameKey = $"venue{n}",
        Category = (n % 6) switch { 0 => "shop", 1 => "restaurant", 2 => "vehicle", 3 => "office", 4 => "entertainment", _ => "market" },
        Place = Community,
    };

    static Task<Outcome<int>> OpenCase(Store store, int i, TraceIndex index) => store.Write(new WriteScope(Actor.System, County), session => Outcome.Of(session.Execute("""
        INSERT INTO case_record (owner, id, no, person, person_owner, disease, protocol, class, severity, clinical, onset, onset_about, first_positive_at, found_at,
          isolated_at, outcome, discovery, origin, report_region, onset_region, current_region, custody, opened_by_kind, opened_by_id, source_state, opened_at, version)
        VALUES (@County, @id, @no, @person, @County, 'COVID-19', 'BENCH-TRACE@1', 4, 0, 1, NULL, 0, @positive, @positive, @positive, 0, 7, 0, @County, @County, @County, @County,
          'report', @no, 0, @positive, 1)
        """, new { County, id = CaseId(i), no = $"bench-{i:00000}", person = Id(1, (int)index.Visitor), positive = DateTimeOffset.FromUnixTimeSeconds(index.To) })));

    static Guid CaseId(int i) => Id(3, i);

    static Guid Id(int kind, int n) => new($"01900000-0000-7000-8{kind:x3}-{n:x12}");

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

    const string Protocol = """
        protocol:
          id: BENCH-TRACE
          version: 1
          disease: COVID-19
          jurisdiction: "220204"
          effective: {from: 2022-01-01}
          priority: 900
          title: {zh: 基准测试, en: Benchmark}
          source: bench

        contact:
          anchor: {symptomatic: onset_date, asymptomatic: first_positive_sample_time}
          lookback_days: 2
          until: isolation_start
          copresence: {min_overlap_min: 15, same_subarea: false}
          secondary: {enabled: true, upgrade_if_index_contact_positive_in_first_tests: 2}

        notes:
          - {path: contact, mark: D, source: "bench", text: "Fifteen minutes together, two days back."}
        """;

    /// <summary>The day after the last visit.</summary>
    sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
