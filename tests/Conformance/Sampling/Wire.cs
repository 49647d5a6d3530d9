using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Qipan.Contracts;
using Qipan.Http;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;
using Qipan.Testing;

namespace Qipan.Conformance.Sampling;

/// <summary>A device that sends facts to any store.</summary>
sealed class Wire(AcceptBatchHandler handler, FakeClock clock, Caller device)
{
    public static async Task<Wire> Of(Store store, FakeClock clock, Keyring keys, string territory, params ITubeFollower[] followers)
    {
        var registered = await new RegisterDeviceHandler(store).Handle(Field.Boss,
            new RegisterDevice("desk 1", DeviceKind.Phone, new UnitId(Guid.Empty), territory, Role.Sampler));
        var handler = new AcceptBatchHandler(store, keys, [new SamplingJudge(keys, new SamplingSettings(), followers)], new IntakeSettings());
        return new Wire(handler, clock, new Devices(store, clock).CallerOf(registered.Value.Token)!);
    }

    /// <summary>Gives the fact an id and the clock's time.</summary>
    public T At<T>(T fact, TimeSpan later = default)
        where T : WireFact
    {
        fact.Id = Uuid7.New(clock);
        fact.OccurredAt = clock.GetUtcNow() + later;
        return fact;
    }

    public async Task<Receipt> Send(params WireFact[] facts) => (await handler.Handle(device, new AcceptBatch(JsonSerializer.SerializeToUtf8Bytes(new WireBatch
    {
        Batch = Uuid7.New(clock),
        SentAt = clock.GetUtcNow(),
        Mode = "report",
        RowCount = facts.Length,
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', facts.Select(f => f.Id))))),
        Facts = [.. facts],
    }, JsonSerializerOptions.Web), "en"))).Value;
}
