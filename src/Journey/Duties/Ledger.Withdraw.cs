using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>
    /// The basis fell: a round was cancelled, an alert taken back. Exactly its duties in this county are withdrawn 撤销, the open, the
    /// done and the waived ones; each keeps its evidence on record. Returns how many. The basis stays fallen: sent again, it opens
    /// nothing. Refused without a reason.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="owner">The county of the duties; a basis with duties in several counties is withdrawn in each.</param>
    /// <param name="basis">The fact that fell.</param>
    /// <param name="reason">Why, without a person's data.</param>
    public static Outcome<int> Withdraw(WriteSession session, string owner, Ref basis, string reason)
    {
        if (WithReason(reason) is { } refusal)
            return refusal;
        var first = session.Execute("""
            INSERT INTO duty_fallen (owner, role, fact_kind, fact_id, at, actor, reason) VALUES (@owner, 1, @Kind, @Id, @Now, @actor, @reason)
            ON CONFLICT DO NOTHING
            """, new { owner, basis.Kind, basis.Id, session.Now, actor = session.Actor.ToString(), reason = reason.Trim() });
        if (first == 0)
            return 0;
        LedgerWork.Ready(session, "duty_move");
        var withdrawn = WithdrawChosen(session, $"""
            SELECT owner, kind, basis_id, subject_id FROM duty
            WHERE owner = @owner AND kind IN ({DutyKinds.Numbers}) AND basis_id = @Id AND basis_kind = @Kind
            """, new { owner, basis.Id, basis.Kind }, reason.Trim());
        session.Trail(owner, "withdraw_duties", basis, detail: new { withdrawn, reason = reason.Trim() });
        return withdrawn;
    }

    /// <summary>
    /// Withdraws the duties that a query finds, while their basis stands: a place left the round's scope. They can be reinstated.
    /// Returns how many; refused without a reason.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="reason">Why, without a person's data.</param>
    public static Outcome<int> WithdrawFrom(WriteSession session, string selectSql, object? args, string reason)
    {
        if (WithReason(reason) is { } refusal)
            return refusal;
        LedgerWork.Ready(session, "duty_move");
        var withdrawn = WithdrawChosen(session, selectSql, args, reason.Trim());
        foreach (var part in LedgerWork.Moved(session))
            LedgerWork.Trail(session, "withdraw_duties", "withdrawn", part, reason: reason.Trim());
        return withdrawn;
    }

    static int WithdrawChosen(WriteSession session, string selectSql, object? args, string reason)
    {
        var withdrawn = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state, ended_at, ended_by)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 3, {Milliseconds(session.Now)}, '{session.Actor}'
            FROM ({selectSql}) AS m CROSS JOIN duty d
            WHERE {LedgerWork.SameDuty} AND d.state IN ({DutyStates.From(DutyState.Withdrawn)}) ON CONFLICT DO NOTHING
            """, args);
        if (withdrawn == 0)
            return 0;
        session.Execute("UPDATE duty_move SET reason = @reason", new { reason });
        session.Execute($"""
            INSERT INTO duty_evidence (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at, standing)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, d.evidence_kind, d.evidence_id, d.ended_at, 1
            FROM duty_move m CROSS JOIN duty d WHERE {LedgerWork.SameDuty} AND d.state = 1
            ON CONFLICT DO NOTHING
            """);
        LedgerWork.Apply(session, withdrawn);
        return withdrawn;
    }
}
