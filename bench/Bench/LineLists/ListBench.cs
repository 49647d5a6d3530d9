using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dapper;
using Npgsql;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.LineLists;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Bench.LineLists;

/// <summary>
/// `line-lists [--rows N] [--export N] [--postgres CONN]`: imports an invented list with one wrong row in ten and duplicate detection, tries it
/// before and imports it again, beside it the plain way (a look-up, a person and a case for each row); then writes a list of many cases out,
/// beside it the plain way (all rows in memory, then the file).
/// </summary>
static class ListBench
{
    const int PlainRows = 5_000;

    static readonly ModuleSchema[] Schemas =
    [
        RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema, CasesModule.Schema,
        TracingModule.Schema, LineListsModule.Schema,
    ];

    public static async Task<int> Run(string[] args)
    {
        int Number(string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
        var (rows, exported) = (Number("--rows", 100_000), Number("--export", 1_000_000));
        var server = Array.IndexOf(args, "--postgres") is >= 0 and var given ? args[given + 1] : null;
        var folder = Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {(server is null ? "SQLite" : "PostgreSQL")}");
            Console.WriteLine();
            Console.WriteLine("| what | rows | seconds | rows/s | CPU s | accepted | had | refused | store or file MB | own MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
            if (rows > 0)
                await Import(folder, rows, server);
            if (exported > 0)
                await Export(folder, exported, server);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Import(string folder, int rows, string? server)
    {
        var file = Path.Combine(folder, "list.csv");
        ListFile.Write(file, rows, seed: 20220321);
        var mapping = ReadMapping.Of("bench.yaml", Encoding.UTF8.GetBytes(ListFile.Mapping)).Mapping!;
        var protocols = LoadProtocols.From((string?)null).Value;
        var storage = Settings(folder, "import", server);
        await using (var store = await Open(storage))
        {
            var keys = Keyring.Open(storage.Folder);
            var handler = new ImportLineListHandler(store, keys, protocols, new CaseWork(protocols, LocalDays.China, new CasesSettings()), new TracingSettings(),
                new RegistersSettings(), new LineListsSettings(), LocalDays.China);
            foreach (var (what, dry) in new[] { ("dry run", true), ("import, empty store", false), ("the same file again", false) })
            {
                var watch = new Watch();
                var report = (await handler.Handle(new ImportLineList(file, mapping, DryRun: dry), Actor.System)).Value;
                Print(what, report.Rows, watch, report, store.SizeInBytes());
            }
        }
        storage = Settings(folder, "plain", server);
        await using (var store = await Open(storage))
        {
            var watch = new Watch();
            var done = await Plain(store, Keyring.Open(storage.Folder), mapping, protocols, file, Math.Min(rows, PlainRows));
            Print("row by row", done, watch, null, store.SizeInBytes());
        }
    }

    /// <summary>What one writes first: for each row a look-up of the person and one for the number, a person, a case, in one transaction.</summary>
    static async Task<long> Plain(Store store, Keyring keys, ListMapping mapping, ProtocolBook protocols, string file, int rows)
    {
        var work = new CaseWork(protocols, LocalDays.China, new CasesSettings());
        return (await store.Write(new WriteScope(Actor.System, "990102"), session =>
        {
            using var list = OpenList.Of(file, null, _ => true).Value.Rows;
            var reader = new RowReader(store, keys, LocalDays.China, 14, mapping, list, null, null);
            var count = 0L;
            while (list.Read() && count++ < rows)
            {
                if (reader.Read() is not { Ok: true, Value: CaseDraft draft })
                    continue;
                if (session.One<long?>("SELECT 1 FROM case_record WHERE owner = '990102' AND disease = 'MEASLES' AND outside_no = @Id", new { draft.Id }) is not null)
                    continue;
                var unit = PersonUnitWriter.Write(session, keys, [draft.Person.Sealed!], "bench", new RegistersSettings(), new DateOnly(2026, 1, 1));
                if (unit.Persons.TryGetValue(draft.Row, out var person))
                    work.Open(session, draft.Case with { Person = person });
            }
            return Outcome.Of(count);
        })).Value;
    }

    static async Task Export(string folder, int cases, string? server)
    {
        var storage = Settings(folder, "export", server);
        await using (var filled = await Open(storage))
            await Fill(filled, cases);
        // Opened anew: what filling left in memory is not the export's.
        await using var store = await Stores.Open(storage, TimeProvider.System, Schemas);
        var keys = Keyring.Open(storage.Folder);
        foreach (var (what, workbook) in new[] { ("export, CSV", false), ("export, .xlsx", true) })
        {
            var path = Path.Combine(folder, "out");
            var watch = new Watch();
            long rows;
            await using (var output = File.Create(path))
                rows = (await new ExportLineListHandler(store, keys, LocalDays.China).Handle(
                    new ExportLineList(ListKind.Cases, Purpose.Statistics, Workbook: workbook), Actor.System, null, output)).Value;
            Print(what, rows, watch, null, new FileInfo(path).Length);
        }
        var plain = new Watch();
        var (many, bytes) = store.Read(session =>
        {
            var rows = session.Query<ExportRow>("SELECT * FROM case_record c");
            var persons = session.Query<ExportRow>("SELECT id, sex, birth, name, residence FROM person").ToDictionary(p => p.Id);
            var sight = new ExportSight(keys, LocalDays.China, "plain");
            var columns = ListColumns.Of(ListKind.Cases).Where(c => !c.Real).ToList();
            var lines = rows.ConvertAll(r => string.Join(',', columns.Select(c => c.Value(r, sight))) + persons[r.Person].Birth);
            File.WriteAllLines(Path.Combine(folder, "plain.csv"), lines);
            return ((long)rows.Count, new FileInfo(Path.Combine(folder, "plain.csv")).Length);
        });
        Print("all rows in memory, then the file", many, plain, null, bytes);
    }

    /// <summary>Cases and their persons, laid down directly.</summary>
    static async Task Fill(Store store, int cases)
    {
        var clock = TimeProvider.System;
        var start = new DateOnly(2022, 1, 1);
        for (var from = 0; from < cases; from += 20_000)
        {
            var at = from;
            _ = (await store.Write(new WriteScope(Actor.System, "990102"), session =>
            {
                var ids = Enumerable.Range(at, Math.Min(20_000, cases - at)).Select(i => (No: i, Person: Uuid7.New(clock), Case: Uuid7.New(clock))).ToList();
                session.Insert(PersonRow.Rows, ids.ConvertAll(i => new PersonRow
                {
                    Owner = "990102",
                    Id = i.Person,
                    Name = "测试",
                    NameKey = "测试",
                    Birth = (1930 + (i.No % 90)).ToString(CultureInfo.InvariantCulture),
                    Residence = "990102001001",
                    PresentOwner = "990102",
                    PresentSince = session.Now,
                    CreatedAt = session.Now,
                    Source = "bench",
                }));
                session.Insert(CaseRow.Rows, ids.ConvertAll(i => new CaseRow
                {
                    Owner = "990102",
                    Id = i.Case,
                    No = $"990102-2022-{i.No:0000000}",
                    Person = i.Person,
                    PersonOwner = "990102",
                    Disease = "MEASLES",
                    Class = CaseClass.Confirmed,
                    Onset = start.AddDays(i.No % 200),
                    FoundAt = LocalDays.China.StartOf(start.AddDays((i.No % 200) + 2)),
                    ReportAt = LocalDays.China.StartOf(start.AddDays((i.No % 200) + 3)),
                    Outcome = CaseOutcome.Recovered,
                    OutcomeOn = start.AddDays((i.No % 200) + 12),
                    Discovery = Discovery.ImportFile,
                    ReportRegion = "990102",
                    OnsetRegion = "990102",
                    CurrentRegion = "990102001001",
                    OpenedByKind = "bench",
                    OpenedById = i.Case.ToString("N"),
                    OpenedAt = session.Now,
                }));
                return Outcome.Done;
            })).Value;
        }
        _ = (await store.Write(new WriteScope(Actor.System, "990102"), session =>
            Outcome.Of(session.Execute("INSERT INTO case_counter (owner, year, last) VALUES ('990102', 2022, @cases)", new { cases })))).Value;
    }

    static async Task<Store> Open(StorageSettings storage)
    {
        var store = await Stores.Open(storage, TimeProvider.System, Schemas);
        _ = (await store.Write(new WriteScope(Actor.System, WriteScope.Deployment, "990102"), s => Outcome.Of(
            s.Insert(Place.Rows, [.. new[] { "99", "9901", "990102" }.Select(c => new Place { Code = c, Name = c })])))).Value;
        return store;
    }

    static StorageSettings Settings(string folder, string name, string? server)
    {
        var storage = new StorageSettings { Folder = Path.Combine(folder, name) };
        if (server is null)
            return storage;
        var database = "qipan_bench_" + Uuid7.New(TimeProvider.System).ToString("N");
        using var connection = new NpgsqlConnection(server);
        connection.Execute($"CREATE DATABASE {database}");
        return storage with { Connection = new NpgsqlConnectionStringBuilder(server) { Database = database }.ToString() };
    }

    static void Print(string what, long rows, Watch watch, ListReport? report, long bytes)
    {
        var (seconds, cpu, most) = watch.Stop();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {rows:N0} | {seconds:N1} | {rows / seconds:N0} | {cpu:N1} | {report?.Accepted:N0} | {report?.Had:N0} | {report?.Refused:N0} | {bytes / 1e6:N0} | {most / 1e6:N0} |"));
    }

    /// <summary>
    /// Wall and processor time (on a machine that others use, the second says what the work costs) and the most memory of its own meanwhile,
    /// looked at every 20 ms: not the pages of the store's file that SQLite maps, which the system takes back when it likes.
    /// </summary>
    sealed class Watch : IDisposable
    {
        readonly long started = Stopwatch.GetTimestamp();
        readonly TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
        readonly Timer timer;
        long most;

        public Watch()
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            timer = new Timer(_ => most = Math.Max(most, Own()), null, 0, 20);
        }

        static long Own() => File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line["RssAnon:".Length..^"kB".Length], System.Globalization.CultureInfo.InvariantCulture) * 1024 : Environment.WorkingSet;

        public (double Seconds, double Cpu, long Most) Stop()
        {
            Dispose();
            return (Stopwatch.GetElapsedTime(started).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, most);
        }

        public void Dispose() => timer.Dispose();
    }
}
