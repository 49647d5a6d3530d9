using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Qipan.Bench.Desks;

/// <summary>
/// `desks [--persons 1000000] [--users 200] [--paths /,/board] [--seconds 20] [--postgres CONN]`: the server in a process of its own on a store with a
/// million persons and a round under way. So many people, each with a session of their own, look at the pages in an open loop, waits counted from when
/// each was due; then on a result night, while wrk sends look-ups of the public on the same two cores.
/// </summary>
static class DeskRun
{
    /// <summary>Between two looks of one person.</summary>
    static readonly TimeSpan Think = TimeSpan.FromSeconds(4);

    public static async Task<int> Run(string[] args)
    {
        var persons = int.Parse(Option(args, "--persons") ?? "1000000", NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var users = int.Parse(Option(args, "--users") ?? "200", CultureInfo.InvariantCulture);
        var seconds = int.Parse(Option(args, "--seconds") ?? "20", CultureInfo.InvariantCulture);
        var paths = (Option(args, "--paths") ?? "/").Split(',');
        var folder = Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            await using var server = await OtherServer.Start(folder, Option(args, "--postgres") ?? "", persons, users);
            var people = server.Tokens.Select(token => new HttpClient
            {
                BaseAddress = new Uri(server.Url),
                DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token), Accept = { new MediaTypeWithQualityHeaderValue("text/html") } },
            }).ToList();
            Console.WriteLine($"{persons:N0} persons, {users} people signed in, each looking every {Think.TotalSeconds:N0} s: {users / Think.TotalSeconds:N0} pages a second");
            Console.WriteLine();
            Console.WriteLine("| page | kB | p50 ms | p95 ms | p99 ms | slowest ms | refused |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var path in paths)
                Print(path, await Look(people, path, seconds));
            var night = PublicCrowd.Start(server.Url, persons, folder, seconds + 4);
            await Task.Delay(2000);
            foreach (var path in paths.Take(1))
                Print($"{path}, on a result night", await Look(people, path, seconds));
            Console.WriteLine();
            Console.WriteLine(await night);
            Console.WriteLine(server.Memory);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<Looks> Look(List<HttpClient> people, string path, int seconds)
    {
        foreach (var one in people.Take(3))
            (await one.GetAsync(path)).EnsureSuccessStatusCode();
        var looks = new Looks();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(people.Select(async (one, n) =>
        {
            for (var due = Think * n / people.Count; due.TotalSeconds < seconds; due += Think)
            {
                if (due - clock.Elapsed is { Ticks: > 0 } early)
                    await Task.Delay(early);
                using var answer = await one.GetAsync(path);
                var bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
                looks.Add((clock.Elapsed - due).TotalMilliseconds, bytes, answer.IsSuccessStatusCode);
            }
        }));
        return looks;
    }

    static void Print(string what, Looks looks) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {what} | {looks.Kilobytes:N0} | {looks.Share(0.5):N1} | {looks.Share(0.95):N1} | {looks.Share(0.99):N1} | {looks.Share(1):N1} | {looks.Refused} of {looks.Many} |"));

    static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}

/// <summary>What the looks took. Safe for all threads.</summary>
sealed class Looks
{
    readonly List<double> times = [];
    long bytes;

    public int Many => times.Count;

    public int Refused { get; private set; }

    public double Kilobytes => bytes / 1000.0;

    public void Add(double milliseconds, int size, bool fine)
    {
        lock (times)
        {
            times.Add(milliseconds);
            bytes = Math.Max(bytes, size);
            Refused += fine ? 0 : 1;
        }
    }

    public double Share(double share)
    {
        lock (times)
        {
            times.Sort();
            return times[Math.Min(times.Count - 1, (int)(share * times.Count))];
        }
    }
}
