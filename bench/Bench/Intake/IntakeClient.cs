using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Qipan.Bench.Intake;

/// <summary>What the client measured; one line of JSON on its standard output.</summary>
sealed record ClientResult(int Items, int Requests, int PushedBack, int Wrong, double Seconds, double Cpu, double P50, double P99, double Slowest);

/// <summary>
/// The devices, in a process of their own: `intake-client URL TOKENS-FILE batches|single ITEMS CONNECTIONS RATE FIRST-DEVICE`. Everything is
/// built before "ready" is printed; a line on standard input starts the clock.
/// </summary>
static class IntakeClient
{
    public static async Task Run(string[] args)
    {
        var tokens = await File.ReadAllLinesAsync(args[2]);
        var single = args[3] == "single";
        var items = int.Parse(args[4], CultureInfo.InvariantCulture);
        var connections = int.Parse(args[5], CultureInfo.InvariantCulture);
        var rate = int.Parse(args[6], CultureInfo.InvariantCulture);
        var first = int.Parse(args[7], CultureInfo.InvariantCulture);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1000, UseProxy = false, UseCookies = false })
        {
            BaseAddress = new Uri(args[1].TrimEnd('/') + "/"),
            DefaultRequestVersion = HttpVersion.Version11,
        };
        var perBatch = single ? 1 : 100;
        var start = TimeProvider.System.GetUtcNow().AddHours(single ? -1 : -13);
        var rounds = items / perBatch / tokens.Length;
        var pace = single ? TimeSpan.FromSeconds(0.5) : TimeSpan.FromHours(12) / Math.Max(1, rounds * perBatch);
        var logs = tokens.Select((_, d) => new DeviceLog(first + d, start, pace)).ToList();
        var bodies = Enumerable.Range(0, rounds).SelectMany(_ => logs.Select(l => l.Next(perBatch, single ? "live" : "report"))).ToList();
        var sender = new Sender(http, tokens, first);
        await sender.WarmUp();
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await (single ? Paced(sender, bodies, tokens.Length, rate) : AsFastAsTheyGo(sender, bodies, connections));
        var seconds = clock.Elapsed.TotalSeconds;
        var waits = sender.Waits.Order().ToList();
        Console.WriteLine(JsonSerializer.Serialize(new ClientResult(bodies.Sum(b => b.Facts), waits.Count, sender.PushedBack, sender.Wrong, seconds,
            (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, At(waits, 0.5), At(waits, 0.99), waits[^1])));
    }

    static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    /// <summary>Each connection serves devices of its own and sends the next batch when the receipt of the one before is there.</summary>
    static Task AsFastAsTheyGo(Sender sender, List<SentBody> bodies, int connections) =>
        Task.WhenAll(bodies.GroupBy(b => b.Device % connections).Select(its => Task.Run(async () =>
        {
            foreach (var body in its)
                await sender.Send(body, Stopwatch.GetTimestamp());
        })));

    /// <summary>
    /// Open loop: request i is due i/rate seconds after the start, whatever the answers do, and its wait counts from then. Within a device
    /// the requests follow one another, as a tube must be open before somebody is registered into it.
    /// </summary>
    static Task Paced(Sender sender, List<SentBody> bodies, int devices, int rate)
    {
        var start = Stopwatch.GetTimestamp() + Stopwatch.Frequency / 10;
        return Task.WhenAll(Enumerable.Range(0, devices).Select(device => Task.Run(async () =>
        {
            for (var i = device; i < bodies.Count; i += devices)
            {
                var due = start + (long)((double)i / rate * Stopwatch.Frequency);
                var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (early > TimeSpan.Zero)
                    await Task.Delay(early);
                await sender.Send(bodies[i], due);
            }
        })));
    }

    sealed class Sender(HttpClient http, string[] tokens, int first)
    {
        readonly Lock gate = new();
        readonly AuthenticationHeaderValue[] bearers = [.. tokens.Select(t => new AuthenticationHeaderValue("Bearer", t))];

        public List<double> Waits { get; } = [];

        public int PushedBack { get; private set; }

        /// <summary>Items that were not accepted.</summary>
        public int Wrong { get; private set; }

        public Task WarmUp() => Parallel.ForAsync(0, tokens.Length, async (i, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/intake/time") { Headers = { Authorization = bearers[i] } };
            (await http.SendAsync(request, stop)).Dispose();
        });

        public async Task Send(SentBody body, long due)
        {
            while (true)
            {
                body.Stamp(TimeProvider.System.GetUtcNow());
                using var request = new HttpRequestMessage(HttpMethod.Post, "api/intake/batches")
                {
                    Headers = { Authorization = bearers[body.Device - first] },
                    Content = new ByteArrayContent(body.Bytes) { Headers = { ContentType = new("application/json") } },
                };
                using var answer = await http.SendAsync(request);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    lock (gate)
                        PushedBack++;
                    await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                    continue;
                }
                var receipt = await answer.Content.ReadAsByteArrayAsync();
                var wait = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
                var accepted = receipt.AsSpan().Count("\"accepted\""u8);
                lock (gate)
                {
                    Waits.Add(wait);
                    Wrong += body.Facts - accepted;
                }
                return;
            }
        }
    }
}
