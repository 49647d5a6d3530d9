using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>How sure a link is 可信度. The numbers reach disk: append only.</summary>
public enum LinkConfidence
{
    /// <summary>可疑.</summary>
    Suspected = 1,

    /// <summary>很可能.</summary>
    Probable = 2,

    /// <summary>确定.</summary>
    Confirmed = 3,
}

/// <summary>Whether a link holds. The numbers reach disk: append only.</summary>
public enum LinkState
{
    Holds = 1,
    Withdrawn = 2,
}

/// <summary>A row of <c>transmission_link</c>: who passed it on to whom 传播关系. It belongs to the county of the case that got it.</summary>
public sealed record LinkRow
{
    internal static readonly Table<LinkRow> Rows = new("transmission_link",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("from_case", ColumnType.Uuid, r => r.FromCase),
        new("from_owner", ColumnType.Text, r => r.FromOwner),
        new("to_case", ColumnType.Uuid, r => r.ToCase),
        new("to_owner", ColumnType.Text, r => r.ToOwner),
        new("confidence", ColumnType.Small, r => r.Confidence),
        new("situation", ColumnType.Text, r => r.Situation),
        new("exposure_on", ColumnType.Text, r => r.ExposureOn),
        new("basis", ColumnType.Text, r => r.Basis),
        new("state", ColumnType.Small, r => r.State),
        new("reason", ColumnType.Text, r => r.Reason),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    /// <summary>Who passed it on.</summary>
    public Guid FromCase { get; init; }

    public string FromOwner { get; init; } = "";

    /// <summary>Who got it.</summary>
    public Guid ToCase { get; init; }

    public string ToOwner { get; init; } = "";

    public LinkConfidence Confidence { get; init; }

    /// <summary>As the protocol names situations: household, shared_meal …; empty: not known.</summary>
    public string Situation { get; init; } = "";

    /// <summary>The local day of the exposure.</summary>
    public DateOnly? ExposureOn { get; init; }

    /// <summary>What shows it: statement, itinerary, genome, import:FILE …</summary>
    public string Basis { get; init; } = "";

    public LinkState State { get; init; } = LinkState.Holds;

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";
}
