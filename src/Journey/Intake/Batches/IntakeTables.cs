using Qipan.Storage;

namespace Qipan.Intake;

/// <summary>A row of <c>fact</c>.</summary>
sealed record FactRow(
    string Owner, Guid Id, Guid Submission, int Ordinal, string Kind, Guid? Subject, long OccurredAt, long CorrectedAt, long ReceivedAt, bool Late, Verdict Verdict, string? Code);

/// <summary>The columns that intake fills, and what it asks before, on prepared statements: this is the hot path.</summary>
static class IntakeTables
{
    public static readonly Table<FactRow> Facts = new("fact",
        new("owner", ColumnType.Text, f => f.Owner, Key: true),
        new("id", ColumnType.Uuid, f => f.Id, Key: true),
        new("submission", ColumnType.Uuid, f => f.Submission),
        new("ordinal", ColumnType.Big, f => f.Ordinal),
        new("kind", ColumnType.Text, f => f.Kind),
        new("subject", ColumnType.Uuid, f => f.Subject),
        new("occurred_at", ColumnType.Big, f => f.OccurredAt),
        new("corrected_at", ColumnType.Big, f => f.CorrectedAt),
        new("received_at", ColumnType.Big, f => f.ReceivedAt),
        new("late", ColumnType.Small, f => f.Late),
        new("verdict", ColumnType.Small, f => f.Verdict),
        new("code", ColumnType.Text, f => f.Code));

    public sealed class SubmissionRow
    {
        public Guid Device { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public long ClockOffsetMs { get; init; }

        public string Hash { get; init; } = "";
    }

    public sealed class Had
    {
        public Guid Id { get; init; }

        public Guid Submission { get; init; }

        public int Ordinal { get; init; }

        public Verdict Verdict { get; init; }

        public string? Code { get; init; }
    }

    public static SubmissionRow? Submission(Session session, string owner, Guid id) => session.One<SubmissionRow>(
        "SELECT device, received_at, clock_offset_ms, hash FROM submission WHERE owner = @owner AND id = @id", new { owner, id });

    /// <summary>Which of these facts were received before, and what became of them.</summary>
    public static Dictionary<Guid, Had> Known(Session session, string owner, IEnumerable<Guid> ids) => session.Each<Had>(
        "SELECT id, submission, ordinal, verdict, code FROM fact WHERE owner = @owner AND id = @key", ids, new { owner }).ToDictionary(h => h.Id);
}
