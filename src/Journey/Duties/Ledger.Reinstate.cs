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
        LedgerWork.Ready(session);
        var opened = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 0 FROM ({selectSql}) AS m CROSS JOIN duty d
            WHERE {LedgerWork.SameDuty} AND d.state = 3 AND NOT EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = d.owner AND f.role = 1 AND f.fact_kind = d.basis_kind AND f.fact_id = d.basis_id)
            ON CONFLICT DO NOTHING
            """, args);
        if (opened == 0)
            return 0;
        LedgerWork.Apply(session, opened);
        foreach (var part in LedgerWork.Moved(session)) LedgerWork.Trail(session, "reinstate_duties", "reinstated", part);
        Promote(session, opened);
        return opened;
    }
}
