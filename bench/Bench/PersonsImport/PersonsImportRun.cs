using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Bench.PersonsImport;

/// <summary>
/// `persons-import [ROWS]`: imports an invented county with duplicate detection, twice (the second time everybody is there), on
/// SQLite and, where QIPAN_TEST_POSTGRES names a server, on PostgreSQL; beside it the plain way, row by row with a lookup each.
/// Everything that is timed is durable.
/// </summary>
static class PersonsImportRun
{
    const int PlainRows = 50_000;

    static readonly RegistersSettings Settings = new();

    public static async Task<int> Run(int rows)
    {
        var folder = Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "persons.csv");
            PersonsFile.Write(file, rows, seed: 20220321);
            Console.WriteLine($"{rows:N0} rows, {new FileInfo(file).Length / 1e6:N0} MB, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
            Console.WriteLine();
            Console.WriteLine("| store | what | rows | seconds | rows/s | CPU s | accepted | had | refused | pairs | store MB | peak MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
            await Store("SQLite", new StorageSettings { Folder = Path.Combine(folder, "sqlite") }, file, rows);
            if (Environment.GetEnvironmentVariable("QIPAN_TEST_POSTGRES") is { Length: > 0 } server)
                await Store("PostgreSQL", new StorageSettings { Folder = Path.Combine(folder, "pg"), Connection = NewDatabase(server) }, file, rows);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task Store(string name, StorageSettings storage, string file, int rows)
    {
        await using (var store = await Open(storage))
        {
            var keys = Keyring.Open(storage.Folder);
            var handler = new ImportPersonsHandler(store, keys, Settings, LocalDays.China);
            var reading = new Watch();
            Read(store, keys, file);
            Print(name, "reading, checking, sealing alone", rows, reading, null, store.SizeInBytes());
            foreach (var what in new[] { "import, empty store", "the same file again" })
            {
                var watch = new Watch();
                var report = (await handler.Handle(new ImportPersons(file), Actor.System)).Value;
                Print(name, what, rows, watch, report, store.SizeInBytes());
            }
        }
        var plain = storage with
        {
            Folder = storage.Folder + "-plain",
            Connection = storage.Connection.Length == 0 ? "" : NewDatabase(Environment.GetEnvironmentVariable("QIPAN_TEST_POSTGRES")!),
        };
        await using (var store = await Open(plain))
        {
            var watch = new Watch();
            var taken = await PlainImport.Run(store, Keyring.Open(plain.Folder), file, Math.Min(rows, PlainRows), Settings);
            Print(name, "row by row", taken, watch, null, store.SizeInBytes());
        }
    }

    /// <summary>The first half of the import, which runs beside the writer.</summary>
    static void Read(Store store, Keyring keys, string file)
    {
        using var reader = new StreamReader(file);
        var csv = new CsvRows(reader);
        csv.Read();
        var columns = PersonColumns.Of(csv).Value;
        var residences = new Residences(store);
        var rules = new PersonRules(DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime), Settings.GuardianUnderAge, residences.Of, residences.IsDivision);
        var persons = new PersonReader(keys, rules, caller: null, Settings.ImportUnitRows);
        while (!persons.Next(csv, columns, skip: 0).Last)
        {
            // Only the reading is timed.
        }
    }

    static void Print(string store, string what, int rows, Watch watch, ImportReport? report, long size)
    {
        var (seconds, cpu) = watch.Stop();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {store} | {what} | {rows:N0} | {seconds:N1} | {rows / seconds:N0} | {cpu:N1} | {report?.Accepted:N0} | {report?.Had:N0} | {report?.Refused:N0} | {report?.Parked:N0} | {size / 1e6:N0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |"));
    }

    static async Task<Store> Open(StorageSettings storage)
    {
        var store = await Stores.Open(storage, TimeProvider.System, RegistersModule.Schema);
        string[] codes = ["99", "9901", "990102", .. PersonsFile.Communities().Select(c => c[..9]).Distinct(), .. PersonsFile.Communities()];
        await store.Write(new WriteScope(Actor.System, WriteScope.Deployment, "990102"), s => Outcome.Of(
            s.Insert(Place.Rows, [.. codes.Select(c => new Place { Code = c, Name = c })])));
        return store;
    }

    static string NewDatabase(string server)
    {
        var name = "qipan_bench_" + Uuid7.New(TimeProvider.System).ToString("N");
        using var connection = new NpgsqlConnection(server);
        connection.Execute($"CREATE DATABASE {name}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    /// <summary>Wall and processor time: on a machine that others use, the second says what the work costs.</summary>
    sealed class Watch
    {
        readonly long started = Stopwatch.GetTimestamp();
        readonly TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;

        public (double Seconds, double Cpu) Stop() =>
            (Stopwatch.GetElapsedTime(started).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds);
    }
}
