using System.Diagnostics;
using System.Globalization;
using Qipan.Bench.Intake;
using Qipan.Duties;
using Qipan.Intake;
using Qipan.Laboratory;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Bench.Rounds;

/// <summary>
/// `roster [--persons 1000000] [--postgres CONN] [--folder DIR]`: publishes a round of a million, then asks who is missing and for the board
/// at several fill levels; beside it the plain way: everybody who is not among those with a negative result.
/// </summary>
static class RosterRun
{
    const int Times = 15;

    public static async Task<int> Run(string[] args)
    {
        var persons = int.Parse(Option(args, "--persons") ?? "1000000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var given = Option(args, "--folder");
        var folder = given ?? Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            await using var store = await Stores.Open(new StorageSettings { Folder = folder, Connection = Option(args, "--postgres") ?? "" }, TimeProvider.System,
                RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema);
            await IntakeTown.Stage(store, Keyring.Open(folder), persons);
            var clock = Stopwatch.StartNew();
            var round = await RosterTown.Publish(store);
            Console.WriteLine($"{store.Kind}, {persons:N0} persons, {Environment.ProcessorCount} cores; the roster was published in {clock.Elapsed.TotalSeconds:N1} s");
            await RosterTown.Sample(store, round, persons);
            Console.WriteLine();
            Console.WriteLine("| covered | question | median ms | slowest ms | CPU ms | answer |");
            Console.WriteLine("|---|---|---|---|---|---|");
            var covered = 0;
            foreach (var level in new[] { 0, 50, 90, 99 })
            {
                await RosterTown.Cover(store, round, persons, covered, level);
                covered = level;
                Ask(store, round, level);
            }
            return 0;
        }
        finally
        {
            if (given is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    static void Ask(Store store, Guid round, int level)
    {
        const string County = RosterTown.County;
        var now = store.Clock.GetUtcNow();
        var next = store.Read(s => MissingPersons.Of(s, County, round, County)).Next;
        Print(level, "who is missing: count and the first 200, with reasons", Times, () => store.Read(s => MissingPersons.Of(s, County, round, County).Count));
        Print(level, "the next 200", Times, () => store.Read(s => MissingPersons.Of(s, County, round, County, next).Items.Count));
        Print(level, "who is missing in a street, and how many of them are sampled", Times,
            () => store.Read(s => MissingPersons.Of(s, County, round, County + "001") is var m ? m.Sampled!.Value : 0));
        Print(level, "the board: counts by street", Times, () => store.Read(s => RoundBoard.Of(s, County, round, County, now)!.Total.Open));
        Print(level, "plain: NOT IN, count and the first 200", 2, () => store.Read(s => Plain(s, round)));
    }

    static long Plain(Session session, Guid round)
    {
        const string Missing = """
            FROM person p WHERE p.owner = @County AND p.merged_into IS NULL AND p.birth < '2020'
              AND p.id NOT IN (SELECT person FROM registration WHERE round = @round AND result_state = 1)
            """;
        var args = new { RosterTown.County, round };
        var first = session.Query<Guid>($"SELECT p.id {Missing} ORDER BY p.residence, p.id LIMIT 200", args).Count;
        return session.Scalar<long>($"SELECT count(*) {Missing}", args) + (first - first);
    }

    static void Print(int level, string what, int times, Func<long> ask)
    {
        var answer = ask();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var took = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            ask();
            took.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds / times;
        took.Sort();
        Console.WriteLine($"| {level} % | {what} | {took[took.Count / 2]:N1} | {took[^1]:N1} | {spent:N1} | {answer:N0} |");
    }

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
