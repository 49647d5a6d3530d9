using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// The ledger of duties 任务台账. Every change goes through here: it is set-wise, keeps the counters in the same transaction and
/// leaves one trail line per act and county. Nothing deletes a duty; it ends by evidence, by a waiver with a reason and a name, or
/// because its basis fell. What was sent already changes nothing. To be called inside a unit that names every county concerned.
/// </summary>
public static partial class Ledger
{
    const string NewColumns = """
        owner, kind, basis_id, subject_id, subject_kind, basis_kind, protocol, area, age_band, owner_unit, due_at, priority, note
        """;

    /// <summary>
    /// Opens duties and returns how many are new. A key that is there already is left as it is, in whatever state; so is every
    /// duty whose basis fell (<see cref="Withdraw"/>).
    /// </summary>
    public static int Open(WriteSession session, IReadOnlyCollection<NewDuty> duties)
    {
        if (duties.Count == 0)
            return 0;
        LedgerWork.Ready(session);
        return OpenLaid(session, session.Insert(NewDuty.Rows, duties, IfThere.Skip));
    }

    /// <summary>As <see cref="Open"/> for as many as a query finds; cut a million into units of 20,000.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">
    /// A SELECT that names its columns: owner, kind, basis_id, subject_id (uuid), subject_kind, basis_kind, protocol, area, age_band,
    /// owner_unit (uuid), due_at (Unix ms), priority, note; in any order.
    /// </param>
    /// <param name="args">Its arguments.</param>
    public static int OpenFrom(WriteSession session, string selectSql, object? args = null)
    {
        LedgerWork.Ready(session);
        return OpenLaid(session, session.Execute(
            $"INSERT INTO duty_new ({NewColumns}) SELECT {NewColumns} FROM ({selectSql}) AS chosen WHERE true ON CONFLICT DO NOTHING", args));
    }

    static int OpenLaid(WriteSession session, int laid)
    {
        if (laid == 0)
            return 0;
        LedgerWork.Laid(session, "duty_new", laid);
        var there = session.Execute("""
            DELETE FROM duty_new AS m WHERE EXISTS (SELECT 1 FROM duty d
                WHERE d.owner = m.owner AND d.kind = m.kind AND d.basis_id = m.basis_id AND d.subject_id = m.subject_id)
              OR EXISTS (SELECT 1 FROM duty_fallen f WHERE f.owner = m.owner AND f.role = 1 AND f.fact_kind = m.basis_kind AND f.fact_id = m.basis_id)
            """);
        if (there == laid)
            return 0;
        session.Execute("""
            INSERT INTO duty_count (owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn)
            SELECT owner, kind, basis_id, substr(area, 1, 12), age_band, due_at, count(*), 0, 0, 0, 0 FROM duty_new WHERE true
            GROUP BY owner, kind, basis_id, substr(area, 1, 12), age_band, due_at
            ON CONFLICT (owner, kind, basis_id, area, age_band, due_at) DO UPDATE SET open = duty_count.open + excluded.open
            """);
        var opened = session.Execute($"""
            INSERT INTO duty ({NewColumns}, opened_at, state, escalation) SELECT {NewColumns}, @Now, 0, 0 FROM duty_new
            """, new { session.Now });
        LedgerWork.Trail(session, "duty_new", "open_duties", "opened");
        return opened;
    }
}
