using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>
    /// Lets the duties of some subjects say what is on record, after rows were moved between subjects: none stays done by evidence that fell, none open
    /// while evidence for it stands, none alive on a basis that fell. Changes nothing where all agrees.
    /// </summary>
    internal static void SettleSubjects(WriteSession session, IReadOnlyCollection<Guid> subjects)
    {
        var args = new { ids = session.Keys(subjects), session.Now, by = session.Actor.ToString() };
        var mine = $"d.subject_id {session.InIds("ids")}";
        LedgerWork.Ready(session, "duty_move", "duty_claim");
        session.Execute($"""
            UPDATE duty_evidence SET standing = 0 WHERE subject_id {session.InIds("ids")} AND standing = 1 AND EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = duty_evidence.owner AND f.role = 2 AND f.fact_kind = duty_evidence.evidence_kind AND f.fact_id = duty_evidence.evidence_id)
            """, args);
        var fallen = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, 0 FROM duty d JOIN duty_fallen f
              ON f.owner = d.owner AND f.role = 2 AND f.fact_kind = d.evidence_kind AND f.fact_id = d.evidence_id
            WHERE {mine} AND d.state = 1
            """, args);
        LedgerWork.Apply(session, fallen);
        session.Execute("DELETE FROM duty_move");
        var baseless = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state, ended_at, ended_by, reason)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, 3, f.at, f.actor, coalesce(f.reason, 'the basis fell') FROM duty d JOIN duty_fallen f
              ON f.owner = d.owner AND f.role = 1 AND f.fact_kind = d.basis_kind AND f.fact_id = d.basis_id
            WHERE {mine} AND d.state <> 3
            """, args);
        LedgerWork.Apply(session, baseless);
        var shown = session.Execute($"""
            INSERT INTO duty_claim ({ClaimColumns}) {Earliest($"""
                FROM duty d CROSS JOIN duty_evidence m WHERE {mine} AND d.state = 0 AND m.standing = 1 AND {LedgerWork.SameDuty}
                """)}
            """, args);
        if (shown > 0)
            DoneLaid(session, shown, trail: true);
    }
}
