using System.Collections.Concurrent;
using Qipan.Contracts;

namespace Qipan.KillLoop;

/// <summary>
/// What the devices know: which facts were acknowledged, and which were only tried. The store must hold the first exactly once, and
/// of the second either all of a batch or nothing. Safe for all threads.
/// </summary>
sealed class Ledger
{
    readonly ConcurrentDictionary<Guid, WireFact> acknowledged = new();
    readonly ConcurrentDictionary<Guid, byte> tried = new();
    readonly ConcurrentDictionary<Guid, int> batches = new();
    readonly ConcurrentDictionary<Guid, int> inDoubt = new();
    long takenBefore, notTaken, proved;

    public ConcurrentQueue<string> Findings { get; } = new();

    /// <summary>Facts with a receipt.</summary>
    public IReadOnlyDictionary<Guid, WireFact> Acknowledged => acknowledged;

    /// <summary>Batches with a receipt, and how many facts each holds.</summary>
    public IReadOnlyDictionary<Guid, int> Batches => batches;

    /// <summary>Batches that got no receipt and were not sent again under their own id.</summary>
    public IReadOnlyDictionary<Guid, int> InDoubt => inDoubt;

    public long Proved => Interlocked.Read(ref proved);

    /// <summary>Facts without a receipt that the store had, and had not.</summary>
    public (long Had, long NotHad) Doubts => (Interlocked.Read(ref takenBefore), Interlocked.Read(ref notTaken));

    /// <summary>The connection broke after this was sent and before its receipt came.</summary>
    public void Doubt(WireBatch batch)
    {
        foreach (var fact in batch.Facts.Cast<WireFact>())
            tried.TryAdd(fact.Id, 0);
    }

    /// <summary>The batch will not be sent again; its facts will, in others.</summary>
    public void Abandon(WireBatch batch) => inDoubt.TryAdd(batch.Batch, batch.Facts.Count);

    /// <summary>A receipt for facts that had none.</summary>
    public void Take(WireBatch batch, Receipt receipt, DateTimeOffset lifeBegan)
    {
        if (receipt.RowCount != batch.Facts.Count || receipt.Items.Count != batch.Facts.Count || receipt.Hash != batch.Hash)
            Findings.Enqueue($"batch {batch.Batch:N}: its receipt counts {receipt.RowCount} of {batch.Facts.Count}");
        batches.TryAdd(batch.Batch, batch.Facts.Count);
        foreach (var (fact, item) in batch.Facts.Cast<WireFact>().Zip(receipt.Items))
        {
            var wasTried = tried.ContainsKey(fact.Id);
            if (item.Verdict == "refused")
                Findings.Enqueue($"{fact.Kind} {fact.Id:N}: refused as {item.Code}");
            else if (item.Verdict == "already_had" && !wasTried)
                Findings.Enqueue($"{fact.Kind} {fact.Id:N}: already had, and it was never sent before");
            if (!acknowledged.TryAdd(fact.Id, fact))
                Findings.Enqueue($"{fact.Kind} {fact.Id:N}: acknowledged twice");
            if (wasTried && (item.Verdict == "already_had" || receipt.ReceivedAt < lifeBegan))
                Interlocked.Increment(ref takenBefore);
            else if (wasTried)
                Interlocked.Increment(ref notTaken);
        }
    }

    /// <summary>Facts that were acknowledged are sent again in a new batch: all of them must be had.</summary>
    public void Prove(WireBatch batch, Receipt receipt)
    {
        batches.TryAdd(batch.Batch, batch.Facts.Count);
        foreach (var (fact, item) in batch.Facts.Cast<WireFact>().Zip(receipt.Items))
        {
            Interlocked.Increment(ref proved);
            if (item.Verdict != "already_had")
                Findings.Enqueue($"{fact.Kind} {fact.Id:N}: was acknowledged, and sent again it is {item.Verdict}");
        }
    }

    /// <summary>A batch with a receipt is sent again as it was: the receipt must be the same.</summary>
    public void Same(WireBatch batch, string before, string now)
    {
        Interlocked.Add(ref proved, batch.Facts.Count);
        if (before != now)
            Findings.Enqueue($"batch {batch.Batch:N}: sent again, it got another receipt");
    }
}
