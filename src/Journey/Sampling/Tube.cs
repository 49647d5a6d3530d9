namespace Qipan.Sampling;

/// <summary>How many a tube takes. The numbers reach disk: append only.</summary>
public enum TubeKind
{
    /// <summary>Its opening has not arrived yet.</summary>
    Unknown = 0,

    /// <summary>单管.</summary>
    Single = 1,
    Five = 5,
    Ten = 10,
    Twenty = 20,

    /// <summary>一户一管: one household, whatever its size.</summary>
    Household = 99,
}

/// <summary>A row of <c>tube</c>: one tube 采样管, from its opening to its end.</summary>
public sealed class Tube
{
    public string Owner { get; init; } = "";

    public TubeId Id { get; init; }

    /// <summary>The printed code; several tubes may have it, so nothing is attached by code alone (INV-02).</summary>
    public string Code { get; init; } = "";

    public RoundId? Round { get; init; }

    public TubeKind Kind { get; init; }

    public int Capacity { get; init; }

    public TubeState State { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The device.</summary>
    public Guid? OpenedBy { get; init; }

    public Guid? Session { get; init; }

    public DateTimeOffset? SealedAt { get; init; }

    public string? Seal { get; init; }

    public BoxId? Box { get; init; }

    public DateTimeOffset? BoxedAt { get; init; }

    /// <summary>Persons in it; voided registrations are not counted.</summary>
    public int Count { get; init; }

    /// <summary>Another tube has the same code; its result is held and its members are sampled again (INV-02).</summary>
    public bool Conflict { get; init; }

    public int Priority { get; init; }

    public Guid? Lab { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public RejectReason RejectReason { get; init; }

    /// <summary>In whose hand it is: <c>device:…</c>, <c>staff:…</c> or <c>unit:…</c>.</summary>
    public string Holder { get; init; } = "";

    public Guid? Result { get; init; }

    /// <summary>The alert whose member it re-samples.</summary>
    public Guid? Alert { get; init; }

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
