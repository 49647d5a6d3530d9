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
          owner text NOT NULL, kind smallint NOT NULL, basis_id text NOT NULL, subject_id uuid NOT NULL,
          subject_kind text NOT NULL, basis_kind text NOT NULL, protocol text, area text NOT NULL, age_band smallint NOT NULL,
          owner_unit uuid NOT NULL, due_at bigint NOT NULL, priority smallint NOT NULL, note text,
          PRIMARY KEY (owner, kind, basis_id, subject_id)) {0};
        CREATE TEMP TABLE IF NOT EXISTS duty_claim (
          owner text NOT NULL, kind smallint NOT NULL, basis_id text NOT NULL, subject_id uuid NOT NULL,
          evidence_kind text NOT NULL, evidence_id text NOT NULL, at bigint NOT NULL,
          PRIMARY KEY (owner, kind, basis_id, subject_id, evidence_kind, evidence_id)) {0};
        CREATE TEMP TABLE IF NOT EXISTS duty_fell (
          owner text NOT NULL, evidence_kind text NOT NULL, evidence_id text NOT NULL,
          PRIMARY KEY (owner, evidence_kind, evidence_id)) {0};
        CREATE TEMP TABLE IF NOT EXISTS duty_move (
          owner text NOT NULL, kind smallint NOT NULL, basis_id text NOT NULL, subject_id uuid NOT NULL,
          state smallint NOT NULL, ended_at bigint, ended_by text, evidence_kind text, evidence_id text, reason text,
          PRIMARY KEY (owner, kind, basis_id, subject_id)) {0};
        DELETE FROM duty_new;
        DELETE FROM duty_claim;
        DELETE FROM duty_fell;
        DELETE FROM duty_move;
        """;

    static readonly string SqliteTables = Tables.Replace("{0}", "WITHOUT ROWID", StringComparison.Ordinal);

    static readonly string PostgresTables = Tables
        .Replace("{0}", "ON COMMIT DELETE ROWS", StringComparison.Ordinal)
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

    /// <summary>The temporary tables of this connection, empty.</summary>
    public static void Ready(WriteSession session) =>
        session.Execute(session.Kind == StoreKind.Sqlite ? SqliteTables : PostgresTables);

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
    /// One line per county: about the duty where it is one, about the basis where they share one, about the county's ledger else.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="table">The temporary table that holds the duties of this act.</param>
    /// <param name="action">The act.</param>
    /// <param name="word">What is counted in the line's detail.</param>
    /// <param name="basis">The fact that it was done on; null to take the evidence of the duties where they share one.</param>
    /// <param name="reason">Where the act has one.</param>
    public static void Trail(WriteSession session, string table, string action, string word, Ref? basis = null, string? reason = null)
    {
        var evidence = table == "duty_move" ? "evidence" : "basis";
        var protocol = table == "duty_new" ? "protocol" : "NULL";
        var groups = session.Query<Summary>($"""
            SELECT owner, count(*) AS many, min(kind) AS kind, max(kind) AS last_kind, min(basis_id) AS basis, max(basis_id) AS last_basis,
              min({evidence}_kind) AS fact_kind, min({evidence}_id) AS fact, max({evidence}_id) AS last_fact,
              min({protocol}) AS protocol, max({protocol}) AS last_protocol
            FROM {table} GROUP BY owner ORDER BY owner
            """);
        foreach (var group in groups)
        {
            var one = group.Many == 1
                ? session.One<Guid>($"SELECT subject_id FROM {table} WHERE owner = @Owner", new { group.Owner })
                : (Guid?)null;
            var shared = group.Fact is not null && group.Fact == group.LastFact ? new Ref(group.FactKind!, group.Fact) : (Ref?)null;
            var subject = one is { } id ? new DutyKey(group.Owner, group.Kind, group.Basis, id).Ref
                : table == "duty_new" && shared is { } opener ? opener
                : new Ref("ledger", group.Owner);
            var detail = new Dictionary<string, object> { [word] = group.Many };
            if (group.Kind == group.LastKind)
                detail["kind"] = DutyKinds.Of(group.Kind).Name;
            if (reason is not null)
                detail["reason"] = reason;
            session.Trail(group.Owner, action, subject, basis ?? shared,
                group.Protocol == group.LastProtocol ? group.Protocol : null, detail);
        }
    }

    sealed class Summary
    {
        public string Owner { get; init; } = "";

        public long Many { get; init; }

        public DutyKind Kind { get; init; }

        public DutyKind LastKind { get; init; }

        public string Basis { get; init; } = "";

        public string LastBasis { get; init; } = "";

        public string? FactKind { get; init; }

        public string? Fact { get; init; }

        public string? LastFact { get; init; }

        public string? Protocol { get; init; }

        public string? LastProtocol { get; init; }
    }
}
