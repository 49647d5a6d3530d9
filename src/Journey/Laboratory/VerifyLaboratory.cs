using Qipan.Laboratory.Files;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// Recomputes what the laboratory keeps: calls from their Ct, tubes and registrations from the standing results, coverage from the
/// registrations, alerts from their members; and that a suspect tube has an alert with everybody in it.
/// </summary>
sealed class VerifyLaboratory : IVerifier
{
    public string Name => "laboratory";

    public IEnumerable<string> Verify(Session session, Tally tally) =>
        CallsOf(session, tally).Concat(Versions(session)).Concat(TubesOf(session, tally)).Concat(Coverage(session)).Concat(AlertsOf(session, tally));

    static IEnumerable<string> CallsOf(Session session, Tally tally)
    {
        var assays = session.Query<AssayRow>("SELECT * FROM assay").ToDictionary(a => (a.Owner, a.Id, a.Version), a => AssayBook.FromJson(a.Definition));
        foreach (var row in session.Stream<Called>("""
            SELECT r.id, r.call, r.ct, r.state, u.assay_owner, u.assay, u.assay_version FROM result r JOIN run u ON u.id = r.run
            """))
        {
            tally.Add("results");
            if (!assays.TryGetValue((row.AssayOwner, row.Assay, row.AssayVersion), out var assay))
            {
                yield return $"result {row.Id:N}: its assay {row.Assay} version {row.AssayVersion} is not there";
                continue;
            }
            var call = StoredCall.Of(assay, new ResultRow { Ct = row.Ct }.Genes());
            if (call != row.Call)
                yield return $"result {row.Id:N}: its Ct values say {call.Name()}, it says {row.Call.Name()}";
        }
    }

    static IEnumerable<string> Versions(Session session)
    {
        foreach (var tube in session.Stream<Guid>("SELECT tube FROM result WHERE state = 2 GROUP BY owner, tube, run HAVING count(*) > 1"))
            yield return $"tube {tube:N}: two versions of one result stand at the same time";
        foreach (var id in session.Stream<Guid>("""
            SELECT r.id FROM result r JOIN run u ON u.id = r.run WHERE r.state = 2 AND (u.state <> 6 OR r.verified = 0)
            """))
            yield return $"result {id:N}: is out, and its run is not released or it was never verified";
        foreach (var id in session.Stream<Guid>("""
            SELECT r.id FROM result r WHERE r.state = 2 AND EXISTS
              (SELECT 1 FROM result l WHERE l.owner = r.owner AND l.tube = r.tube AND l.run = r.run AND l.version > r.version)
            """))
            yield return $"result {id:N}: stands although a later version is there";
    }

    /// <summary>Every tube against its deciding result, and every registration against its tube.</summary>
    static IEnumerable<string> TubesOf(Session session, Tally tally)
    {
        const string Deciding = $"""
            SELECT owner, tube, id, call FROM (SELECT r.owner, r.tube, r.id, r.call,
              row_number() OVER (PARTITION BY r.owner, r.tube ORDER BY {DecidingResult.Order}) AS place FROM result r WHERE r.state = 2) x WHERE place = 1
            """;
        tally.Add("tubes with results", session.Scalar<long>($"SELECT count(*) FROM ({Deciding}) d"));
        foreach (var tube in session.Stream<Guid>($"""
            SELECT t.id FROM ({Deciding}) d JOIN tube t ON t.owner = d.owner AND t.id = d.tube
            WHERE (d.call <> 5 AND (t.result IS NULL OR t.result <> d.id OR t.state NOT IN (9, 10, 11))) OR (d.call = 5 AND t.state = 9)
            """))
            yield return $"tube {tube:N}: does not carry its deciding result";
        foreach (var tube in session.Stream<Guid>("""
            SELECT t.id FROM tube t WHERE t.result IS NOT NULL AND NOT EXISTS
              (SELECT 1 FROM result r WHERE r.owner = t.owner AND r.id = t.result AND r.state = 2)
            """))
            yield return $"tube {tube:N}: carries a result that does not stand";
        foreach (var id in session.Stream<Guid>($"""
            SELECT g.id FROM registration g LEFT JOIN ({Deciding}) d ON d.owner = g.owner AND d.tube = g.tube
            WHERE g.state <> 3 AND g.result_state <> CASE WHEN d.call = 1 THEN 1
              WHEN EXISTS (SELECT 1 FROM pool_alert_member m WHERE m.registration = g.id AND m.outcome IN (1, 2)) THEN 3
              WHEN d.call IS NULL OR d.call = 5 THEN 0 ELSE 2 END
            """))
            yield return $"registration {id:N}: does not say what its tube's result says";
    }

    /// <summary>INV-01: who is covered, and nobody else.</summary>
    static IEnumerable<string> Coverage(Session session)
    {
        var covered = $"""
            EXISTS (SELECT 1 FROM registration o WHERE o.round = r.round AND o.person = r.person AND o.state <> 3 AND o.result_state IN (1, 3))
            AND NOT EXISTS ({FanOut.Blocking})
            """;
        foreach (var (wrong, state, holds) in new[] { ("is done, and not all own tubes are negative", 1, "NOT"), ("is open, and all own tubes are negative", 0, "") })
            foreach (var person in session.Stream<Guid>($"""
                SELECT DISTINCT r.person FROM registration r JOIN duty d ON d.owner = {RosterOwner.Of(session)} AND d.kind = 1
                  AND d.basis_id = {Hex.Of(session, "r.round")} AND d.subject_id = r.person
                WHERE r.state <> 3 AND d.state = {state} AND {holds} ({covered})
                """))
                yield return $"person {person:N}: the duty to be tested {wrong}";
    }

    static IEnumerable<string> AlertsOf(Session session, Tally tally)
    {
        tally.Add("alerts", session.Scalar<long>("SELECT count(*) FROM pool_alert"));
        foreach (var tube in session.Stream<Guid>("""
            SELECT t.id FROM tube t JOIN result r ON r.owner = t.owner AND r.id = t.result WHERE r.call = 2 AND r.state = 2
              AND NOT EXISTS (SELECT 1 FROM pool_alert a WHERE a.tube = t.id)
              AND NOT EXISTS (SELECT 1 FROM pool_alert_member m WHERE m.resample_tube = t.id OR m.resample2_tube = t.id)
            """))
            yield return $"tube {tube:N}: is positive and has no alert";
        foreach (var id in session.Stream<Guid>("""
            SELECT g.id FROM pool_alert a JOIN registration g ON g.tube = a.tube AND g.owner = a.owner AND g.state <> 3
            WHERE a.state < 8 AND NOT EXISTS (SELECT 1 FROM pool_alert_member m JOIN person p ON p.id = g.person
              WHERE m.owner = a.owner AND m.alert = a.id AND (m.person = g.person OR m.person = p.merged_into))
            """))
            yield return $"registration {id:N}: its tube has an alert, and the person is no member of it";
        foreach (var alert in session.Stream<Guid>("""
            SELECT a.id FROM pool_alert a WHERE a.state = 8 AND EXISTS
              (SELECT 1 FROM pool_alert_member m WHERE m.owner = a.owner AND m.alert = a.id AND m.outcome = 0)
            """))
            yield return $"alert {alert:N}: is closed, and a member is unhandled";
        foreach (var open in session.Stream<Open>("""
            SELECT m.alert, m.person FROM pool_alert_member m JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert
            WHERE a.state < 8 AND m.outcome = 0 AND NOT EXISTS
              (SELECT 1 FROM duty d WHERE d.subject_id = m.person AND d.kind = 8 AND d.owner = m.present_owner AND d.state IN (0, 2))
            """))
            yield return $"alert {open.Alert:N}: nobody has the duty to decide about member {open.Person:N}";
    }

    sealed class Called
    {
        public Guid Id { get; init; }

        public Call Call { get; init; }

        public string Ct { get; init; } = "{}";

        public ResultState State { get; init; }

        public string AssayOwner { get; init; } = "";

        public string Assay { get; init; } = "";

        public int AssayVersion { get; init; }
    }

    sealed class Open
    {
        public Guid Alert { get; init; }

        public Guid Person { get; init; }
    }
}
