using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A row of <c>pool_alert</c>: one suspect tube and the clocks of what follows 一键即报.</summary>
public sealed class AlertRow
{
    internal static readonly Table<AlertRow> Rows = new("pool_alert",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("tube", ColumnType.Uuid, r => r.Tube),
        new("round", ColumnType.Uuid, r => r.Round),
        new("disease", ColumnType.Text, r => r.Disease),
        new("result", ColumnType.Uuid, r => r.Result),
        new("state", ColumnType.Small, r => r.State),
        new("raised_at", ColumnType.Big, r => r.RaisedAt),
        new("raised_by", ColumnType.Text, r => r.RaisedBy),
        new("ack_at", ColumnType.Big, r => r.AckAt),
        new("ack_by", ColumnType.Text, r => r.AckBy),
        new("held_at", ColumnType.Big, r => r.HeldAt),
        new("resampled_at", ColumnType.Big, r => r.ResampledAt),
        new("decided_at", ColumnType.Big, r => r.DecidedAt),
        new("closed_at", ColumnType.Big, r => r.ClosedAt),
        new("closed_by", ColumnType.Text, r => r.ClosedBy),
        new("team", ColumnType.Uuid, r => r.Team),
        new("reason", ColumnType.Text, r => r.Reason),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("ack_due", ColumnType.Big, r => r.AckDue),
        new("hold_due", ColumnType.Big, r => r.HoldDue),
        new("resample_due", ColumnType.Big, r => r.ResampleDue),
        new("decide_due", ColumnType.Big, r => r.DecideDue));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Tube { get; init; }

    /// <summary>Null for a tube of no round.</summary>
    public Guid? Round { get; init; }

    /// <summary>As protocols name it: the round's.</summary>
    public string Disease { get; init; } = "";

    public Guid? Result { get; init; }

    public AlertState State { get; set; }

    public DateTimeOffset RaisedAt { get; init; }

    public string RaisedBy { get; init; } = "";

    public DateTimeOffset? AckAt { get; set; }

    public string? AckBy { get; set; }

    public DateTimeOffset? HeldAt { get; set; }

    public DateTimeOffset? ResampledAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? ClosedBy { get; set; }

    public Guid Team { get; init; }

    public string? Reason { get; set; }

    public string Protocol { get; init; } = "";

    public DateTimeOffset AckDue { get; init; }

    public DateTimeOffset HoldDue { get; init; }

    public DateTimeOffset ResampleDue { get; init; }

    public DateTimeOffset DecideDue { get; init; }
}

/// <summary>A row of <c>pool_alert_member</c>: one member and what becomes of them.</summary>
public sealed class AlertMemberRow
{
    internal static readonly Table<AlertMemberRow> Rows = new("pool_alert_member",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("alert", ColumnType.Uuid, r => r.Alert, Key: true),
        new("person", ColumnType.Uuid, r => r.Person, Key: true),
        new("person_owner", ColumnType.Text, r => r.PersonOwner),
        new("present_owner", ColumnType.Text, r => r.PresentOwner),
        new("present_place", ColumnType.Text, r => r.PresentPlace),
        new("present_kind", ColumnType.Small, r => r.PresentKind),
        new("registration", ColumnType.Uuid, r => r.Registration),
        new("held_at", ColumnType.Big, r => r.HeldAt),
        new("held_by", ColumnType.Text, r => r.HeldBy),
        new("resample_tube", ColumnType.Uuid, r => r.ResampleTube),
        new("resample_at", ColumnType.Big, r => r.ResampleAt),
        new("resample2_tube", ColumnType.Uuid, r => r.Resample2Tube),
        new("resample2_at", ColumnType.Big, r => r.Resample2At),
        new("outcome", ColumnType.Small, r => r.Outcome),
        new("outcome_at", ColumnType.Big, r => r.OutcomeAt),
        new("outcome_by", ColumnType.Text, r => r.OutcomeBy),
        new("note", ColumnType.Text, r => r.Note));

    public string Owner { get; init; } = "";

    public Guid Alert { get; init; }

    public Guid Person { get; init; }

    public string PersonOwner { get; init; } = "";

    /// <summary>The county that holds the member: where they are now, not where they were sampled (INV-07).</summary>
    public string PresentOwner { get; init; } = "";

    public string PresentPlace { get; init; } = "";

    public PresentKind PresentKind { get; init; }

    /// <summary>Null for members of the household who are in no tube of it (INV-17).</summary>
    public Guid? Registration { get; init; }

    public DateTimeOffset? HeldAt { get; set; }

    public string? HeldBy { get; set; }

    public Guid? ResampleTube { get; set; }

    public DateTimeOffset? ResampleAt { get; set; }

    public Guid? Resample2Tube { get; set; }

    public DateTimeOffset? Resample2At { get; set; }

    public MemberOutcome Outcome { get; set; }

    public DateTimeOffset? OutcomeAt { get; set; }

    public string? OutcomeBy { get; set; }

    public string? Note { get; set; }
}
