using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Bench.Intake;

/// <summary>
/// `intake [--items 600000] [--persons 1000000] [--devices 200] [--connections 32] [--rate 500] [--seconds 20] [--postgres CONN] [--folder DIR]
/// [--only batches|single|plain]`: the real server in this process, devices in another; batches of 100 as fast as they go, then single live
/// items at a fixed rate; beside it the plain way. An item is a fact: of twelve, ten register somebody by document, one opens and one seals a tube.
/// </summary>
static class IntakeRun
{
    const int PlainItems = 6_000;

    /// <summary>Sent before the clock starts: a server that has just started still compiles itself.</summary>
    const int WarmUp = 24_000;

    /// <summary>Devices besides: 64 for single items, 36 for the plain way, 24 for the warm-up.</summary>
    const int Others = 64 + 36 + 24;

    public static async Task<int> Run(string[] args)
    {
        var items = Number(args, "--items", 600_000);
        var persons = Number(args, "--persons", 1_000_000);
        var devices = Number(args, "--devices", 200);
        var only = Option(args, "--only");
        var given = Option(args, "--folder");
        if (persons < (devices + Others) * IntakeTown.PerCommunity)
        {
            Console.Error.WriteLine($"{devices + Others} devices register {(devices + Others) * IntakeTown.PerCommunity:N0} persons: with fewer in the register the rest "
                + "are unknown, and each becomes a temporary person, which costs twice as much. Give more --persons or fewer --devices.");
            return 2;
        }
        var folder = given ?? Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            await using var server = await IntakeServer.Start(folder, Option(args, "--postgres") ?? "");
            await IntakeTown.Stage(server.Store, server.Keys, persons);
            var tokens = await IntakeTown.Devices(server.Store, devices + Others);
            var file = Path.Combine(folder, "tokens");
            Console.WriteLine($"{server.Store.Kind}, {persons:N0} persons, {devices} devices, {Environment.ProcessorCount} cores, .NET {Environment.Version}");
            Console.WriteLine();
            Console.WriteLine("| what | items | seconds | items/s | p50 ms | p99 ms | slowest | server CPU µs/item | client CPU µs/item | written B/item | peak MB |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
            async Task Measure(string what, string url, string mode, int many, int connections, int first, int count, int rate)
            {
                await File.WriteAllLinesAsync(file, tokens.Skip(first).Take(count));
                Print(what, await Client(url, file, mode, many, connections, rate, first));
            }
            await File.WriteAllLinesAsync(file, tokens.TakeLast(24));
            await Client(server.Url, file, "batches", WarmUp, 24, 0, tokens.Count - 24);
            // PostgreSQL gathers figures on its own, but not in the first minute, and without them it reads whole tables.
            if (server.Store.Kind == StoreKind.Postgres)
                await server.Store.Write(new WriteScope(Actor.System, IntakeTown.County), s => Outcome.Of(s.Execute("ANALYZE;")));
            if (only is null or "batches")
                await Measure("batches of 100", server.Url, "batches", items, Number(args, "--connections", 32), 0, devices, 0);
            var rate = Number(args, "--rate", 500);
            if (only is null or "single")
                await Measure($"single items, {rate}/s", server.Url, "single", rate * Number(args, "--seconds", 20), 0, devices, 64, rate);
            if (only is null or "plain")
            {
                await using var plain = await PlainIntake.Start(server.Store, server.Keys);
                await Measure("plain, a transaction for each item", plain.UrlOf(perItem: true), "batches", PlainItems, 32, devices + 64, 12, 0);
                await Measure("plain, a transaction for each batch", plain.UrlOf(perItem: false), "batches", PlainItems * 10, 32, devices + 76, 24, 0);
            }
            Counts(server.Store);
            return 0;
        }
        finally
        {
            if (given is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What was acknowledged is there, and nothing twice.</summary>
    static void Counts(Store store) => store.Read(s =>
    {
        long Count(string sql) => s.Scalar<long>("SELECT count(*) FROM " + sql);
        Console.WriteLine();
        Console.WriteLine($"kept: {Count("submission"):N0} batches, {Count("fact"):N0} facts, {Count("registration"):N0} registrations, {Count("tube"):N0} tubes "
            + $"({Count("tube WHERE sealed_at IS NOT NULL"):N0} sealed), {Count("duty WHERE kind = 2"):N0} duties, {Count("discrepancy"):N0} discrepancies; "
            + $"store {store.SizeInBytes() / 1e6:N0} MB");
        return 0;
    });

    /// <summary>Runs the devices and counts what this process spends meanwhile.</summary>
    public static async Task<(ClientResult Client, double Cpu, long Written)> Client(string url, string tokens, string mode, int items, int connections, int rate, int first)
    {
        using var client = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
        [
            "intake-client", url, tokens, mode, .. new[] { items, connections, rate, first }.Select(n => n.ToString(CultureInfo.InvariantCulture)),
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await client.StandardOutput.ReadLineAsync();
        var (cpu, written) = (Process.GetCurrentProcess().TotalProcessorTime, Written());
        await client.StandardInput.WriteLineAsync("go");
        var line = await client.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The client broke.");
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        await client.WaitForExitAsync();
        return (JsonSerializer.Deserialize<ClientResult>(line)!, spent, Written() - written);
    }

    /// <summary>Bytes that this process gave to the disk; 0 where the system does not say.</summary>
    static long Written() => !File.Exists("/proc/self/io") ? 0
        : long.Parse(File.ReadLines("/proc/self/io").First(l => l.StartsWith("write_bytes", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);

    static void Print(string what, (ClientResult Client, double Cpu, long Written) run)
    {
        var (c, n) = (run.Client, run.Client.Items);
        Console.WriteLine($"| {what} | {n:N0} | {c.Seconds:N1} | {n / c.Seconds:N0} | {c.P50:N1} | {c.P99:N1} | {c.Slowest:N0} | {run.Cpu * 1e6 / n:N1} | {c.Cpu * 1e6 / n:N1} "
            + $"| {run.Written / n:N0} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:N0} |");
        if (c.Wrong > 0 || c.PushedBack > 0)
            Console.WriteLine($"{c.Wrong:N0} items were not accepted; {c.PushedBack:N0} requests were pushed back and sent again");
    }

    static int Number(string[] args, string name, int otherwise) =>
        Option(args, name) is { } text ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
