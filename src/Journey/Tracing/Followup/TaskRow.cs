using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Where a task of a contact stands. The numbers reach disk: append only.</summary>
public enum TaskState : short
{
    Open = 0,
    Done = 1,

    /// <summary>Nobody came, and its time is over 漏访.</summary>
    Missed = 2,
    Withdrawn = 3,
}

/// <summary>What was found at a visit. The numbers reach disk: append only.</summary>
public enum VisitFinding : short
{
    None = 0,

    /// <summary>见到，无异常.</summary>
    SeenWell = 1,

    /// <summary>见到，有症状.</summary>
    SeenIll = 2,

    /// <summary>未见到.</summary>
    NotFound = 3,

    /// <summary>未执行.</summary>
    NotAttempted = 4,
}

/// <summary>A visit, a test or a self-reported check of a contact 随访任务.</summary>
public sealed record TaskRow
{
    internal static readonly Table<TaskRow> Rows = new("contact_task",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("contact", ColumnType.Uuid, r => r.Contact),
        new("person", ColumnType.Uuid, r => r.Person),
        new("kind", ColumnType.Small, r => (short)r.Kind),
        new("day", ColumnType.Small, r => r.Day),
        new("slot", ColumnType.Small, r => r.Slot),
        new("from_at", ColumnType.Big, r => r.FromAt),
        new("until_at", ColumnType.Big, r => r.UntilAt),
        new("team", ColumnType.Uuid, r => r.Team),
        new("area", ColumnType.Text, r => r.Area),
        new("state", ColumnType.Small, r => (short)r.State),
        new("finding", ColumnType.Small, r => (short)r.Finding),
        new("late", ColumnType.Small, r => r.Late),
        new("done_at", ColumnType.Big, r => r.DoneAt),
        new("done_by", ColumnType.Text, r => r.DoneBy),
        new("evidence_kind", ColumnType.Text, r => r.EvidenceKind),
        new("evidence_id", ColumnType.Text, r => r.EvidenceId),
        new("note", ColumnType.Text, r => r.Note));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Contact { get; init; }

    public Guid Person { get; init; }

    public TaskKind Kind { get; init; }

    public int Day { get; init; }

    public int Slot { get; init; }

    public DateTimeOffset FromAt { get; init; }

    public DateTimeOffset UntilAt { get; init; }

    public Guid Team { get; init; }

    public string Area { get; init; } = "";

    public TaskState State { get; init; }

    public VisitFinding Finding { get; init; }

    public bool Late { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }

    public string? EvidenceKind { get; init; }

    public string? EvidenceId { get; init; }

    public string? Note { get; init; }

    internal static TaskRow Of(ContactRow contact, PlannedTask task) => new()
    {
        Owner = contact.Owner,
        Id = TracingIds.Task(contact.Id, task.Kind, task.Day, task.Slot),
        Contact = contact.Id,
        Person = contact.Person,
        Kind = task.Kind,
        Day = task.Day,
        Slot = task.Slot,
        FromAt = task.From,
        UntilAt = task.Until,
        Team = contact.Team!.Value,
        Area = contact.Area,
    };

    internal static List<TaskRow> OfContacts(Session session, IReadOnlyCollection<Guid> contacts) => contacts.Count == 0 ? []
        : session.Each<TaskRow>("SELECT * FROM contact_task WHERE contact = @key", contacts);

    internal static TaskRow? One(Session session, Guid id) => session.One<TaskRow>("SELECT * FROM contact_task WHERE id = @id", new { id });
}
