using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qipan.Contracts;
using Qipan.Kernel;

namespace Qipan.KillLoop;

/// <summary>
/// One device that sends what its desk does. What has no receipt is sent again after the next start: the same batch, or its facts cut
/// into other batches in another order. A live desk sends one batch after the other, a reporting one two at a time.
/// </summary>
sealed class Sender(Town town, int desk, bool live, Gate gate, Ledger ledger, Func<int> nextPerson, int seed) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(30) };
    readonly FieldScript script = new(town, town.Samplers[desk].Id, desk, nextPerson);
    readonly Random random = new(seed);
    readonly List<(WireBatch Batch, string Receipt)> receipts = [];
    Life? life;

    public async Task Run(CancellationToken stop)
    {
        life = await gate.After(null);
        while (!stop.IsCancellationRequested)
        {
            if (live)
                await Deliver(Batch(script.Next(random.Next(1, 15))));
            else
                await Task.WhenAll(Deliver(Batch(script.Next(random.Next(1, 150)))), Deliver(Batch(script.Next(random.Next(1, 150)))));
        }
        if (script.Rest() is { Count: > 0 } rest)
            await Deliver(Batch(rest));
    }

    /// <summary>Sends again some of what was acknowledged: single facts in a new batch, and whole batches as they were.</summary>
    public async Task Prove()
    {
        List<(WireBatch Batch, string Receipt)> some;
        lock (random)
            some = [.. Enumerable.Range(0, Math.Min(receipts.Count, 6)).Select(_ => receipts[random.Next(receipts.Count)])];
        if (some.Count == 0)
            return;
        var facts = some.SelectMany(s => s.Batch.Facts.Cast<WireFact>()).DistinctBy(f => f.Id).OrderBy(f => f.Id.GetHashCode()).Take(100).ToList();
        var again = Batch(facts, "report");
        if (await Send(again) is ({ } receipt, _))
            ledger.Prove(again, receipt);
        else
            ledger.Abandon(again);
        foreach (var (batch, before) in some)
            if (await Send(batch) is (not null, var now))
                ledger.Same(batch, before, now);
    }

    public void Dispose() => http.Dispose();

    async Task Deliver(WireBatch first)
    {
        var queue = new Queue<WireBatch>([first]);
        while (queue.TryDequeue(out var batch))
        {
            var began = life;
            var (receipt, text) = await Send(batch);
            if (receipt is not null)
            {
                ledger.Take(batch, receipt, gate.Current!.Began);
                lock (random)
                    receipts.Add((batch, text));
                continue;
            }
            ledger.Doubt(batch);
            life = await gate.After(began);
            foreach (var part in Again(batch))
                queue.Enqueue(part);
        }
    }

    List<WireBatch> Again(WireBatch batch)
    {
        lock (random)
        {
            if (live || random.Next(2) == 0)
                return [batch];
            ledger.Abandon(batch);
            var facts = batch.Facts.Cast<WireFact>().ToArray();
            random.Shuffle(facts);
            return [.. facts.Chunk(random.Next(1, facts.Length + 1)).Select(part => Batch(part))];
        }
    }

    /// <summary>The receipt, or nothing when the connection broke or the server is ending. Anything else is a finding.</summary>
    async Task<(Receipt?, string)> Send(WireBatch batch)
    {
        while (true)
        {
            batch.SentAt = TimeProvider.System.GetUtcNow();
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gate.Current!.Address, "/api/intake/batches"))
                {
                    Content = new StringContent(JsonSerializer.Serialize(batch, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"),
                };
                request.Headers.Authorization = new("Bearer", town.Samplers[desk].Token);
                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode)
                    return (JsonSerializer.Deserialize<Receipt>(text, JsonSerializerOptions.Web), text);
                if (answer.StatusCode != HttpStatusCode.TooManyRequests)
                {
                    ledger.Findings.Enqueue($"a batch was answered with {(int)answer.StatusCode}: {text}");
                    return (null, text);
                }
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException or OperationCanceledException)
            {
                return (null, "");
            }
        }
    }

    WireBatch Batch(IReadOnlyList<WireFact> facts, string? mode = null) => new()
    {
        Batch = Uuid7.New(TimeProvider.System),
        Mode = mode ?? (live ? "live" : "report"),
        RowCount = facts.Count,
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(f => f.Id))))),
        Facts = [.. facts],
    };
}
