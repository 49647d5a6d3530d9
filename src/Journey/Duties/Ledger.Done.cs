using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    static readonly Table<(DutyKey Key, Ref Evidence, DateTimeOffset At)> Claims = new("duty_claim",
        new("owner", ColumnType.Text, c => c.Key.Owner, Key: true),
        new("kind", ColumnType.Small, c => c.Key.Kind, Key: true),
        new("basis_id", ColumnType.Text, c => c.Key.Basis, Key: true),
        new("subject_id", ColumnType.Uuid, c => c.Key.Subject, Key: true),
        new("evidence_kind", ColumnType.Text, c => c.Evidence.Kind, Key: true),
        new("evidence_id", ColumnType.Text, c => c.Evidence.Id, Key: true),
        new("at", ColumnType.Big, c => c.At));

    /// <summary>
    /// These duties are done, by this evidence. Returns how many it closed. One that is done already keeps its first evidence and
    /// notes this one, which takes over when the first falls; one that is waived or withdrawn stays so and notes it as well; a key
    /// that was never opened, and an evidence that fell, change nothing.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="duties">The keys; one twice counts once.</param>
    /// <param name="evidence">The fact that shows it, with an id that no other version of the fact has.</param>
    /// <param name="at">When it was done, as the evidence says; without it, now. After the deadline it counts as done late.</param>
    public static int Done(WriteSession session, IReadOnlyCollection<DutyKey> duties, Ref evidence, DateTimeOffset? at = null) =>
        Done(session, [.. duties.Select(key => (key, evidence, at ?? session.Now))]);

    /// <summary>As the other, with an evidence and a time for each duty.</summary>
    public static int Done(WriteSession session, IReadOnlyCollection<(DutyKey Key, Ref Evidence, DateTimeOffset At)> claims)
    {
        if (claims.Count == 0)
            return 0;
        LedgerWork.Ready(session);
        var closed = DoneLaid(session, session.Insert(Claims, claims, IfThere.Skip));
        if (closed > 0)
            LedgerWork.Trail(session, "duty_move", "end_duties", "done");
        return closed;
    }

    /// <summary>As <see cref="Done(WriteSession, IReadOnlyCollection{DutyKey}, Ref, DateTimeOffset?)"/> for as many as a query finds.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id, evidence_kind, evidence_id.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="at">The name of one more column that says when it was done (Unix ms); without it, now.</param>
    public static int DoneFrom(WriteSession session, string selectSql, object? args = null, string? at = null)
    {
        LedgerWork.Ready(session);
        var time = at is null ? Milliseconds(session.Now) : "chosen." + at;
        var closed = DoneLaid(session, session.Execute($"""
            INSERT INTO duty_claim (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at)
            SELECT chosen.owner, chosen.kind, chosen.basis_id, chosen.subject_id, chosen.evidence_kind, chosen.evidence_id, {time}
            FROM ({selectSql}) AS chosen WHERE true ON CONFLICT DO NOTHING
            """, args));
        if (closed > 0)
            LedgerWork.Trail(session, "duty_move", "end_duties", "done");
        return closed;
    }

    static string Milliseconds(DateTimeOffset instant) =>
        instant.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Closes what <c>duty_claim</c> says; leaves the closed ones in <c>duty_move</c>. Writes no trail.</summary>
    static int DoneLaid(WriteSession session, int laid)
    {
        if (laid == 0)
            return 0;
        LedgerWork.Laid(session, "duty_claim", laid);
        laid -= session.Execute("""
            DELETE FROM duty_claim AS c WHERE EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = c.owner AND f.role = 2 AND f.fact_kind = c.evidence_kind AND f.fact_id = c.evidence_id)
            """);
        var closed = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state, ended_at, ended_by, evidence_kind, evidence_id)
            SELECT m.owner, m.kind, m.basis_id, m.subject_id, 1, m.at, @by, m.evidence_kind, m.evidence_id
            FROM (SELECT c.*, row_number() OVER (PARTITION BY c.owner, c.kind, c.basis_id, c.subject_id
                    ORDER BY c.at, c.evidence_kind, c.evidence_id) AS place FROM duty_claim c) m
              CROSS JOIN duty d
            WHERE m.place = 1 AND {LedgerWork.SameDuty} AND d.state IN ({DutyStates.From(DutyState.Done)})
            """, new { by = session.Actor.ToString() });
        LedgerWork.Apply(session, closed);
        if (closed < laid)
        {
            session.Execute($"""
                INSERT INTO duty_evidence (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at, standing)
                SELECT m.owner, m.kind, m.basis_id, m.subject_id, m.evidence_kind, m.evidence_id, m.at, 1
                FROM duty_claim m CROSS JOIN duty d
                WHERE {LedgerWork.SameDuty} AND (d.state IN (2, 3)
                  OR d.state = 1 AND (d.evidence_kind <> m.evidence_kind OR d.evidence_id <> m.evidence_id))
                ON CONFLICT DO NOTHING
                """);
        }
        return closed;
    }
}
