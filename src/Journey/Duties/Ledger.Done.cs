using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

public static partial class Ledger
{
    static readonly Table<(DutyKey Key, Ref Evidence, DateTimeOffset At)> Claims = new("duty_claim",
        new("owner", ColumnType.Text, c => c.Key.Owner),
        new("kind", ColumnType.Small, c => c.Key.Kind),
        new("basis_id", ColumnType.Text, c => c.Key.Basis),
        new("subject_id", ColumnType.Uuid, c => c.Key.Subject),
        new("evidence_kind", ColumnType.Text, c => c.Evidence.Kind),
        new("evidence_id", ColumnType.Text, c => c.Evidence.Id),
        new("at", ColumnType.Big, c => c.At));

    /// <summary>
    /// These duties are done, by this evidence. Returns how many it closed. One that is done already keeps its first evidence and
    /// notes this one, which takes over when the first falls; one that is waived or withdrawn stays so and notes it as well; for one
    /// that was not opened yet it is noted until it is. An evidence that fell changes nothing.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="duties">The keys; one twice counts once.</param>
    /// <param name="evidence">The fact that shows it, with an id that no other version of the fact has.</param>
    /// <param name="at">When it was done, as the evidence says; without it, now. After the deadline it counts as done late.</param>
    public static int Done(WriteSession session, IReadOnlyCollection<DutyKey> duties, Ref evidence, DateTimeOffset? at = null) =>
        Done(session, [.. duties.Select(key => (key, evidence, at ?? session.Now))]);

    /// <summary>As the other, with an evidence and a time for each duty; of several for one duty the earliest ends it.</summary>
    public static int Done(WriteSession session, IReadOnlyCollection<(DutyKey Key, Ref Evidence, DateTimeOffset At)> claims)
    {
        if (claims.Count == 0)
            return 0;
        var ordered = claims.OrderBy(c => c.At).ThenBy(c => c.Evidence.Kind, StringComparer.Ordinal).ThenBy(c => c.Evidence.Id, StringComparer.Ordinal);
        var first = new Dictionary<DutyKey, (DutyKey Key, Ref Evidence, DateTimeOffset At)>(claims.Count);
        var more = new List<(DutyKey Key, Ref Evidence, DateTimeOffset At)>();
        foreach (var claim in ordered)
            if (!first.TryAdd(claim.Key, claim))
                more.Add(claim);
        LedgerWork.Ready(session, "duty_claim");
        session.Insert(Claims, first.Values);
        var closed = DoneLaid(session, first.Count, trail: true);
        if (more.Count == 0)
            return closed;
        // What is left is other evidence for the same duties; where the first fell before, it may still end one.
        foreach (var round in more.GroupBy(c => c.Key).SelectMany(g => g.Select((claim, place) => (claim, place))).GroupBy(c => c.place, c => c.claim))
        {
            session.Execute("DELETE FROM duty_claim");
            var claimed = round.ToList();
            session.Insert(Claims, claimed);
            closed += DoneLaid(session, claimed.Count, trail: true);
        }
        return closed;
    }

    /// <summary>
    /// As <see cref="Done(WriteSession, IReadOnlyCollection{DutyKey}, Ref, DateTimeOffset?)"/> for as many as a query finds. Of several
    /// claims for one duty, any one ends it and the others are noted.
    /// </summary>
    /// <param name="session">The unit.</param>
    /// <param name="selectSql">A SELECT that names its columns: owner, kind, basis_id, subject_id, evidence_kind, evidence_id.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="at">The name of one more column that says when it was done (Unix ms); without it, now.</param>
    public static int DoneFrom(WriteSession session, string selectSql, object? args = null, string? at = null)
    {
        LedgerWork.Ready(session, "duty_claim");
        // No instant in the text: the statement stays prepared, and DoneLaid takes an absent time for now.
        var time = at is null ? "NULL" : "chosen." + at;
        var laid = session.Execute($"""
            INSERT INTO duty_claim (owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at)
            SELECT chosen.owner, chosen.kind, chosen.basis_id, chosen.subject_id, chosen.evidence_kind, chosen.evidence_id, {time}
            FROM ({selectSql}) AS chosen
            """, args);
        return DoneLaid(session, laid, trail: true);
    }

    const string ClaimColumns = "owner, kind, basis_id, subject_id, evidence_kind, evidence_id, at";

    static string Of(string table) => string.Join(", ", ClaimColumns.Split(", ").Select(column => $"{table}.{column}"));

    /// <summary>Of several pieces of evidence <c>m</c> for one duty, the earliest.</summary>
    static string Earliest(string from) => $"""
        SELECT {ClaimColumns} FROM (SELECT {Of("m")}, row_number() OVER (PARTITION BY m.owner, m.kind, m.basis_id, m.subject_id
          ORDER BY m.at, m.evidence_kind, m.evidence_id) AS place {from}) AS shown WHERE place = 1
        """;

    /// <summary>Closes what <c>duty_claim</c> says, and keeps what closed nothing as further evidence.</summary>
    static int DoneLaid(WriteSession session, int laid, bool trail)
    {
        if (laid == 0)
            return 0;
        LedgerWork.Laid(session, "duty_claim", laid);
        laid -= session.Execute("""
            DELETE FROM duty_claim AS c WHERE EXISTS (SELECT 1 FROM duty_fallen f
              WHERE f.owner = c.owner AND f.role = 2 AND f.fact_kind = c.evidence_kind AND f.fact_id = c.evidence_id)
            """);
        var delta = new LedgerDelta();
        delta.Add(session.Stream<Written>($"""
            UPDATE duty SET state = 1, ended_at = coalesce(m.at, @Now), ended_by = @by, evidence_kind = m.evidence_kind, evidence_id = m.evidence_id
            FROM duty_claim m
            WHERE duty.owner = m.owner AND duty.kind = m.kind AND duty.basis_id = m.basis_id AND duty.subject_id = m.subject_id
              AND duty.state IN ({DutyStates.From(DutyState.Done)})
            RETURNING {Written.Columns}
            """, new { by = session.Actor.ToString(), session.Now }), open: -1);
        delta.Write(session);
        if (delta.Many < laid)
        {
            session.Execute($"""
                INSERT INTO duty_evidence ({ClaimColumns}, standing)
                SELECT m.owner, m.kind, m.basis_id, m.subject_id, m.evidence_kind, m.evidence_id, coalesce(min(m.at), @Now), 1
                FROM duty_claim m LEFT JOIN duty d ON {LedgerWork.SameDuty}
                WHERE d.state IS NULL OR d.state IN (2, 3)
                  OR d.state = 1 AND (d.evidence_kind <> m.evidence_kind OR d.evidence_id <> m.evidence_id)
                GROUP BY m.owner, m.kind, m.basis_id, m.subject_id, m.evidence_kind, m.evidence_id
                ON CONFLICT (owner, kind, basis_id, subject_id, evidence_kind, evidence_id) DO UPDATE SET standing = 1
                """, new { session.Now });
        }
        if (trail && delta.Many > 0)
            TrailOfEnding(session, delta);
        return delta.Many;
    }

    static void TrailOfEnding(WriteSession session, LedgerDelta delta)
    {
        var shared = session.Query<Claimed>("SELECT DISTINCT evidence_kind AS kind, evidence_id AS id FROM duty_claim LIMIT 2");
        foreach (var part in delta.Parts)
            LedgerWork.Trail(session, "end_duties", "done", part, shared is [var one] ? new Ref(one.Kind, one.Id) : null);
    }

    sealed class Claimed
    {
        public string Kind { get; init; } = "";

        public string Id { get; init; } = "";
    }
}
