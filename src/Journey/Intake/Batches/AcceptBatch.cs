using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>
/// A device sends a batch 批次 of facts. Each fact is judged for itself; everything is kept as sent; the receipt is given when it is
/// durable. The same batch, and the same fact in another batch, change nothing (INV-40, INV-49).
/// </summary>
/// <param name="Body">UTF-8 JSON, unpacked.</param>
/// <param name="Language">The language of the sentences: "zh…" or English.</param>
public sealed record AcceptBatch(ReadOnlyMemory<byte> Body, string Language);

public sealed class AcceptBatchHandler
{
    readonly Store store;
    readonly Keyring keys;
    readonly IntakeSettings settings;
    readonly BatchReader reader;

    public AcceptBatchHandler(Store store, Keyring keys, IEnumerable<FactJudge> judges, IntakeSettings settings)
    {
        this.store = store;
        this.keys = keys;
        this.settings = settings;
        reader = new BatchReader(judges, settings);
    }

    public async Task<Outcome<Receipt>> Handle(Caller caller, AcceptBatch command)
    {
        if (caller.Actor.Kind != ActorKind.Device)
            return new DeviceRevoked();
        var read = reader.Read(command.Body);
        if (!read.Ok)
            return read.Refusal;
        var batch = read.Value;
        var taken = await store.Write(new WriteScope(caller.Actor, caller.Owner) { SeldomTakenBack = true }, session => Take(session, caller, batch));
        return taken.Map(t => t.ToReceipt(batch, command.Language));
    }

    Outcome<TakenBatch> Take(WriteSession session, Caller caller, Batch batch)
    {
        var owner = caller.Owner;
        if (Devices.Get(session, owner, caller.Actor.Id) is not { RevokedAt: null } device)
            return new DeviceRevoked();
        var ids = batch.Facts.Where(f => f.Id is not null).Select(f => f.Id!.Value);
        if (IntakeTables.Submission(session, owner, batch.Id) is { } before)
        {
            return before.Device == device.Id.Value && before.Hash == batch.Hash
                ? TakenBatch.Again(before.ReceivedAt, before.ClockOffsetMs, batch, IntakeTables.Known(session, owner, ids))
                : new BatchChanged();
        }
        var offset = Offset(device, batch.SentAt, session.Now);
        var taken = new TakenBatch(session.Now, offset, batch, IntakeTables.Known(session, owner, ids));
        foreach (var judged in taken.New(settings, session.Now).GroupBy(f => f.Judge))
            judged.Key.Judge(session, new FactBatch(owner, device, batch.Id, batch.Mode, session.Now, [.. judged.Select(f => f.Fact)]));
        Keep(session, device, batch, taken, offset);
        return taken;
    }

    /// <summary>
    /// What the device's clock is ahead. No batch arrives before it was sent, so a clock that seems ahead is ahead; one that seems behind
    /// may only have sent a batch that was long under way.
    /// </summary>
    long Offset(Device device, DateTimeOffset sentAt, DateTimeOffset now)
    {
        var measured = (long)(sentAt - now).TotalMilliseconds;
        var moved = measured - device.ClockOffsetMs;
        return moved > settings.ClockToleranceSeconds * 1000L || moved < settings.LongestWaySeconds * -1000L ? measured : device.ClockOffsetMs;
    }

    void Keep(WriteSession session, Device device, Batch batch, TakenBatch taken, long offset)
    {
        var owner = device.Owner;
        session.Insert(IntakeTables.Facts, taken.Rows(owner));
        session.Execute("""
            INSERT INTO submission (owner, id, device, received_at, sent_at, clock_offset_ms, mode, row_count, hash, body, accepted, had, refused)
            VALUES (@owner, @Id, @device, @Now, @SentAt, @offset, @Mode, @Count, @Hash, @Kept, @Accepted, @Had, @Refused)
            """, new
        {
            owner,
            batch.Id,
            device = device.Id,
            session.Now,
            batch.SentAt,
            offset,
            Mode = (short)batch.Mode,
            batch.Facts.Count,
            batch.Hash,
            Kept = keys.SealBytes(owner, batch.Kept),
            Accepted = taken.Count(Verdict.Accepted),
            Had = taken.Count(Verdict.AlreadyHad),
            Refused = taken.Count(Verdict.Refused),
        });
        session.Execute("UPDATE device SET last_seen = @Now, clock_offset_ms = @offset WHERE owner = @owner AND id = @id",
            new { session.Now, offset, owner, id = device.Id });
        session.Trail(owner, "accept_batch", new Ref("submission", batch.Id), new Ref("device", device.Id.Value),
            detail: new { facts = batch.Facts.Count, accepted = taken.Count(Verdict.Accepted), refused = taken.Count(Verdict.Refused) });
    }
}
