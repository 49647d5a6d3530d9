using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// Says whether a fact that ended duties is there and stands. Each module implements it for the kinds of its own facts; a kind
/// that nobody answers for is itself a difference.
/// </summary>
public interface IEvidenceCheck
{
    /// <summary>The kinds of evidence that this check knows: "result", "registration".</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>Of these ids of one kind, those that are not there or do not stand any more. One query or a few, however many ids.</summary>
    IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids);
}

/// <summary>
/// Holds the ledger to its promise: the counters say what a recount says; every duty that is done names evidence that stands; every
/// waived one a reason and a name; every withdrawn one a reason; no open one has ended; nothing open stands on a basis that fell.
/// </summary>
sealed class VerifyLedger(IEnumerable<IEvidenceCheck> checks) : IVerifier
{
    const int AtOnce = 10_000;

    readonly Dictionary<string, IEvidenceCheck> byKind = checks.SelectMany(c => c.Kinds.Select(k => (k, c))).ToDictionary(p => p.k, p => p.c);

    public string Name => "duties";

    public IEnumerable<string> Verify(Session session, Tally tally)
    {
        tally.Add("duties", session.Scalar<long>("SELECT count(*) FROM duty"));
        tally.Add("counters", session.Scalar<long>("SELECT count(*) FROM duty_count"));
        return Counters(session).Concat(Ends(session)).Concat(Evidence(session, tally));
    }

    static IEnumerable<string> Counters(Session session)
    {
        const string Recount = """
            SELECT owner, kind, basis_id, substr(area, 1, 12) AS area, age_band, due_at,
              sum(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS open, sum(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS done,
              sum(CASE WHEN state = 1 AND ended_at > due_at THEN 1 ELSE 0 END) AS done_late,
              sum(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS waived, sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS withdrawn
            FROM duty GROUP BY owner, kind, basis_id, substr(area, 1, 12), age_band, due_at
            """;
        const string Columns = "owner, kind, basis_id, area, age_band, due_at, open, done, done_late, waived, withdrawn";
        // Counters return to nought when their duties move on; a recount knows no noughts.
        var kept = $"SELECT {Columns} FROM duty_count WHERE open <> 0 OR done <> 0 OR done_late <> 0 OR waived <> 0 OR withdrawn <> 0";
        foreach (var row in session.Stream<CountRow>($"SELECT {Columns} FROM ({kept} EXCEPT {Recount}) AS x ORDER BY owner, kind, basis_id, area"))
            yield return $"duty_count {row}: the ledger does not say so";
        foreach (var row in session.Stream<CountRow>($"SELECT {Columns} FROM ({Recount} EXCEPT {kept}) AS x ORDER BY owner, kind, basis_id, area"))
            yield return $"duty_count lacks {row}";
    }

    static IEnumerable<string> Ends(Session session)
    {
        foreach (var (what, condition) in new[]
        {
            ("is done without evidence or a time", "state = 1 AND (evidence_kind IS NULL OR evidence_id IS NULL OR ended_at IS NULL OR ended_by IS NULL)"),
            ("is waived without a reason or a name",
                "state = 2 AND (coalesce(trim(reason), '') = '' OR coalesce(ended_by, '') NOT LIKE 'staff:%' OR ended_at IS NULL)"),
            ("is withdrawn without a reason", "state = 3 AND (coalesce(trim(reason), '') = '' OR ended_by IS NULL OR ended_at IS NULL)"),
            ("is open and has an end", "state = 0 AND (ended_at IS NOT NULL OR ended_by IS NOT NULL OR evidence_id IS NOT NULL OR reason IS NOT NULL)"),
            ("is in no state", "state NOT IN (0, 1, 2, 3)"),
            ("stands on a basis that fell", "state <> 3 AND EXISTS (SELECT 1 FROM duty_fallen f "
                + "WHERE f.owner = d.owner AND f.role = 1 AND f.fact_kind = d.basis_kind AND f.fact_id = d.basis_id)"),
            ("is done by evidence that fell", "state = 1 AND EXISTS (SELECT 1 FROM duty_fallen f "
                + "WHERE f.owner = d.owner AND f.role = 2 AND f.fact_kind = d.evidence_kind AND f.fact_id = d.evidence_id)"),
            ("is open while evidence for it stands", "state = 0 AND EXISTS (SELECT 1 FROM duty_evidence e WHERE e.owner = d.owner "
                + "AND e.kind = d.kind AND e.basis_id = d.basis_id AND e.subject_id = d.subject_id AND e.standing = 1)"),
        })
            foreach (var line in session.Stream<DutyLine>($"SELECT * FROM duty d WHERE {condition} ORDER BY owner, kind, basis_id, subject_id"))
                yield return $"duty {line.Owner} {line.Id} {what}";
    }

    IEnumerable<string> Evidence(Session session, Tally tally)
    {
        foreach (var owner in Within.Owners(session, ""))
        {
            var kinds = session.Query<string>(
                "SELECT DISTINCT evidence_kind FROM duty WHERE owner = @owner AND state = 1 AND evidence_kind IS NOT NULL ORDER BY 1", new { owner });
            foreach (var kind in kinds)
            {
                if (!byKind.TryGetValue(kind, out var check))
                {
                    yield return $"duty {owner}: evidence of the kind {kind} is known to no module";
                    continue;
                }
                foreach (var ids in Ids(session, owner, kind))
                {
                    tally.Add("pieces of evidence", ids.Count);
                    foreach (var id in check.NotStanding(session, kind, ids).Order(StringComparer.Ordinal))
                        yield return $"duty {owner}: the evidence {kind}/{id} has ended duties and does not stand";
                }
            }
        }
    }

    static IEnumerable<List<string>> Ids(Session session, string owner, string kind)
    {
        var after = "";
        while (true)
        {
            var ids = session.Query<string>("""
                SELECT DISTINCT evidence_id FROM duty WHERE owner = @owner AND state = 1 AND evidence_kind = @kind AND evidence_id > @after
                ORDER BY evidence_id LIMIT @AtOnce
                """, new { owner, kind, after, AtOnce });
            if (ids.Count > 0)
                yield return ids;
            if (ids.Count < AtOnce)
                yield break;
            after = ids[^1];
        }
    }

    sealed class CountRow
    {
        public string Owner { get; init; } = "";

        public DutyKind Kind { get; init; }

        public string BasisId { get; init; } = "";

        public string Area { get; init; } = "";

        public int AgeBand { get; init; }

        public long DueAt { get; init; }

        public long Open { get; init; }

        public long Done { get; init; }

        public long DoneLate { get; init; }

        public long Waived { get; init; }

        public long Withdrawn { get; init; }

        public override string ToString() => $"{Owner} kind {(int)Kind} basis {BasisId} area {Area} age {AgeBand} due {DueAt}: "
            + $"open {Open}, done {Done} (late {DoneLate}), waived {Waived}, withdrawn {Withdrawn}";
    }
}
