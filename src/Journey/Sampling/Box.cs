namespace Qipan.Sampling;

/// <summary>A row of <c>box</c>: one transport box 转运箱.</summary>
public sealed class Box
{
    public string Owner { get; init; } = "";

    public BoxId Id { get; init; }

    public string Code { get; init; } = "";

    public BoxState State { get; init; }

    /// <summary>Tubes.</summary>
    public int Capacity { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Seal { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public Guid? Lab { get; init; }

    public string? Courier { get; init; }

    /// <summary>In whose hand it is: <c>device:…</c>, <c>staff:…</c> or <c>unit:…</c>.</summary>
    public string Holder { get; init; } = "";

    public Guid? OpenedBy { get; init; }

    public bool Conflict { get; init; }
}
