using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Whether a merge holds. The numbers reach disk: append only.</summary>
public enum MergeState : short
{
    Holds = 1,

    /// <summary>They came apart again.</summary>
    Undone = 2,

    /// <summary>It was taken apart for the sake of an earlier one and done again.</summary>
    DoneAgain = 3,
}

/// <summary>A merge as kept.</summary>
public sealed record MergeRow
{
    internal static readonly Table<MergeRow> Rows = new("person_merge",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("loser", ColumnType.Uuid, r => r.Loser),
        new("survivor", ColumnType.Uuid, r => r.Survivor),
        new("survivor_owner", ColumnType.Text, r => r.SurvivorOwner),
        new("nth", ColumnType.Big, r => r.Nth),
        new("state", ColumnType.Small, r => (short)r.State),
        new("score", ColumnType.Real, r => r.Score),
        new("reasons", ColumnType.Text, r => r.Reasons),
        new("reason", ColumnType.Text, r => r.Reason),
        new("changes", ColumnType.Big, r => r.Changes),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("undone_at", ColumnType.Big, r => r.UndoneAt),
        new("undone_by", ColumnType.Text, r => r.UndoneBy),
        new("undone_reason", ColumnType.Text, r => r.UndoneReason));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The row that follows.</summary>
    public required Guid Loser { get; init; }

    public required Guid Survivor { get; init; }

    public required string SurvivorOwner { get; init; }

    public long Nth { get; init; }

    public MergeState State { get; init; } = MergeState.Holds;

    /// <summary>0 to 1; 1 where a person decided without one.</summary>
    public double Score { get; init; }

    public required string Reasons { get; init; }

    public required string Reason { get; init; }

    /// <summary>How many rows it changed.</summary>
    public long Changes { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }

    public string? UndoneBy { get; init; }

    public string? UndoneReason { get; init; }

    /// <summary>The merges that hold and touch any of these persons, directly or through others; the earliest first.</summary>
    internal static List<MergeRow> Around(Session session, IEnumerable<Guid> persons)
    {
        var (known, open) = (new HashSet<Guid>(), new List<Guid>(persons));
        var found = new Dictionary<Guid, MergeRow>();
        while (open.Count > 0)
        {
            known.UnionWith(open);
            var rows = session.Query<MergeRow>(
                $"SELECT * FROM person_merge WHERE state = 1 AND (loser {session.InIds("ids")} OR survivor {session.InIds("ids")})", new { ids = session.Keys(open) });
            foreach (var row in rows)
                found[row.Id] = row;
            open = [.. rows.SelectMany(r => new[] { r.Loser, r.Survivor }).Distinct().Where(id => !known.Contains(id))];
        }
        return [.. found.Values.OrderBy(r => r.Nth)];
    }
}

/// <summary>Something that does not go together, as kept.</summary>
public sealed record MergeIssueRow
{
    internal static readonly Table<MergeIssueRow> Rows = new("person_merge_issue",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("merge", ColumnType.Uuid, r => r.Merge, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true),
        new("kind", ColumnType.Text, r => r.Kind),
        new("subject_kind", ColumnType.Text, r => r.SubjectKind),
        new("subject_id", ColumnType.Text, r => r.SubjectId),
        new("state", ColumnType.Small, r => r.State),
        new("settled_at", ColumnType.Big, r => r.SettledAt),
        new("settled_by", ColumnType.Text, r => r.SettledBy),
        new("note", ColumnType.Text, r => r.Note));

    public required string Owner { get; init; }

    public required Guid Merge { get; init; }

    public long Seq { get; init; }

    /// <summary>One of <see cref="MergeIssues"/>.</summary>
    public required string Kind { get; init; }

    public required string SubjectKind { get; init; }

    public required string SubjectId { get; init; }

    /// <summary>0 open, 1 settled.</summary>
    public int State { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public string? SettledBy { get; init; }

    public string? Note { get; init; }
}
