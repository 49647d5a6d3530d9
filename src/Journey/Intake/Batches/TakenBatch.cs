using Qipan.Contracts;
using Qipan.Kernel;

namespace Qipan.Intake;

/// <summary>A batch on its way to verdicts: which facts are new, and what became of all.</summary>
sealed class TakenBatch
{
    readonly DateTimeOffset receivedAt;
    readonly long offset;
    readonly Batch batch;
    readonly Slot[] slots;

    public TakenBatch(DateTimeOffset receivedAt, long offset, Batch batch, Dictionary<Guid, IntakeTables.Had> known)
    {
        this.receivedAt = receivedAt;
        this.offset = offset;
        this.batch = batch;
        slots = new Slot[batch.Facts.Count];
        HashSet<Guid>? seen = null;
        for (var i = 0; i < slots.Length; i++)
        {
            var sent = batch.Facts[i];
            if (sent.Id is not { } id)
                slots[i] = new Slot { Verdict = Verdict.Refused, Refusal = sent.Refusal };
            else if (known.TryGetValue(id, out var had))
                slots[i] = Known(had);
            else if (!(seen ??= []).Add(id))
                slots[i] = new Slot { Verdict = Verdict.AlreadyHad };
            else
                slots[i] = new Slot { Verdict = Verdict.Refused, Refusal = sent.Refusal, New = true };
        }
    }

    /// <summary>The receipt of a batch that was received before: what it took first is accepted again, not "already had".</summary>
    public static TakenBatch Again(DateTimeOffset receivedAt, long offset, Batch batch, Dictionary<Guid, IntakeTables.Had> known)
    {
        var taken = new TakenBatch(receivedAt, offset, batch, known);
        for (var i = 0; i < taken.slots.Length; i++)
            if (batch.Facts[i].Id is { } id && known.TryGetValue(id, out var had) && had.Submission == batch.Id && had.Ordinal == i)
                taken.slots[i] = had.Verdict == Verdict.Accepted
                    ? new Slot { Verdict = Verdict.Accepted, Flags = had.Code?.Split(',') }
                    : Known(had);
        return taken;
    }

    /// <summary>The new and readable facts, each with its judge. Their times are corrected by the device's offset.</summary>
    public IEnumerable<(FactJudge Judge, Fact Fact)> New(IntakeSettings settings, DateTimeOffset now)
    {
        var ahead = TimeSpan.FromMilliseconds(offset);
        var late = now.AddHours(-settings.LateAfterHours);
        var future = now.AddSeconds(settings.ClockToleranceSeconds);
        for (var i = 0; i < slots.Length; i++)
        {
            if (!slots[i].New || slots[i].Refusal is not null)
                continue;
            var sent = batch.Facts[i];
            var corrected = sent.OccurredAt - ahead;
            var fact = new Fact(sent.Id!.Value, sent.Kind, i, sent.OccurredAt, corrected, sent.Payload!)
            {
                Late = corrected < late,
                FromTheFuture = corrected > future,
            };
            if (fact.Late)
                fact.Flag(FactFlags.Late);
            if (fact.FromTheFuture)
                fact.Flag(FactFlags.Clock);
            slots[i].Fact = fact;
            yield return (sent.Judge!, fact);
        }
    }

    /// <summary>The rows of the new facts, refused ones too. Settles every verdict; throws when a judge left a fact unjudged.</summary>
    public List<FactRow> Rows(string owner)
    {
        var rows = new List<FactRow>(slots.Length);
        var received = receivedAt.ToUnixTimeMilliseconds();
        for (var i = 0; i < slots.Length; i++)
        {
            if (!slots[i].New)
                continue;
            if (slots[i].Fact is { } fact)
            {
                if (!fact.Judged)
                    throw new InvalidOperationException($"The judge of {fact.Kind} left a fact without a verdict.");
                slots[i].Refusal = fact.Refusal;
                slots[i].Verdict = fact.Refusal is null ? Verdict.Accepted : Verdict.Refused;
                slots[i].Flags = fact.Refusal is null && fact.Flags.Count > 0 ? fact.Flags : null;
            }
            var sent = batch.Facts[i];
            rows.Add(new FactRow(owner, sent.Id!.Value, batch.Id, i, sent.Kind, slots[i].Fact?.Subject, sent.OccurredAt.ToUnixTimeMilliseconds(),
                sent.OccurredAt.ToUnixTimeMilliseconds() - offset, received, slots[i].Fact?.Late ?? false, slots[i].Verdict,
                slots[i].Refusal?.Code ?? (slots[i].Flags is { } flags ? string.Join(',', flags) : null)));
        }
        return rows;
    }

    public int Count(Verdict verdict) => slots.Count(s => s.Verdict == verdict);

    public Receipt ToReceipt(Batch sent, string language) => new()
    {
        Batch = sent.Id,
        RowCount = slots.Length,
        Hash = sent.Hash,
        ReceivedAt = receivedAt,
        ClockOffsetMs = offset,
        Items = [.. slots.Select((slot, i) => new ReceiptItem
        {
            Id = sent.Facts[i].IdText.Length <= 100 ? sent.Facts[i].IdText : sent.Facts[i].IdText[..100],
            Verdict = slot.Verdict switch { Verdict.Accepted => "accepted", Verdict.AlreadyHad => "already_had", Verdict.Refused => "refused" },
            Code = slot.Refusal?.Code ?? slot.Code,
            Sentence = slot.Refusal?.In(language),
            Flags = slot.Flags,
        })],
    };

    static Slot Known(IntakeTables.Had had) => had.Verdict == Verdict.Refused
        ? new Slot { Verdict = Verdict.Refused, Code = had.Code }
        : new Slot { Verdict = Verdict.AlreadyHad };

    struct Slot
    {
        public Verdict Verdict;
        public Refusal? Refusal;
        public string? Code;
        public IReadOnlyList<string>? Flags;
        public Fact? Fact;
        public bool New;
    }
}
