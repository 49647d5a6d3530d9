using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Bench.Intake;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Laboratory;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Server.Access;
using Qipan.Storage;

namespace Qipan.Bench.Rounds;

/// <summary>
/// `memory [--persons 1000000] [--postgres CONN]`: the server in a process of its own on a store with a million persons, a published round and
/// its tubes; its resident memory after the start, after pages and lists, and after intake.
/// </summary>
static class MemoryRun
{
    const int Pages = 40;

    public static async Task<int> Run(string[] args)
    {
        var persons = int.Parse(Option(args, "--persons") ?? "1000000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var postgres = Option(args, "--postgres") ?? "";
        var folder = Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            var since = TimeProvider.System.GetUtcNow() - RosterTown.Day.AddHours(2);
            var (round, tokens) = await Stage(folder, postgres, persons, new Earlier(since));
            var started = Stopwatch.StartNew();
            using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["memory-server", folder, since.Ticks.ToString(CultureInfo.InvariantCulture), postgres])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
            var bearer = await server.StandardOutput.ReadLineAsync();
            using var http = new HttpClient { BaseAddress = new Uri(url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) } };
            await http.GetStringAsync("/sign-in");
            Console.WriteLine($"{(postgres.Length > 0 ? "PostgreSQL" : "SQLite")}, {persons:N0} persons; started and first page in {started.Elapsed.TotalSeconds:N1} s");
            Console.WriteLine();
            Console.WriteLine("| after | resident MB | most so far MB |");
            Console.WriteLine("|---|---|---|");
            Print("the start", server.Id);
            await View(http, round);
            Print($"{Pages} times each of the board, the missing, the ageing, the duties, the rounds' page and the duties' page", server.Id);
            await IntakeRun.Client(url, tokens, "batches", 200_000, 32, 0, 0);
            Print("200,000 items of intake", server.Id);
            await View(http, round);
            Print("the pages once more", server.Id);
            await server.StandardInput.WriteLineAsync("end");
            await server.WaitForExitAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The other process: the server, an account of a round officer with so many sessions, and nothing else.</summary>
    public static async Task Serve(string[] args)
    {
        await using var server = await IntakeServer.Start(args[1], args[3], new Earlier(TimeSpan.FromTicks(long.Parse(args[2], CultureInfo.InvariantCulture))));
        var account = (await FirstAccount.Add(server.Services, "bench", "Bench", [new Grant(Role.RoundOfficer, RosterTown.County)])).Value;
        var staff = server.Services.GetRequiredService<StaffDirectory>();
        var tokens = new List<string>();
        for (var n = 0; n < (args.Length > 4 ? int.Parse(args[4], CultureInfo.InvariantCulture) : 1); n++)
            tokens.Add((await staff.SignIn(account.Login, account.Password)).Value.Token);
        Console.WriteLine(server.Url);
        Console.WriteLine(string.Join(',', tokens));
        await Console.In.ReadLineAsync();
    }

    internal static async Task<(Guid Round, string Tokens)> Stage(string folder, string postgres, int persons, TimeProvider clock)
    {
        await using var store = await Stores.Open(new StorageSettings { Folder = folder, Connection = postgres }, clock,
            RegistersModule.Schema, DutiesModule.Schema, IntakeModule.Schema, SamplingModule.Schema, LaboratoryModule.Schema);
        await IntakeTown.Stage(store, Keyring.Open(folder), persons);
        var round = await RosterTown.Publish(store);
        await RosterTown.Sample(store, round, persons);
        var file = Path.Combine(folder, "tokens");
        await File.WriteAllLinesAsync(file, await IntakeTown.Devices(store, 80));
        return (round, file);
    }

    static async Task View(HttpClient http, Guid round)
    {
        const string County = RosterTown.County;
        string[] paths =
        [
            $"/api/sampling/rounds/{round}?owner={County}&area={County}", $"/api/sampling/rounds/{round}/missing?owner={County}&area={County}",
            $"/api/sampling/rounds/{round}/ageing?owner={County}&stage=Sealed", $"/api/duties/?territory={County}&kind=test_in_round",
            $"/rounds/{round}?area={County}", "/duties", "/rounds",
        ];
        foreach (var path in paths)
        {
            using var first = await http.GetAsync(path);
            if (!first.IsSuccessStatusCode)
                Console.WriteLine($"{path}: {(int)first.StatusCode} {await first.Content.ReadAsStringAsync()}");
            await Parallel.ForEachAsync(Enumerable.Range(0, Pages), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, stop) =>
            {
                using var answer = await http.GetAsync(path, stop);
                await answer.Content.ReadAsByteArrayAsync(stop);
            });
        }
    }

    static void Print(string after, int process)
    {
        Console.WriteLine($"| {after} | {Desks.OtherServer.Megabytes(process, "VmRSS:"):N0} | {Desks.OtherServer.Megabytes(process, "VmHWM:"):N0} |");
    }

    /// <summary>The clock of the round's day: a round that is years overdue would be escalated all the while.</summary>
    internal sealed class Earlier(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - by;
    }

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
