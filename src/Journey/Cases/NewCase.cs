namespace Qipan.Cases;

/// <summary>A case to be opened. The same basis again opens nothing; neither does a second basis for a person who is a case already.</summary>
public sealed record NewCase
{
    /// <summary>The county that reports it, 6 digits.</summary>
    public required string Owner { get; init; }

    /// <summary>The person's id; merged persons are followed to the one that stands.</summary>
    public required Guid Person { get; init; }

    /// <summary>As protocols name it.</summary>
    public required string Disease { get; init; }

    public required CaseClass Class { get; init; }

    /// <summary>result, report, import_row, handover.</summary>
    public required string BasisKind { get; init; }

    public required string BasisId { get; init; }

    public CaseSeverity Severity { get; init; }

    public ClinicalState Clinical { get; init; } = ClinicalState.AwaitingTransfer;

    public DateOnly? Onset { get; init; }

    public bool OnsetAbout { get; init; }

    /// <summary>When the sample was taken (INV-13).</summary>
    public DateTimeOffset? FirstPositiveAt { get; init; }

    /// <summary>Null: now.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>Null: not reported yet.</summary>
    public DateTimeOffset? ReportAt { get; init; }

    public DateTimeOffset? IsolatedAt { get; init; }

    public CaseOutcome Outcome { get; init; }

    public DateOnly? OutcomeOn { get; init; }

    public DateOnly? DeathOn { get; init; }

    public Discovery Discovery { get; init; } = Discovery.SelfReported;

    public CaseOrigin Origin { get; init; }

    /// <summary>Null: the county.</summary>
    public string? ReportRegion { get; init; }

    /// <summary>Null: where it is reported.</summary>
    public string? OnsetRegion { get; init; }

    /// <summary>Null: where the registers say the person is.</summary>
    public string? CurrentRegion { get; init; }

    public Guid? Cluster { get; init; }

    /// <summary>Its number in the file it came from.</summary>
    public string? OutsideNo { get; init; }

    /// <summary>False for the past: a line list of an outbreak that is over opens no clocks and proposes no contacts.</summary>
    public bool Clocks { get; init; } = true;
}

/// <summary>What became of a case that was to be opened.</summary>
public enum OpenVerdict
{
    Opened = 1,

    /// <summary>This basis has opened it before.</summary>
    AlreadyHad = 2,

    /// <summary>The person is a case of this disease already, on another basis; nothing was opened (INV-38).</summary>
    SamePerson = 3,

    /// <summary>The person was discharged and is positive again: an event of the case that is there (INV-34).</summary>
    Repositive = 4,
}

/// <summary>A case that is there now, and how it came to be.</summary>
public sealed record OpenedCase(CaseRow Case, OpenVerdict Verdict);
