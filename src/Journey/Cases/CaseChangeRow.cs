using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>case_change</c>: one field of one case was something else before.</summary>
public sealed class CaseChangeRow
{
    internal static readonly Table<CaseChangeRow> Rows = new("case_change",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId, Key: true),
        new("seq", ColumnType.Big, r => r.Seq, Key: true),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("field", ColumnType.Text, r => r.Field),
        new("old_value", ColumnType.Text, r => r.OldValue),
        new("new_value", ColumnType.Text, r => r.NewValue),
        new("reason", ColumnType.Text, r => r.Reason));

    public string Owner { get; init; } = "";

    public Guid CaseId { get; init; }

    /// <summary>1000 times the case's version that the change made, and the place of the field in it.</summary>
    public long Seq { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>An actor's id.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The column.</summary>
    public string Field { get; init; } = "";

    public string? OldValue { get; init; }

    public string? NewValue { get; init; }

    public string? Reason { get; init; }

    /// <summary>The change as evidence for a duty: no other change has this id.</summary>
    public Ref Evidence => new("case_change", string.Create(CultureInfo.InvariantCulture, $"{CaseId:N}.{Seq}"));
}
