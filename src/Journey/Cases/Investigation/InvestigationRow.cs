using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>investigation</c> 流调: one per case, opened with it.</summary>
public sealed record InvestigationRow
{
    internal static readonly Table<InvestigationRow> Rows = new("investigation",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId),
        new("state", ColumnType.Small, r => r.State),
        new("assignee", ColumnType.Uuid, r => r.Assignee),
        new("assigned_at", ColumnType.Big, r => r.AssignedAt),
        new("contacted_at", ColumnType.Big, r => r.ContactedAt),
        new("core_at", ColumnType.Big, r => r.CoreAt),
        new("full_at", ColumnType.Big, r => r.FullAt),
        new("reviewed_at", ColumnType.Big, r => r.ReviewedAt),
        new("reviewed_by", ColumnType.Text, r => r.ReviewedBy),
        new("reopened_at", ColumnType.Big, r => r.ReopenedAt),
        new("version", ColumnType.Big, r => r.Version));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid CaseId { get; init; }

    public InvestigationState State { get; init; } = InvestigationState.Assigned;

    /// <summary>Staff id; null: nobody has it yet.</summary>
    public Guid? Assignee { get; init; }

    public DateTimeOffset AssignedAt { get; init; }

    public DateTimeOffset? ContactedAt { get; init; }

    public DateTimeOffset? CoreAt { get; init; }

    public DateTimeOffset? FullAt { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReopenedAt { get; init; }

    public long Version { get; init; } = 1;

    internal static InvestigationRow First(WriteSession session, CaseRow row) => new()
    {
        Owner = row.Owner,
        Id = session.NewId(),
        CaseId = row.Id,
        AssignedAt = session.Now,
    };

    internal static InvestigationRow Of(Session session, CaseRow row) => session.One<InvestigationRow>(
        "SELECT * FROM investigation WHERE owner = @Owner AND case_id = @Id", new { row.Owner, row.Id })
        ?? throw new Kernel.CorruptException("investigation", $"case {row.Id:N} has none");
}
