using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    /// <summary>
    /// Opens done duties again although their evidence is true: it is not enough any more, as when a person covered by one tube turns
    /// out to be in a second one (INV-01). The evidence stays on record and may end the duty again later. Returns how many are open again.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id. Duties that are not done are left alone.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="because">Stands in the trail; never personal data.</param>
    public static int ReopenFrom(WriteSession session, string selectSql, object? args, string because)
    {
        LedgerWork.Ready(session);
        var asked = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT chosen.owner, chosen.kind, chosen.basis_id, chosen.subject_id, 0 FROM ({selectSql}) AS chosen WHERE true ON CONFLICT DO NOTHING
            """, args);
        if (asked == 0)
            return 0;
        LedgerWork.Laid(session, "duty_move", asked);
        // Noted evidence is not enough either, also where it would only take over later.
        session.Execute($"UPDATE duty_evidence AS d SET standing = 0 FROM duty_move m WHERE {LedgerWork.SameDuty} AND d.standing = 1");
        var opened = asked - session.Execute(
            $"DELETE FROM duty_move AS m WHERE NOT EXISTS (SELECT 1 FROM duty d WHERE {LedgerWork.SameDuty} AND d.state = 1)");
        if (opened == 0)
            return 0;
        session.Execute($"""
            INSERT INTO duty_evidence (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at, standing)
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
