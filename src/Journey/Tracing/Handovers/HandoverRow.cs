using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A person found here and living there, on the way from county to county 移交 (INV-38).</summary>
public sealed record HandoverRow
{
    internal static readonly Table<HandoverRow> Rows = new("handover",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("subject_kind", ColumnType.Small, r => (short)r.SubjectKind),
        new("subject_id", ColumnType.Uuid, r => r.SubjectId),
        new("person", ColumnType.Uuid, r => r.Person),
        new("disease", ColumnType.Text, r => r.Disease),
        new("to_owner", ColumnType.Text, r => r.ToOwner),
        new("place", ColumnType.Text, r => r.Place),
        new("outside", ColumnType.Small, r => r.Outside),
        new("state", ColumnType.Small, r => (short)r.State),
        new("level", ColumnType.Small, r => r.Level),
        new("late_at", ColumnType.Big, r => r.LateAt),
        new("requested_at", ColumnType.Big, r => r.RequestedAt),
        new("requested_by", ColumnType.Text, r => r.RequestedBy),
        new("reason", ColumnType.Text, r => r.Reason),
        new("decided_at", ColumnType.Big, r => r.DecidedAt),
        new("decided_by", ColumnType.Text, r => r.DecidedBy),
        new("answer", ColumnType.Text, r => r.Answer),
        new("version", ColumnType.Big, r => r.Version));

    /// <summary>The sender's county: has the duties until the receiver accepts.</summary>
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public HandoverSubject SubjectKind { get; init; }

    public Guid SubjectId { get; init; }

    public Guid Person { get; init; }

    public string Disease { get; init; } = "";

    /// <summary>The receiver's county.</summary>
    public string ToOwner { get; init; } = "";

    /// <summary>Where the person is there: a place code.</summary>
    public string Place { get; init; } = "";

    /// <summary>No unit of this deployment answers for that county: the sender records its acceptance.</summary>
    public bool Outside { get; init; }

    public HandoverState State { get; init; } = HandoverState.Requested;

    /// <summary>How many of the time-outs have passed without an answer: 0 to 3.</summary>
    public int Level { get; init; }

    /// <summary>When the next time-out passes; null: none is left.</summary>
    public DateTimeOffset? LateAt { get; init; }

    public DateTimeOffset RequestedAt { get; init; }

    public string RequestedBy { get; init; } = "";

    public string? Reason { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>Why it was refused or cancelled; or under which number another system accepted it.</summary>
    public string? Answer { get; init; }

    public long Version { get; init; } = 1;

    public Ref Ref => new("handover", Id);

    /// <summary>The county whose ledger has the duty to answer.</summary>
    public string Answers => Outside ? Owner : ToOwner;

    internal static HandoverRow? One(Session session, Guid id) => session.One<HandoverRow>("SELECT * FROM handover WHERE id = @id", new { id });

    /// <summary>The one of these subjects that waits for an answer.</summary>
    internal static List<HandoverRow> Waiting(Session session, IReadOnlyCollection<Guid> subjects) => subjects.Count == 0 ? []
        : session.Each<HandoverRow>("SELECT * FROM handover WHERE subject_id = @key AND state = 1", subjects);

    /// <summary>All of a subject, the latest first.</summary>
    internal static List<HandoverRow> Of(Session session, Guid subject) =>
        session.Query<HandoverRow>("SELECT * FROM handover WHERE subject_id = @subject ORDER BY requested_at DESC, id DESC", new { subject });
}
