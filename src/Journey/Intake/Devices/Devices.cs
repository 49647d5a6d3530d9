using System.Collections.Concurrent;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>
/// The devices that may send facts. Answers from memory for a second at most, so that a revocation on any node is seen within a
/// second. Safe for all threads.
/// </summary>
public sealed class Devices(Store store, TimeProvider clock)
{
    static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<Guid, (Device Device, Caller Caller, DateTimeOffset At)> known = new();

    /// <summary>The device that holds the token, or null when the token is unknown or revoked.</summary>
    public Device? Authenticate(string token) => Find(token)?.Device;

    /// <summary>The device as a caller: its role within its territory. Null when the token is unknown or revoked.</summary>
    public Caller? CallerOf(string token) => Find(token)?.Caller;

    /// <summary>The devices of a county, by id; at most <paramref name="take"/> after the given one.</summary>
    public static List<Device> Page(Session session, string owner, Guid? after, int take) => session.Query<Device>(
        $"SELECT {Columns} FROM device WHERE owner = @owner{(after is null ? "" : " AND id > @after")} ORDER BY id LIMIT @take",
        new { owner, after, take });

    /// <summary>The device, revoked or not; null when there is none of this id.</summary>
    public static Device? Get(Session session, string owner, Guid id) =>
        session.One<Device>($"SELECT {Columns} FROM device WHERE owner = @owner AND id = @id", new { owner, id });

    /// <summary>Called in this process when a token has been revoked: nobody waits for the second.</summary>
    internal void Forget(Guid device)
    {
        foreach (var (hash, entry) in known)
            if (entry.Device.Id.Value == device)
                known.TryRemove(hash, out _);
    }

    internal const string Columns = "owner, id, label, kind, unit, territory, role, registered_at, registered_by, revoked_at, last_seen, clock_offset_ms";

    (Device Device, Caller Caller, DateTimeOffset At)? Find(string token)
    {
        if (!DeviceTokens.LooksLikeOne(token))
            return null;
        var hash = DeviceTokens.HashOf(token);
        var now = clock.GetUtcNow();
        if (known.TryGetValue(hash, out var entry) && now - entry.At < Remembered && now >= entry.At)
            return entry;
        var device = store.Read(session => session.One<Device>(
            $"SELECT {Columns} FROM device WHERE token_hash = @hash AND revoked_at IS NULL", new { hash }));
        if (device is null)
        {
            known.TryRemove(hash, out _);
            return null;
        }
        var caller = new Caller(new Actor(ActorKind.Device, device.Id.Value), new UnitId(device.Unit), device.Owner, [new Grant(device.Role, device.Territory)]);
        return known[hash] = (device, caller, now);
    }
}
