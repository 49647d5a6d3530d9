using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    static readonly Table<(string Owner, Ref Evidence)> Fell = new("duty_fell",
        new("owner", ColumnType.Text, f => f.Owner, Key: true),
        new("evidence_kind", ColumnType.Text, f => f.Evidence.Kind, Key: true),
        new("evidence_id", ColumnType.Text, f => f.Evidence.Id, Key: true));

    /// <summary>
    /// This evidence does not hold any more: a run was invalidated, a result withdrawn, a registration voided. What it had ended is
    /// open again, so coverage drops back (INV-10), unless another evidence that stands takes its place. Returns how many are open
    /// again. The evidence stays fallen: sent again it ends nothing, so a later version needs an id of its own.
    /// </summary>
    public static int EvidenceFell(WriteSession session, string owner, Ref evidence)
    {
        LedgerWork.Ready(session, "duty_fell", "duty_move");
        session.Insert(Fell, [(owner, evidence)]);
        return FellLaid(session);
    }

    /// <summary>As <see cref="EvidenceFell"/> for as many as a query finds.</summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner (of the duties), evidence_kind, evidence_id.</param>
    /// <param name="args">Its arguments.</param>
    public static int EvidenceFellFrom(WriteSession session, string selectSql, object? args = null)
    {
        LedgerWork.Ready(session, "duty_fell", "duty_move");
        session.Execute($"""
            INSERT INTO duty_fell (owner, evidence_kind, evidence_id)
            SELECT chosen.owner, chosen.evidence_kind, chosen.evidence_id FROM ({selectSql}) AS chosen WHERE true ON CONFLICT DO NOTHING
            """, args);
        return FellLaid(session);
    }

    static int FellLaid(WriteSession session)
    {
        session.Execute("""
            DELETE FROM duty_fell AS e WHERE EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = e.owner AND f.role = 2 AND f.fact_kind = e.evidence_kind AND f.fact_id = e.evidence_id)
            """);
        var fallen = session.Execute("""
            INSERT INTO duty_fallen (owner, role, fact_kind, fact_id, at, actor)
            SELECT owner, 2, evidence_kind, evidence_id, @Now, @actor FROM duty_fell
            """, new { session.Now, actor = session.Actor.ToString() });
        if (fallen == 0)
            return 0;
        session.Execute("""
            UPDATE duty_evidence AS x SET standing = 0 FROM duty_fell f
            WHERE x.owner = f.owner AND x.evidence_id = f.evidence_id AND x.evidence_kind = f.evidence_kind
            """);
        const string Closed = "FROM duty_fell f CROSS JOIN duty d WHERE d.owner = f.owner AND d.evidence_id = f.evidence_id "
            + "AND d.evidence_kind = f.evidence_kind AND d.state = 1";
        session.Execute($"""
            INSERT INTO duty_evidence (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at, standing)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, d.evidence_kind, d.evidence_id, d.ended_at, 0 {Closed}
            ON CONFLICT (owner, kind, basis_id, subject_id, evidence_kind, evidence_id) DO UPDATE SET standing = 0
            """);
        var opened = session.Execute($"""
            INSERT INTO duty_move (owner, kind, basis_id, subject_id, state)
            SELECT d.owner, d.kind, d.basis_id, d.subject_id, 0 {Closed}
            """);
        LedgerWork.Apply(session, opened);
        opened -= Promote(session, opened);
        TrailOfFallen(session, opened);
        return opened;
    }

    /// <summary>Of the duties of <c>duty_move</c>, which are open: those with another evidence that stands are done by it.</summary>
    static int Promote(WriteSession session, int opened)
    {
        if (opened == 0)
            return 0;
        session.Execute("DELETE FROM duty_claim");
        var standing = session.Execute($"""
            INSERT INTO duty_claim ({ClaimColumns}) {Earliest($"""
                FROM duty_move c CROSS JOIN duty_evidence m CROSS JOIN duty d
                WHERE m.owner = c.owner AND m.kind = c.kind AND m.basis_id = c.basis_id AND m.subject_id = c.subject_id AND m.standing = 1
                  AND d.state = 0 AND {LedgerWork.SameDuty}
                """)}
            """);
        if (standing == 0)
            return 0;
        return DoneLaid(session, standing, trail: false);
    }

    static void TrailOfFallen(WriteSession session, int opened)
    {
        var fallen = session.Query<FallenOfCounty>("""
            SELECT owner, count(*) AS many, min(evidence_kind) AS kind, min(evidence_id) AS id FROM duty_fell GROUP BY owner ORDER BY owner
            """);
        foreach (var county in fallen)
        {
            var subject = county.Many == 1 ? new Ref(county.Kind, county.Id) : new Ref("ledger", county.Owner);
            session.Trail(county.Owner, "evidence_fell", subject, detail: fallen.Count == 1
                ? new { evidence = county.Many, reopened = opened }
                : new { evidence = county.Many });
        }
    }

    sealed class FallenOfCounty
    {
        public string Owner { get; init; } = "";

        public long Many { get; init; }

        public string Kind { get; init; } = "";

        public string Id { get; init; } = "";
    }
}
