using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A row of <c>re_positive</c>: a discharged case is positive again 复阳. Never a new case, never counted again (INV-34).</summary>
public sealed class RepositiveRow
{
    internal static readonly Table<RepositiveRow> Rows = new("re_positive",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("case_id", ColumnType.Uuid, r => r.CaseId, Key: true),
        new("at", ColumnType.Big, r => r.At, Key: true),
        new("sample_kind", ColumnType.Text, r => r.SampleKind),
        new("sample_id", ColumnType.Text, r => r.SampleId),
        new("note", ColumnType.Text, r => r.Note));

    public string Owner { get; init; } = "";

    public Guid CaseId { get; init; }

    /// <summary>When the sample was taken.</summary>
    public DateTimeOffset At { get; init; }

    public string SampleKind { get; init; } = "";

    public string SampleId { get; init; } = "";

    public string? Note { get; init; }
}

/// <summary>Positive samples of somebody who is a case already.</summary>
sealed class Repositives(LocalDays days)
{
    /// <summary>True when the sample was taken after the day on which the case ended.</summary>
    public static bool After(CaseRow row, DateTimeOffset sample, LocalDays days) => row.OutcomeOn is { } ended && days.DateOf(sample) > ended;

    /// <summary>
    /// After the end: a re-positive, for a medical review. Of a sample taken before it: the end is flagged, because the person was released
    /// while a positive sample was on its way (INV-13). Returns whether it was a re-positive.
    /// </summary>
    public bool Add(WriteSession session, CaseRow row, DateTimeOffset at, string sampleKind, string sampleId, string? note)
    {
        var again = After(row, at, days);
        if (again)
            session.Insert(RepositiveRow.Rows, [new RepositiveRow
            {
                Owner = row.Owner,
                CaseId = row.Id,
                At = at,
                SampleKind = sampleKind,
                SampleId = sampleId,
                Note = note,
            }], IfThere.Skip);
        var flag = again ? CaseFlags.Repositive : CaseFlags.LatePositive;
        CaseHistory.Change(session, row, row with { Flags = CaseFlags.With(row.Flags, flag) }, $"{sampleKind} {sampleId}");
        session.Trail(row.Owner, again ? "case_positive_again" : "case_late_positive", row.Ref, new Ref(sampleKind, sampleId));
        return again;
    }

    public static List<RepositiveRow> Of(Session session, CaseRow row) => session.Query<RepositiveRow>(
        "SELECT * FROM re_positive WHERE owner = @Owner AND case_id = @Id ORDER BY at", new { row.Owner, row.Id });
}
