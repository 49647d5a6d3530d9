using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// Members of alerts follow when the person turns out to be another, with what they are evidence for. Who is covered in a round is judged again by all
/// tubes that are the person's now (INV-01).
/// </summary>
sealed class LaboratoryHolding : IHoldsPersons
{
    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("pool_alert_member", "person", "owner", "alert", "person") { County = "person_owner", Special = true },
    ];

    /// <summary>An alert under work holds each of its members; which of the two is to be held, sampled and decided is its team's matter.</summary>
    public Refusal? Refuses(Session session, PersonMove move) => Both(session, move).Exists(b => b.State < AlertState.Closed) ? new BothInOpenAlert() : null;

    public void Prepare(WriteSession session, PersonMove move)
    {
        foreach (var both in Both(session, move))
        {
            move.Kept.Add(both.Alert.ToString("N"));
            move.Kept.Add(both.Tube.ToString("N"));
            move.Raise(MergeIssues.BothInAlert, new Ref("pool_alert", both.Alert));
        }
    }

    public void Move(WriteSession session, PersonMove move)
    {
        var args = new
        {
            move.Loser,
            move.Survivor,
            move.SurvivorOwner,
            from = move.Loser.ToString("N"),
            to = move.Survivor.ToString("N"),
            kept = session.Keys(move.Kept),
        };
        session.Execute("""
            UPDATE pool_alert_member SET person = @Survivor, person_owner = @SurvivorOwner WHERE person = @Loser AND NOT EXISTS
              (SELECT 1 FROM pool_alert_member x WHERE x.owner = pool_alert_member.owner AND x.alert = pool_alert_member.alert AND x.person = @Survivor)
            """, args);
        // What a member showed is named by alert and person: of the alerts that moved.
        var named = $"evidence_kind = 'alert_member' AND subject_id IN (@Loser, @Survivor) AND substr(evidence_id, 34, 32) = @from AND NOT (substr(evidence_id, 1, 32) {session.In("kept")})";
        foreach (var table in new[] { "duty", "duty_evidence" })
            session.Execute($"UPDATE {table} SET evidence_id = replace(evidence_id, '.' || @from, '.' || @to) WHERE {named}", args);
    }

    public void Settle(WriteSession session, PersonMove move)
    {
        foreach (var person in new[] { move.Loser, move.Survivor })
            Coverage(session, person);
    }

    /// <summary>The duties to be tested of one person: open where a tube of the person's own speaks against it, done where nothing does.</summary>
    static void Coverage(WriteSession session, Guid person)
    {
        var args = new { person };
        var hex = Hex.Of(session, "r.round");
        var duty = $"duty d ON d.owner = {RosterOwner.Of(session)} AND d.kind = 1 AND d.basis_id = {hex} AND d.subject_id = r.person";
        const string Mine = "r.person = @person AND r.state <> 3 AND r.round IS NOT NULL";
        var covered = $"""
            EXISTS (SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state IN (1, 3))
            AND NOT EXISTS ({FanOut.Blocking})
            """;
        var own = $"""
            EXISTS (SELECT 1 FROM registration o JOIN result x ON x.owner = o.owner AND x.tube = o.tube
              WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND {Hex.Of(session, "x.id")} = d.evidence_id)
            """;
        var key = $"SELECT DISTINCT d.owner, d.kind, d.basis_id, d.subject_id FROM registration r JOIN {duty} WHERE {Mine}";
        Ledger.ReopenFrom(session, $"{key} AND d.state = 1 AND (NOT ({covered}) OR d.evidence_kind = 'result' AND NOT {own})", args, "not_all_tubes_negative");
        Ledger.DoneFrom(session, $"""
            SELECT owner, 1 AS kind, basis_id, subject_id, evidence_kind, evidence_id FROM (
              SELECT d.owner, d.basis_id, d.subject_id, CASE WHEN m.alert IS NULL THEN 'result' ELSE 'alert_member' END AS evidence_kind,
                CASE WHEN m.alert IS NULL THEN {Hex.Of(session, "t.result")}
                  ELSE {Hex.Of(session, "m.alert")} || '.' || {Hex.Of(session, "m.person")} || '.' || m.outcome_at END AS evidence_id,
                row_number() OVER (PARTITION BY d.owner, d.basis_id ORDER BY r.id) AS place
              FROM registration r JOIN {duty} JOIN tube t ON t.owner = r.owner AND t.id = r.tube
                LEFT JOIN pool_alert_member m ON m.registration = r.id AND m.person = r.person AND m.outcome IN (1, 2) AND r.result_state = 3
              WHERE {Mine} AND d.state = 0 AND (r.result_state = 1 AND t.result IS NOT NULL OR r.result_state = 3 AND m.alert IS NOT NULL) AND {covered}) x
            WHERE place = 1
            """, args);
    }

    static List<BothRow> Both(Session session, PersonMove move) => session.Query<BothRow>("""
        SELECT a.id AS alert, a.tube, a.state FROM pool_alert_member m JOIN pool_alert_member o ON o.owner = m.owner AND o.alert = m.alert AND o.person = @Survivor
        JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert WHERE m.person = @Loser
        """, new { move.Loser, move.Survivor });

    sealed class BothRow
    {
        public Guid Alert { get; init; }

        public Guid Tube { get; init; }

        public AlertState State { get; init; }
    }
}

/// <summary>Both are members of one alert that is not closed.</summary>
public sealed record BothInOpenAlert() : Refusal("both_in_open_alert", RefusalKind.Conflict,
    "Both are members of one alert that is under work. Close the alert first, then join them.", "两人同在一条未关闭的预警中，请先关闭预警再并档。");
