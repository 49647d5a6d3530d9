using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// How the ledger changes many duties at once: what is to change is first laid down in temporary tables, then the counters move
/// by the difference between the old and the new state, then the duties. One statement each, whatever their number.
/// </summary>
static class LedgerWork
{
    /// <summary>From this many rows on, PostgreSQL plans better when it knows them.</summary>
    const int WorthAnalyzing = 2000;

    public const string SameDuty =
        "d.owner = m.owner AND d.kind = m.kind AND d.basis_id = m.basis_id AND d.subject_id = m.subject_id";

    const string Tables = """
        CREATE TEMP TABLE IF NOT EXISTS duty_new (
          owner text, kind smallint, basis_id text, subject_id uuid, subject_kind text, basis_kind text, protocol text, area text,
          age_band smallint, owner_unit uuid, due_at bigint, priority smallint, note text) {1};
        CREATE TEMP TABLE IF NOT EXISTS duty_claim (
          owner text, kind smallint, basis_id text, subject_id uuid, evidence_kind text, evidence_id text, at bigint) {1};
        CREATE TEMP TABLE IF NOT EXISTS duty_delta (
          owner text, kind smallint, basis_id text, area text, age_band smallint, due_at bigint, open bigint, done bigint, done_late bigint) {1};
        CREATE TEMP TABLE IF NOT EXISTS duty_fell (
          owner text NOT NULL, evidence_kind text NOT NULL, evidence_id text NOT NULL,
          PRIMARY KEY (owner, evidence_kind, evidence_id)) {0};
        CREATE TEMP TABLE IF NOT EXISTS duty_move (
          owner text NOT NULL, kind smallint NOT NULL, basis_id text NOT NULL, subject_id uuid NOT NULL,
          state smallint NOT NULL, ended_at bigint, ended_by text, evidence_kind text, evidence_id text, reason text,
          PRIMARY KEY (owner, kind, basis_id, subject_id)) {0};
        CREATE TEMP TABLE IF NOT EXISTS duty_step (unit uuid NOT NULL, next_unit uuid NOT NULL, PRIMARY KEY (unit)) {0};
        """;

    static readonly string SqliteTables = Tables.Replace("{0}", "WITHOUT ROWID", StringComparison.Ordinal)
        .Replace("{1}", "", StringComparison.Ordinal);

    static readonly string PostgresTables = Tables
        .Replace("{0}", "ON COMMIT DELETE ROWS", StringComparison.Ordinal)
        .Replace("{1}", "ON COMMIT DELETE ROWS", StringComparison.Ordinal)
        .Replace(" text", " text COLLATE \"C\"", StringComparison.Ordinal);

    const string Count = """
        INSERT INTO duty_count (owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn)
        SELECT d.owner, d.kind, d.basis_id, substr(d.area, 1, 12), d.age_band, d.due_at,
          sum(CASE WHEN m.state = 0 THEN 1 ELSE 0 END) - sum(CASE WHEN d.state = 0 THEN 1 ELSE 0 END),
          sum(CASE WHEN m.state = 1 THEN 1 ELSE 0 END) - sum(CASE WHEN d.state = 1 THEN 1 ELSE 0 END),
          sum(CASE WHEN m.state = 1 AND m.ended_at > d.due_at THEN 1 ELSE 0 END)
            - sum(CASE WHEN d.state = 1 AND d.ended_at > d.due_at THEN 1 ELSE 0 END),
          sum(CASE WHEN m.state = 2 THEN 1 ELSE 0 END) - sum(CASE WHEN d.state = 2 THEN 1 ELSE 0 END),
          sum(CASE WHEN m.state = 3 THEN 1 ELSE 0 END) - sum(CASE WHEN d.state = 3 THEN 1 ELSE 0 END)
        FROM duty_move m CROSS JOIN duty d
        WHERE d.owner = m.owner AND d.kind = m.kind AND d.basis_id = m.basis_id AND d.subject_id = m.subject_id
        GROUP BY d.owner, d.kind, d.basis_id, substr(d.area, 1, 12), d.age_band, d.due_at
        ON CONFLICT (owner, kind, basis_id, area, age_band, due_at) DO UPDATE SET
          open = duty_count.open + excluded.open, done = duty_count.done + excluded.done,
          done_late = duty_count.done_late + excluded.done_late, waived = duty_count.waived + excluded.waived,
          withdrawn = duty_count.withdrawn + excluded.withdrawn
        """;

    const string Move = """
        UPDATE duty AS d SET state = m.state, ended_at = m.ended_at, ended_by = m.ended_by,
          evidence_kind = m.evidence_kind, evidence_id = m.evidence_id, reason = m.reason
        FROM duty_move m
        WHERE d.owner = m.owner AND d.kind = m.kind AND d.basis_id = m.basis_id AND d.subject_id = m.subject_id
        """;

    static readonly string[] All = ["duty_new", "duty_claim", "duty_delta", "duty_fell", "duty_move", "duty_step"];

    /// <summary>The temporary tables of this connection; those that are named are empty, or all where none is named.</summary>
    public static void Ready(WriteSession session, params ReadOnlySpan<string> empty)
    {
        if (Make(session))
            return;
        foreach (var table in empty.Length == 0 ? All : empty)
            session.Execute("DELETE FROM " + table);
    }

    /// <summary>Makes them where they are not there yet, and says so. Asked each time: a unit that is taken back takes its tables with it.</summary>
    public static bool Make(WriteSession session)
    {
        if (session.Scalar<long>(session.Kind == StoreKind.Sqlite
            ? "SELECT count(*) FROM temp.sqlite_master WHERE name = 'duty_step'"
            : "SELECT count(*) FROM pg_class WHERE oid = to_regclass('pg_temp.duty_step')") > 0)
            return false;
        session.Execute(session.Kind == StoreKind.Sqlite ? SqliteTables : PostgresTables);
        return true;
    }

    /// <summary>Tells PostgreSQL how much was laid down.</summary>
    public static void Laid(WriteSession session, string table, int rows)
    {
        if (session.Kind == StoreKind.Postgres && rows >= WorthAnalyzing)
            session.Execute("ANALYZE " + table);
    }

    /// <summary>
    /// Moves the duties of <c>duty_move</c> and their counters. Whoever filled it has taken only duties whose state allows it.
    /// </summary>
    public static void Apply(WriteSession session, int rows)
    {
        if (rows == 0)
            return;
        Laid(session, "duty_move", rows);
        session.Execute(Count);
        session.Execute(Move);
    }

    /// <summary>
    /// One line for a county's part of an act: about the duty where it is one, else about the county's ledger. Bulk acts are followed
    /// through the duties' own links.
    /// </summary>
    public static void Trail(WriteSession session, string action, string word, LedgerPart part, Ref? basis = null, string? reason = null)
    {
        var subject = part.Only is { } only ? only.Ref : new Ref("ledger", part.Owner);
        var detail = new Dictionary<string, object>(StringComparer.Ordinal) { [word] = part.Many };
        if (part.Kind is { } kind)
            detail["kind"] = DutyKinds.Of(kind).Name;
        if (reason is not null)
            detail["reason"] = reason;
        session.Trail(part.Owner, action, subject, basis, detail: detail);
    }

    /// <summary>The duties of <c>duty_move</c> by county.</summary>
    public static List<LedgerPart> Moved(WriteSession session) =>
        [.. session.Query<Summary>("SELECT owner, count(*) AS many, min(kind) AS kind, max(kind) AS last, min(basis_id) AS basis FROM duty_move GROUP BY owner ORDER BY owner")
            .Select(s => new LedgerPart(s.Owner, s.Many, s.Kind == s.Last ? s.Kind : null, s.Many > 1 ? null : new DutyKey(s.Owner, s.Kind, s.Basis,
                session.One<Guid>("SELECT subject_id FROM duty_move WHERE owner = @Owner", new { s.Owner }))))];

    sealed class Summary
    {
        public string Owner { get; init; } = "";

        public long Many { get; init; }

        public DutyKind Kind { get; init; }

        public DutyKind Last { get; init; }

        public string Basis { get; init; } = "";
    }
}

/// <summary>What an act did in one county.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Many">How many duties.</param>
/// <param name="Kind">Where they are of one kind.</param>
/// <param name="Only">Where it is one duty.</param>
readonly record struct LedgerPart(string Owner, long Many, DutyKind? Kind, DutyKey? Only);
