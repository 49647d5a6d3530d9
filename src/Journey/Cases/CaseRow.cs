using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// A row of <c>case_record</c>: a case 病例. Every field that counts is changed by <see cref="CaseHistory"/> alone. Prints nothing of it
/// but the number, because the rest is a person's health.
/// </summary>
public sealed record CaseRow
{
    internal static readonly Table<CaseRow> Rows = new("case_record",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("no", ColumnType.Text, r => r.No),
        new("person", ColumnType.Uuid, r => r.Person),
        new("person_owner", ColumnType.Text, r => r.PersonOwner),
        new("disease", ColumnType.Text, r => r.Disease),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("class", ColumnType.Small, r => r.Class),
        new("severity", ColumnType.Small, r => r.Severity),
        new("clinical", ColumnType.Small, r => r.Clinical),
        new("onset", ColumnType.Text, r => r.Onset),
        new("onset_about", ColumnType.Small, r => r.OnsetAbout),
        new("first_positive_at", ColumnType.Big, r => r.FirstPositiveAt),
        new("found_at", ColumnType.Big, r => r.FoundAt),
        new("report_at", ColumnType.Big, r => r.ReportAt),
        new("isolated_at", ColumnType.Big, r => r.IsolatedAt),
        new("outcome", ColumnType.Small, r => r.Outcome),
        new("outcome_on", ColumnType.Text, r => r.OutcomeOn),
        new("death_on", ColumnType.Text, r => r.DeathOn),
        new("discovery", ColumnType.Small, r => r.Discovery),
        new("origin", ColumnType.Small, r => r.Origin),
        new("report_region", ColumnType.Text, r => r.ReportRegion),
        new("onset_region", ColumnType.Text, r => r.OnsetRegion),
        new("current_region", ColumnType.Text, r => r.CurrentRegion),
        new("custody", ColumnType.Text, r => r.Custody),
        new("cluster", ColumnType.Uuid, r => r.Cluster),
        new("opened_by_kind", ColumnType.Text, r => r.OpenedByKind),
        new("opened_by_id", ColumnType.Text, r => r.OpenedById),
        new("outside_no", ColumnType.Text, r => r.OutsideNo),
        new("reported_by", ColumnType.Text, r => r.ReportedBy),
        new("reviewed_at", ColumnType.Big, r => r.ReviewedAt),
        new("reviewed_by", ColumnType.Text, r => r.ReviewedBy),
        new("contacts_asked_at", ColumnType.Big, r => r.ContactsAskedAt),
        new("contacts_asked_by", ColumnType.Text, r => r.ContactsAskedBy),
        new("source_state", ColumnType.Small, r => r.SourceState),
        new("source_reason", ColumnType.Text, r => r.SourceReason),
        new("flags", ColumnType.Text, r => r.Flags),
        new("investigation", ColumnType.Small, r => r.Investigation),
        new("opened_at", ColumnType.Big, r => r.OpenedAt),
        new("version", ColumnType.Big, r => r.Version));

    /// <summary>The county that reports it, 6 digits.</summary>
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    /// <summary>County, year and running number: 220204-2022-00017.</summary>
    public string No { get; init; } = "";

    public Guid Person { get; init; }

    /// <summary>The county of the person's row.</summary>
    public string PersonOwner { get; init; } = "";

    public string Disease { get; init; } = "";

    /// <summary>id@version of the protocol that set its deadlines; empty where none rules.</summary>
    public string Protocol { get; init; } = "";

    public CaseClass Class { get; init; }

    public CaseSeverity Severity { get; init; }

    public ClinicalState Clinical { get; init; } = ClinicalState.AwaitingTransfer;

    /// <summary>The first day of symptoms 发病; null: no symptoms, or not known.</summary>
    public DateOnly? Onset { get; init; }

    /// <summary>The person is not sure of the day.</summary>
    public bool OnsetAbout { get; init; }

    /// <summary>When the first positive sample was taken, not when it was read (INV-13).</summary>
    public DateTimeOffset? FirstPositiveAt { get; init; }

    /// <summary>When it became known to this program's users; the clocks count from here.</summary>
    public DateTimeOffset FoundAt { get; init; }

    /// <summary>When it was reported; null: not yet.</summary>
    public DateTimeOffset? ReportAt { get; init; }

    public DateTimeOffset? IsolatedAt { get; init; }

    public CaseOutcome Outcome { get; init; }

    public DateOnly? OutcomeOn { get; init; }

    public DateOnly? DeathOn { get; init; }

    public Discovery Discovery { get; init; }

    public CaseOrigin Origin { get; init; }

    /// <summary>Place code of where it was reported.</summary>
    public string ReportRegion { get; init; } = "";

    /// <summary>Place code to which it is counted (INV-26).</summary>
    public string OnsetRegion { get; init; } = "";

    /// <summary>Place code of where the person is.</summary>
    public string CurrentRegion { get; init; } = "";

    /// <summary>
    /// The county that has the investigation and its duties now 管辖: the one that reports it, until another accepts (INV-38). It is never
    /// what the case is counted to.
    /// </summary>
    public string Custody { get; init; } = "";

    public Guid? Cluster { get; init; }

    /// <summary>The kind of fact it stands on: result, report, import_row, handover.</summary>
    public string OpenedByKind { get; init; } = "";

    public string OpenedById { get; init; } = "";

    /// <summary>Its number in the file it came from.</summary>
    public string? OutsideNo { get; init; }

    public string? ReportedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public string? ReviewedBy { get; init; }

    /// <summary>When somebody had asked for all its contacts; null: an open tail 链尾.</summary>
    public DateTimeOffset? ContactsAskedAt { get; init; }

    public string? ContactsAskedBy { get; init; }

    public SourceState SourceState { get; init; }

    public string? SourceReason { get; init; }

    /// <summary>Words of <see cref="CaseFlags"/> with blanks between; empty: nothing to look at.</summary>
    public string Flags { get; init; } = "";

    public InvestigationState Investigation { get; init; } = InvestigationState.Assigned;

    public DateTimeOffset OpenedAt { get; init; }

    public long Version { get; init; } = 1;

    public Ref Ref => new("case", Id);

    /// <summary>True for confirmed and asymptomatic: counted as infected.</summary>
    public bool Counts => Class is CaseClass.Confirmed or CaseClass.Asymptomatic;

    public override string ToString() => $"case {No}";
}
