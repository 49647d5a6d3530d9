using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>
    /// The facts have changed back: duties that the program withdrew while their basis stood (<see cref="WithdrawFrom"/>) are open again,
    /// or done where evidence came in the meantime. What a person waived stays waived. Returns how many.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id.</param>
    /// <param name="args">Its arguments.</param>
    public static int ReinstateFrom(WriteSession session, string selectSql, object? args = null)
    {
        var opened = MoveBack(session, selectSql, args, $"{(int)DutyState.Withdrawn}");
        if (opened == 0)
            return 0;
        var parts = LedgerWork.Moved(session);
        Promote(session, opened);
        foreach (var part in parts)
            LedgerWork.Trail(session, "reinstate_duties", "reinstated", part);
        return opened;
    }

    /// <summary>
    /// As above, and for what was waived too: the basis itself takes them in again, as when a place comes back into a round's scope.
    /// Those whose basis fell are left as they are. Returns how many are open or done again.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id; duties of one county.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="basis">The fact that takes them in again.</param>
    /// <param name="reason">Why, without a person's data.</param>
    public static Outcome<int> ReinstateFrom(WriteSession session, string selectSql, object? args, Ref basis, string reason)
    {
        if (WithReason(reason) is { } refusal)
            return refusal;
        var opened = MoveBack(session, selectSql, args, $"{(int)DutyState.Waived}, {(int)DutyState.Withdrawn}");
        if (opened == 0)
            return 0;
        var parts = LedgerWork.Moved(session);
        Promote(session, opened);
        foreach (var part in parts)
            LedgerWork.Trail(session, "reinstate_duties", "reinstated", part, basis, reason.Trim());
        return opened;
    }

    static int MoveBack(WriteSession session, string selectSql, object? args, string states)
    {
        LedgerWork.Ready(session);
        var opened = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 0 FROM ({selectSql}) AS m CROSS JOIN duty d
            WHERE {LedgerWork.SameDuty} AND d.state IN ({states}) AND NOT EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = d.owner AND f.role = 1 AND f.fact_kind = d.basis_kind AND f.fact_id = d.basis_id)
            ON CONFLICT DO NOTHING
            """, args);
        if (opened > 0)
            LedgerWork.Apply(session, opened);
        return opened;
    }
}
