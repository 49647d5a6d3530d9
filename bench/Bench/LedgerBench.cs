using System.Diagnostics;
using System.Globalization;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench;

/// <summary>
/// A round of a million: open the test duties, end 700,000 of them by results of pooled tubes, ask who is missing and what the
/// counts are; each beside the plain way (look up, then write, row by row; count by scanning the ledger).
/// `dotnet run -c Release --project bench/Bench -- ledger [--rows 1000000] [--naive 50000] [--postgres "Host=…"] [--folder DIR]`
/// </summary>
static class LedgerBench
{
    const int Unit = 20_000;

    static readonly string[] Counties = ["220202", "220203", "220204", "220211"];

    static readonly Actor Officer = new(ActorKind.Staff, new Guid(1, 2, 3, new byte[8]));

    public static async Task Run(string[] args)
    {
        var rows = int.Parse(Option(args, "--rows") ?? "1000000", CultureInfo.InvariantCulture);
        var naive = int.Parse(Option(args, "--naive") ?? "50000", CultureInfo.InvariantCulture);
        var folder = Option(args, "--folder") ?? Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        await using var store = await Stores.Open(
            new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, TimeProvider.System, RegistersModule.Schema, DutiesModule.Schema);
        var round = new Ref("round", "0199aaaa00007000800000000000" + Random4());
        Console.WriteLine($"{store.Kind}, {rows:N0} duties in {Counties.Length} counties, units of {Unit:N0}");
        await Stage(store, rows);
        await Time($"open {rows:N0}", rows, () => InUnits(store, rows, (s, county, from, to) => Ledger.OpenFrom(s, """
            SELECT owner, 1 AS kind, @Id AS basis_id, subject AS subject_id, 'person' AS subject_kind, 'round' AS basis_kind, 'CN-COVID-8@1' AS protocol,
              area, age AS age_band, unit AS owner_unit, @due AS due_at, 0 AS priority, NULL AS note
            FROM bench_person WHERE owner = @county AND n >= @from AND n < @to
            """, new { round.Id, county, from, to, due = DateTimeOffset.UtcNow.AddHours(24) })));
        await Time($"open the same {rows:N0} again", rows, () => InUnits(store, rows, (s, county, from, to) => Ledger.OpenFrom(s, """
            SELECT owner, 1 AS kind, @Id AS basis_id, subject AS subject_id, 'person' AS subject_kind, 'round' AS basis_kind, 'CN-COVID-8@1' AS protocol,
              area, age AS age_band, unit AS owner_unit, 0 AS due_at, 0 AS priority, NULL AS note
            FROM bench_person WHERE owner = @county AND n >= @from AND n < @to
            """, new { round.Id, county, from, to })));
        await Time($"end {rows * 7L / 10:N0} by pooled results", rows * 7L / 10, () => InUnits(store, rows, (s, county, from, to) => Ledger.DoneFrom(s, """
            SELECT owner, 1 AS kind, @Id AS basis_id, subject AS subject_id, 'result' AS evidence_kind, result AS evidence_id
            FROM bench_person WHERE owner = @county AND n >= @from AND n < @to AND n % 10 < 7
            """, new { round.Id, county, from, to })));
        Ask(store, round, rows);
        await Naive(store, round, naive);
        Console.WriteLine($"store {store.SizeInBytes() / 1e6:N0} MB, resident {Process.GetCurrentProcess().WorkingSet64 / 1e6:N0} MB");
    }

    /// <summary>The people of the round, as the registers would give them. Not timed.</summary>
    static async Task Stage(Store store, int rows)
    {
        var table = new Table<int>("bench_person",
            new("owner", ColumnType.Text, n => Counties[n % 4], Key: true), new("n", ColumnType.Big, n => n, Key: true),
            new("subject", ColumnType.Uuid, n => Person(n)), new("area", ColumnType.Text, Place), new("age", ColumnType.Small, n => n % 5 + 1),
            new("unit", ColumnType.Uuid, n => new Guid(n / 4 % 300, 1, 0, new byte[8])),
            new("result", ColumnType.Text, n => new Guid(7, 0, 0, BitConverter.GetBytes((long)n / 40)).ToString("N")));
        var scope = new WriteScope(Officer, Counties);
        await store.Write(scope, s => Outcome.Of(s.Execute("CREATE TABLE IF NOT EXISTS bench_person (owner text, n bigint, subject uuid, area text, age smallint, "
            + "unit uuid, result text, PRIMARY KEY (owner, n))") + s.Execute("DELETE FROM bench_person")));
        foreach (var chunk in Enumerable.Range(0, rows).Chunk(50_000))
            await store.Write(scope, s => Outcome.Of(s.Insert(table, chunk)));
        if (store.Kind == StoreKind.Postgres)
            await store.Write(scope, s => Outcome.Of(s.Execute("ANALYZE bench_person")));
    }

    /// <summary>Version 7 ids of people who were registered street by street.</summary>
    static Guid Person(int n) => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddDays(19_000).AddMilliseconds(n));

    static string Place(int n) => $"{Counties[n % 4]}{n / 4 / 30_000 % 9 + 1:000}{n / 4 / 3_000 % 10 + 1:000}.c{n / 4 / 500 % 6:00}.b{n / 4 / 60 % 9}";

    static async Task InUnits(Store store, int rows, Func<WriteSession, string, int, int, int> act)
    {
        foreach (var county in Counties)
        {
            for (var from = 0; from < rows; from += Unit * 4)
            {
                var (first, last) = (from, from + Unit * 4);
                var outcome = await store.Write(new WriteScope(Officer, county), s => Outcome.Of(act(s, county, first, last)));
                _ = outcome.Value;
            }
        }
    }

    static void Ask(Store store, Ref round, int rows)
    {
        var now = DateTimeOffset.UtcNow;
        string? after = null;
        Best("who is missing: count and first page", () => store.Read(s => Missing.Of(s, "2202", round.Id).Count));
        Best("  the same in one county", () => store.Read(s => Missing.Of(s, "220204", round.Id).Count));
        Best("  the same in one compound", () => store.Read(s => Missing.Of(s, "220204", round.Id, "220204001001.c03").Count));
        for (var i = 0; i < 500; i++)
            after = store.Read(s => Missing.Of(s, "2202", round.Id, "", after).Next);
        Best("  the 501st page", () => store.Read(s => Missing.Of(s, "2202", round.Id, "", after).Count));
        Best("  plain: every duty read, those not done counted", () => store.Read(s => s.Stream<DutyLine>(
            "SELECT * FROM duty WHERE kind = 1 AND basis_id = @Id", new { round.Id }).Count(d => d.State == DutyState.Open)), times: 1);
        Best("counts by county and age", () => store.Read(s => DutyCounts.By(s, new DutyFilter { Territory = "2202" }, PlaceLevel.County, now).Sum(c => c.Open)));
        Best("counts by community and age", () => store.Read(s => DutyCounts.By(s, new DutyFilter { Territory = "2202" }, PlaceLevel.Community, now).Sum(c => c.Open)));
        Best("  plain: GROUP BY over the ledger", () => store.Read(s => s.Query<(int, string, int, long)>(
            "SELECT kind, substr(area, 1, 6), age_band, sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) FROM duty GROUP BY 1, 2, 3").Sum(c => c.Item4)), times: 1);
        Best("list: late of the city", () => store.Read(s => DutyList.Page(s, new DutyFilter { Territory = "2202", Late = true }, now.AddDays(2)).Items.Count));
        Best("list: of one unit", () => store.Read(s => DutyList.Page(
            s, new DutyFilter { Territory = "2202", Unit = new Guid(7, 1, 0, new byte[8]) }, now).Items.Count));
        Best("list: of one person", () => store.Read(s => DutyList.Page(s, new DutyFilter { Subject = Person(rows / 2) }, now).Items.Count));
        Best("list: done of the round", () => store.Read(s => DutyList.Page(
            s, new DutyFilter { Territory = "220204", Kind = DutyKind.TestInRound, Basis = round.Id, State = DutyState.Done }, now).Items.Count));
    }

    /// <summary>One unit of writing per person: look the duty up, write it, look the counter up, write it.</summary>
    static async Task Naive(Store store, Ref round, int many)
    {
        await Time($"plain: open {many:N0} row by row, in units of {Unit:N0}", many, async () =>
        {
            for (var from = 0; from < many; from += Unit)
            {
                var (first, last) = (from, Math.Min(many, from + Unit));
                await store.Write(new WriteScope(Officer, Counties), s =>
                {
                    for (var n = first; n < last; n++)
                        OpenOne(s, n, round.Id + "n");
                    return Outcome.Done;
                });
            }
        });
        await Time($"plain: end {many:N0} row by row, in units of {Unit:N0}", many, async () =>
        {
            for (var from = 0; from < many; from += Unit)
            {
                var (first, last) = (from, Math.Min(many, from + Unit));
                await store.Write(new WriteScope(Officer, Counties), s =>
                {
                    for (var n = first; n < last; n++)
                        EndOne(s, n, round.Id + "n");
                    return Outcome.Done;
                });
            }
        });
    }

    static void OpenOne(WriteSession s, int n, string basis)
    {
        var key = new { owner = Counties[n % 4], basis, subject = Person(n), area = Place(n), community = Place(n)[..12], age = (short)(n % 5 + 1), unit = Person(0) };
        if (s.Scalar<long>("SELECT count(*) FROM duty WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND subject_id = @subject", key) > 0)
            return;
        s.Execute("INSERT INTO duty (owner, kind, basis_id, subject_id, subject_kind, basis_kind, area, age_band, owner_unit, opened_at, due_at, state, "
            + "priority, escalation) VALUES (@owner, 1, @basis, @subject, 'person', 'round', @area, @age, @unit, 0, 0, 0, 0, 0)", key);
        s.Execute("INSERT INTO duty_count (owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn) "
            + "VALUES (@owner, 1, @basis, @community, @age, 0, 1, 0, 0, 0, 0) ON CONFLICT (owner, kind, basis_id, area, age_band, due_at) "
            + "DO UPDATE SET open = duty_count.open + 1", key);
    }

    static void EndOne(WriteSession s, int n, string basis)
    {
        var key = new { owner = Counties[n % 4], basis, subject = Person(n), community = Place(n)[..12], age = (short)(n % 5 + 1), result = "r" + n / 40 };
        if (s.One<short?>("SELECT state FROM duty WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND subject_id = @subject", key) != 0)
            return;
        s.Execute("UPDATE duty SET state = 1, ended_at = 0, ended_by = 'x', evidence_kind = 'result', evidence_id = @result "
            + "WHERE owner = @owner AND kind = 1 AND basis_id = @basis AND subject_id = @subject", key);
        s.Execute("UPDATE duty_count SET open = open - 1, done = done + 1 WHERE owner = @owner AND kind = 1 AND basis_id = @basis "
            + "AND area = @community AND age_band = @age AND due_at = 0", key);
    }

    static async Task Time(string what, long rows, Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        var took = Stopwatch.GetElapsedTime(started);
        Console.WriteLine($"{what,-52} {took.TotalSeconds,9:N2} s  {rows / took.TotalSeconds,12:N0} rows/s");
    }

    static void Best(string what, Func<long> ask, int times = 5)
    {
        var all = new List<double>();
        long found = 0;
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            found = ask();
            all.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        Console.WriteLine($"{what,-52} {all.Order().ElementAt(all.Count / 2),9:N1} ms (first {all[0]:N1})   found {found:N0}");
    }

    static string Random4() => (Environment.TickCount & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture);

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
