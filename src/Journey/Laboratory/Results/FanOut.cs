using Qipan.Duties;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>What a fan-out did.</summary>
/// <param name="Tubes">Tubes that were looked at.</param>
/// <param name="Covered">Duties to be tested that are done now.</param>
/// <param name="Reopened">Duties to be tested that are open again.</param>
sealed record FanOutCounts(int Tubes, int Covered, int Reopened);

/// <summary>
/// From results to people, set-wise: a few statements whatever the number of tubes, and one a tube for its registrations. Everything follows from the facts
/// (standing results, registrations, decisions of alerts), so doing it again, or in another order, leaves the same (INV-01, INV-10, INV-12).
/// </summary>
static class FanOut
{
    const string Tables = """
        CREATE TEMP TABLE IF NOT EXISTS lab_tube (
          owner text NOT NULL, tube uuid NOT NULL, fallen uuid, result uuid, result_id text, call smallint, finding smallint NOT NULL,
          PRIMARY KEY (owner, tube)) {0};
        CREATE TEMP TABLE IF NOT EXISTS lab_member (
          owner text NOT NULL, round uuid NOT NULL, person uuid NOT NULL, covered smallint NOT NULL,
          evidence_kind text NOT NULL, evidence_id text NOT NULL,
          PRIMARY KEY (owner, round, person)) {0};
        DELETE FROM lab_tube;
        DELETE FROM lab_member;
        """;

    static readonly string SqliteTables = Tables.Replace("{0}", "WITHOUT ROWID", StringComparison.Ordinal);
    static readonly string PostgresTables = Tables.Replace("{0}", "ON COMMIT DELETE ROWS", StringComparison.Ordinal);

    /// <summary>A registration of the same person and round that does not let the person count as covered. Lost tubes are no tubes.</summary>
    public const string Blocking = """
        SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state IN (0, 2)
          AND EXISTS (SELECT 1 FROM tube t WHERE t.owner = o.owner AND t.id = o.tube AND t.reject_reason = 0 AND t.conflict = 0 AND t.state <> 13)
        """;

    /// <summary>
    /// The person is in another tube of the round, as next to nobody is: answered from the index alone, before <see cref="Blocking"/> reads
    /// registrations and tubes.
    /// </summary>
    const string Elsewhere = "EXISTS (SELECT 1 FROM registration p WHERE p.person = r.person AND p.round = r.round AND p.tube <> r.tube)";

    /// <summary>
    /// Settles tubes and everybody in them. The unit's scope names the counties of the tubes and of the members.
    /// </summary>
    /// <param name="session">The unit, of at most 20,000 tubes.</param>
    /// <param name="select">Yields <c>owner, tube, fallen</c>; fallen is a result that does not stand any more, or NULL.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="first">True when no tube had a result before, so that nothing can have fallen.</param>
    public static FanOutCounts Settle(WriteSession session, string select, object args, bool first)
    {
        session.Execute(session.Kind == StoreKind.Sqlite ? SqliteTables : PostgresTables);
        var tubes = session.Execute($"""
            INSERT INTO lab_tube (owner, tube, fallen, result, result_id, call, finding)
            SELECT owner, tube, fallen, result, {Hex.Of(session, "result")}, call, CASE WHEN call IS NULL OR call = 5 THEN 0 WHEN call = 1 THEN 1 ELSE 2 END
            FROM (SELECT x.owner, x.tube, x.fallen, s.id AS result, s.call,
                    row_number() OVER (PARTITION BY x.owner, x.tube ORDER BY {DecidingResult.Order}) AS place
                  FROM ({select}) x LEFT JOIN result s ON s.owner = x.owner AND s.tube = x.tube AND s.state = 2) chosen
            WHERE place = 1
            """, args);
        if (tubes == 0)
            return new FanOutCounts(0, 0, 0);
        Plan(session, "lab_tube", tubes);
        SetTubes(session);
        if (!first)
            Fall(session);
        var members = LayMembers(session, first);
        Plan(session, "lab_member", members);
        var key = $"SELECT owner, 1 AS kind, {Hex.Of(session, "round")} AS basis_id, person AS subject_id";
        var reopened = members == 0 ? 0 : Ledger.ReopenFrom(session, key + " FROM lab_member WHERE covered = 0", null, "not_all_tubes_negative");
        var rosters = RosterOwner.Of(session);
        var unblocked = members == 0 ? ""
            : $"AND NOT EXISTS (SELECT 1 FROM lab_member b WHERE b.owner = {rosters} AND b.round = r.round AND b.person = r.person)";
        var covered = Ledger.DoneFrom(session, $"""
            SELECT {rosters} AS owner, 1 AS kind, {Hex.Of(session, "r.round")} AS basis_id, r.person AS subject_id,
              'result' AS evidence_kind, x.result_id AS evidence_id
            FROM lab_tube x {Join(session)} registration r ON r.tube = x.tube AND r.owner = x.owner
            WHERE x.finding = 1 AND r.state <> 3 AND r.round IS NOT NULL {unblocked}
            """);
        if (members > 0)
            covered += Ledger.DoneFrom(session, key + ", evidence_kind, evidence_id FROM lab_member WHERE covered = 1");
        Ledger.DoneFrom(session, $"""
            SELECT owner, 2 AS kind, {Hex.Of(session, "tube")} AS basis_id, tube AS subject_id, 'result' AS evidence_kind, result_id AS evidence_id
            FROM lab_tube WHERE finding <> 0
            """);
        return new FanOutCounts(tubes, covered, reopened);
    }

    /// <summary>Tube and registrations say what the deciding result says; members whom an alert has decided stay decided.</summary>
    static void SetTubes(WriteSession session)
    {
        var none = new { };
        // A run that was invalidated sent its tubes back to the queue, and they were on another plate besides.
        foreach (var county in session.Query<Queued>("""
            SELECT x.owner, x.tube FROM lab_tube x JOIN tube t ON t.owner = x.owner AND t.id = x.tube WHERE x.finding <> 0 AND t.state = 7
            """).GroupBy(t => t.Owner))
            Tubes.Move(session, county.Key, [.. county.Select(t => t.Tube)], TubeState.InRun, session.Now);
        Tubes.ResultFrom(session, "SELECT owner, tube, result, CASE finding WHEN 1 THEN 1 ELSE 0 END AS negative FROM lab_tube WHERE finding <> 0",
            none, session.Now);
        // One that has no result yet stays where it is.
        Tubes.RequeueFrom(session, "SELECT owner, tube, coalesce(fallen, result) AS result FROM lab_tube WHERE finding = 0 AND coalesce(fallen, result) IS NOT NULL",
            none, session.Now);
        if (session.Scalar<long>("SELECT count(*) FROM lab_tube WHERE finding <> 1") > 0)
            session.Execute("""
                UPDATE registration SET result_state = 3
                FROM lab_tube x JOIN pool_alert a ON a.tube = x.tube JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id
                WHERE x.finding <> 1 AND m.outcome IN (1, 2) AND m.registration = registration.id AND registration.owner = x.owner AND registration.tube = x.tube
                  AND registration.result_state IN (0, 2)
                """);
    }

    /// <summary>What a fallen result had shown is open again.</summary>
    static void Fall(WriteSession session) => Ledger.EvidenceFellFrom(session, $"""
        SELECT {RosterOwner.Of(session)} AS owner, 'result' AS evidence_kind, {Hex.Of(session, "x.fallen")} AS evidence_id
        FROM lab_tube x JOIN registration r ON r.tube = x.tube AND r.owner = x.owner WHERE x.fallen IS NOT NULL
        UNION SELECT x.owner, 'result', {Hex.Of(session, "x.fallen")} FROM lab_tube x WHERE x.fallen IS NOT NULL
        """);

    /// <summary>
    /// The few whom the plain rule does not settle: members of negative tubes whom another tube blocks, and members of tubes that are
    /// not negative. Everybody else is covered by the negative tube.
    /// </summary>
    static int LayMembers(WriteSession session, bool first)
    {
        var blocked = session.Execute($"""
            INSERT INTO lab_member (owner, round, person, covered, evidence_kind, evidence_id)
            SELECT {RosterOwner.Of(session)}, r.round, r.person, 0, '', ''
            FROM lab_tube x {Join(session)} registration r ON r.tube = x.tube AND r.owner = x.owner
            WHERE x.finding = 1 AND r.state <> 3 AND r.round IS NOT NULL AND (r.result_state <> 1 OR {Elsewhere}) AND EXISTS ({Blocking})
            ON CONFLICT DO NOTHING
            """);
        return first && session.Scalar<long>("SELECT count(*) FROM (SELECT 1 FROM lab_tube WHERE finding <> 1 LIMIT 1) x") == 0
            ? blocked : blocked + LayOthers(session);
    }

    /// <summary>SQLite takes the tubes first when it is told to; PostgreSQL plans by itself.</summary>
    static string Join(Session session) => session.Kind == StoreKind.Sqlite ? "CROSS JOIN" : "JOIN";

    /// <summary>
    /// Members of tubes that are not negative, and those whose registration was taken back: covered only where nothing blocks them any
    /// more and something speaks for them, the decision of an alert or another tube.
    /// </summary>
    static int LayOthers(WriteSession session)
    {
        var decided = session.Execute($"""
            INSERT INTO lab_member (owner, round, person, covered, evidence_kind, evidence_id)
            SELECT {RosterOwner.Of(session)}, r.round, r.person, CASE WHEN EXISTS ({Blocking}) THEN 0 ELSE 1 END, 'alert_member',
              {Hex.Of(session, "m.alert")} || '.' || {Hex.Of(session, "m.person")} || '.' || m.outcome_at
            FROM lab_tube x JOIN registration r ON r.tube = x.tube AND r.owner = x.owner
              JOIN pool_alert a ON a.tube = x.tube AND a.owner = x.owner
              JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id AND m.registration = r.id
            WHERE r.result_state = 3 AND m.outcome IN (1, 2) AND r.state <> 3 AND r.round IS NOT NULL
            ON CONFLICT DO NOTHING
            """);
        var others = session.Execute($"""
            INSERT INTO lab_member (owner, round, person, covered, evidence_kind, evidence_id)
            SELECT owner, round, person, CASE WHEN blocked = 1 OR other IS NULL THEN 0 ELSE 1 END, 'result', coalesce({Hex.Of(session, "other")}, '')
            FROM (SELECT {RosterOwner.Of(session)} AS owner, r.round, r.person, CASE WHEN EXISTS ({Blocking}) THEN 1 ELSE 0 END AS blocked,
                    (SELECT t.result FROM registration o JOIN tube t ON t.owner = o.owner AND t.id = o.tube
                     WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state = 1 AND t.result IS NOT NULL
                     ORDER BY t.result LIMIT 1) AS other
                  FROM lab_tube x JOIN registration r ON r.tube = x.tube AND r.owner = x.owner
                  WHERE (r.state = 3 OR x.finding <> 1 AND r.result_state <> 3) AND r.round IS NOT NULL) chosen
            WHERE true ON CONFLICT DO NOTHING
            """);
        return decided + others;
    }

    sealed class Queued
    {
        public string Owner { get; init; } = "";

        public Guid Tube { get; init; }
    }

    /// <summary>PostgreSQL plans large temporary tables better when it knows their size.</summary>
    static void Plan(WriteSession session, string table, int rows)
    {
        if (session.Kind == StoreKind.Postgres && rows >= 2000)
            session.Execute("ANALYZE " + table);
    }
}

/// <summary>The one place where an id becomes the text that duties and references hold.</summary>
static class Hex
{
    /// <summary>An id column as 32 lower-case hex digits.</summary>
    public static string Of(Session session, string column) =>
        session.Kind == StoreKind.Sqlite ? $"lower(hex({column}))" : $"replace(({column})::text, '-', '')";
}
