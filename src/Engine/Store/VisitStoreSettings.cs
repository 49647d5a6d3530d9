namespace Qipan.Engine;

/// <summary>How a store uses memory and threads. The defaults suit a laptop.</summary>
public sealed record VisitStoreSettings
{
    /// <summary>Appended visits that wait in the log, and in memory, before they are sealed into segments. A visit takes about 60 bytes.</summary>
    public int SealRows { get; init; } = 2_000_000;

    /// <summary>Threads that build segments.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>A day with more segments than this is merged into one at the next seal.</summary>
    public int SegmentsPerDay { get; init; } = 4;

    /// <summary>Visits a load holds in memory before it seals them: 16 bytes each, and for the day being sorted twice as much again.</summary>
    public long LoadRows { get; init; } = 160_000_000;
}

/// <summary>What became of a batch of appended visits; lasting when it is returned.</summary>
/// <param name="Accepted">New, and durable.</param>
/// <param name="Had">Known before: sent again, or less than what is known of the same stay.</param>
/// <param name="Refused">Positions in the batch, ascending, and why.</param>
public sealed record AppendReceipt(int Accepted, int Had, IReadOnlyList<RefusedVisit> Refused);

/// <summary>A visit that was not taken.</summary>
public sealed record RefusedVisit(int Position, Kernel.Refusal Why);

/// <summary>What became of a load. Accepted + had + refused is what was read.</summary>
/// <param name="Replaced">Open and inferred stays, stored or read, that gave way to a better row.</param>
public sealed record LoadReceipt(long Accepted, long Had, long Refused, long Replaced);

/// <summary>What a verified store holds.</summary>
public sealed record VerifyReport(int Segments, long Rows, long Recent, long Bytes, uint Visitors, uint Places);
