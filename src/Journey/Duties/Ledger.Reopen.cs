using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>
    /// Opens done duties again although their evidence is true: it is not enough any more, as when a person covered by one tube turns
    /// out to be in a second one (INV-01). The evidence stays on record and may end the duty again later. Returns how many are open again.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id. Of duties that are not done, only what was noted
    /// for them is taken back.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="because">Stands in the trail; never personal data.</param>
    public static int ReopenFrom(WriteSession session, string selectSql, object? args, string because)
    {
        LedgerWork.Ready(session, "duty_move");
        var named = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 0 FROM ({selectSql}) AS m WHERE true ON CONFLICT DO NOTHING
            """, args);
        if (named == 0)
            return 0;
        LedgerWork.Laid(session, "duty_move", named);
        // What was noted for a duty that is waived, or not opened yet, is not enough either.
        session.Execute("""
            UPDATE duty_evidence SET standing = 0 FROM duty_move m WHERE duty_evidence.owner = m.owner AND duty_evidence.kind = m.kind
              AND duty_evidence.basis_id = m.basis_id AND duty_evidence.subject_id = m.subject_id
            """);
        var opened = named - session.Execute($"""
            DELETE FROM duty_move AS m WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE {LedgerWork.SameDuty} AND d.state = 1)
            """);
        if (opened == 0)
            return 0;
        session.Execute($"""
            INSERT INTO duty_evidence ({ClaimColumns}, standing)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, d.evidence_kind, d.evidence_id, d.ended_at, 0
            FROM duty_move m CROSS JOIN duty d WHERE {LedgerWork.SameDuty}
            ON CONFLICT DO NOTHING
            """);
        LedgerWork.Apply(session, opened);
        foreach (var part in LedgerWork.Moved(session))
            LedgerWork.Trail(session, "reopen_duties", "reopened", part, reason: because);
        return opened;
    }
}
