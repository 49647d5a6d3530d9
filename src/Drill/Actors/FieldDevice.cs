using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Contracts;
using Qipan.Kernel;

namespace Qipan.Drill.Actors;

/// <summary>
/// A device in the field, as the public interface sees one: it mints its facts' ids, keeps them until a receipt came back, and
/// sends the same batch again when none did. Not safe for several threads.
/// </summary>
/// <param name="http">Points at the server.</param>
/// <param name="registered">Its id and the token that it was given.</param>
/// <param name="clock">The true time of the drill.</param>
/// <param name="skew">How much its own clock is ahead of the true time.</param>
public sealed class FieldDevice(HttpClient http, (Guid Id, string Token) registered, TimeProvider clock, TimeSpan skew = default)
{
    const int MostFacts = 500;

    /// <summary>How many send at one time.</summary>
    const int AtOnce = 16;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly List<WireFact> waiting = [];

    /// <summary>As hand-overs name it.</summary>
    public string Holder => $"device:{registered.Id:N}";

    /// <summary>Facts that no receipt has answered.</summary>
    public int Waiting => waiting.Count;

    /// <summary>Items that the server refused, with the reason it gave.</summary>
    public List<ReceiptItem> Refused { get; } = [];

    /// <summary>Without a network it keeps what it notes.</summary>
    public bool Offline { get; set; }

    /// <summary>Notes what happened at a true instant, by the device's own clock; returns the fact's id.</summary>
    public Guid Note(DateTimeOffset at, WireFact fact)
    {
        fact.Id = Uuid7.New(clock);
        fact.OccurredAt = at + skew;
        waiting.Add(fact);
        return fact.Id;
    }

    /// <summary>The device's proof that its holder signed something.</summary>
    public string Sign(string holder, Guid what) =>
        $"{holder}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{registered.Token}\n{holder}\n{what:N}")))[..32]}";

    /// <summary>Sends everything that waits, in order, as something that has happened already.</summary>
    public async Task Sync(CancellationToken cancel)
    {
        while (waiting.Count > 0 && !Offline)
        {
            var facts = waiting.Take(MostFacts).ToList();
            var receipt = await Send(Batch(facts), cancel);
            Refused.AddRange(receipt.Items.Where(i => i.Verdict == "refused"));
            waiting.RemoveRange(0, facts.Count);
        }
    }

    /// <summary>Several devices at one time, as in a city; each of them once.</summary>
    public static Task Sync(IEnumerable<FieldDevice> devices, CancellationToken cancel) =>
        Parallel.ForEachAsync(devices, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (device, stop) => await device.Sync(stop));

    WireBatch Batch(List<WireFact> facts) => new()
    {
        Batch = Uuid7.New(clock),
        SentAt = clock.GetUtcNow() + skew,
        Mode = "report",
        RowCount = facts.Count,
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(f => f.Id.ToString("D")))))),
        Facts = [.. facts],
    };

    /// <summary>The same batch until a receipt comes: a lost answer and a busy server look alike to a device.</summary>
    async Task<Receipt> Send(WireBatch batch, CancellationToken cancel)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/intake/batches") { Content = JsonContent.Create(batch, options: Json) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", registered.Token);
            using var response = await http.SendAsync(request, cancel);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancel);
                continue;
            }
            await response.MustSucceed(cancel);
            return (await response.Content.ReadFromJsonAsync<Receipt>(Json, cancel))!;
        }
    }
}
