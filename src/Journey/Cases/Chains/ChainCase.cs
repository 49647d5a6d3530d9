namespace Qipan.Cases;

/// <summary>A case as chains show it 传播链中的病例: its number, days and places, and nothing of the person.</summary>
public sealed record ChainCase
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string No { get; init; } = "";

    public CaseClass Class { get; init; }

    public DateOnly? Onset { get; init; }

    public DateTimeOffset? FirstPositiveAt { get; init; }

    public DateTimeOffset FoundAt { get; init; }

    public DateTimeOffset? ReportAt { get; init; }

    public DateTimeOffset? IsolatedAt { get; init; }

    public DateOnly? OutcomeOn { get; init; }

    public DateOnly? DeathOn { get; init; }

    public string ReportRegion { get; init; } = "";

    public string OnsetRegion { get; init; } = "";

    public string CurrentRegion { get; init; } = "";

    /// <summary>The county that investigates it: another than the one that found it, where that one handed it over.</summary>
    public string Custody { get; init; } = "";

    public Guid? Cluster { get; init; }

    public DateTimeOffset? ContactsAskedAt { get; init; }

    public SourceState SourceState { get; init; }

    /// <summary>Nobody has asked yet whom it met 链尾.</summary>
    public bool OpenTail => ContactsAskedAt is null;

    /// <summary>Nobody knows yet whom it got it from 源头未明.</summary>
    public bool SourceMissing => SourceState == SourceState.Open;

    /// <summary>
    /// Where it is counted, down to the street where the person is, if that lies in it: at most nine digits.
    /// </summary>
    public string Place => CurrentRegion.StartsWith(OnsetRegion, StringComparison.Ordinal) ? CurrentRegion[..Math.Min(CurrentRegion.Length, 9)] : OnsetRegion;
}

/// <summary>Which day a case stands at on the time axis. The numbers go out to the pages: append only.</summary>
public enum DayBasis
{
    /// <summary>发病.</summary>
    Onset = 0,

    /// <summary>首次阳性采样.</summary>
    FirstPositive = 1,

    /// <summary>发现.</summary>
    Found = 2,
}
