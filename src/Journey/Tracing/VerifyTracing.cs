using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Recomputes what tracing keeps: ends from their plans, plans from their protocols and exposures, states from their histories, tasks from their
/// contacts, releases from their checklists.
/// </summary>
sealed class VerifyTracing(ContactWork work, ProtocolBook book) : IVerifier
{
    public string Name => "tracing";

    public IEnumerable<string> Verify(Session session, Tally tally) => Plans(session, tally).Concat(Histories(session)).Concat(Tasks(session, tally)).Concat(Releases(session, tally)).Concat(Handovers(session, tally));

    IEnumerable<string> Plans(Session session, Tally tally)
    {
        foreach (var row in session.Stream<ContactRow>("SELECT * FROM contact"))
        {
            tally.Add("contacts");
            if (row.Active && row.Plan is null)
                yield return $"contact {row.Id:N}: is under observation and has no plan";
            if (row.LastExposure < row.FirstExposure)
                yield return $"contact {row.Id:N}: its exposure ends before it begins";
            if (row.ReadPlan() is not { } plan)
                continue;
            if (plan.Ends != row.ReleaseAt)
                yield return $"contact {row.Id:N}: its plan ends {plan.Ends:u}, its row says {row.ReleaseAt:u}";
            if (PlanRules.Under(book, plan) is { Ok: true } rules && rules.Value.Plan(work.Days, plan.Kind, plan.LastExposure) is { Ok: true } again && again.Value.Ends != plan.Ends)
                yield return $"contact {row.Id:N}: protocol {plan.Protocol} counts its end as {again.Value.Ends:u}, its plan says {plan.Ends:u}";
        }
    }

    static IEnumerable<string> Histories(Session session)
    {
        foreach (var id in session.Stream<Guid>("""
            SELECT c.id FROM contact c JOIN contact_change h ON h.owner = c.owner AND h.contact = c.id
            WHERE h.to_state <> c.state AND h.version = (SELECT max(m.version) FROM contact_change m WHERE m.owner = c.owner AND m.contact = c.id)
            """))
            yield return $"contact {id:N}: its last line of history says another state";
        foreach (var id in session.Stream<Guid>("SELECT c.id FROM contact c WHERE c.ring = 2 AND NOT EXISTS (SELECT 1 FROM contact v WHERE v.id = c.index_contact)"))
            yield return $"contact {id:N}: is a contact of a contact that is not there";
    }

    static IEnumerable<string> Tasks(Session session, Tally tally)
    {
        tally.Add("tasks of contacts", session.Scalar<long>("SELECT count(*) FROM contact_task"));
        foreach (var id in session.Stream<Guid>($"""
            SELECT t.id FROM contact_task t JOIN contact c ON c.id = t.contact WHERE t.state = 0 AND c.state NOT IN ({ContactStates.ActiveNumbers})
            """))
            yield return $"task {id:N}: is open although its contact has ended";
        foreach (var id in session.Stream<Guid>("""
            SELECT t.id FROM contact_task t WHERE t.state = 0 AND NOT EXISTS (
              SELECT 1 FROM duty d WHERE d.subject_id = t.id AND d.kind = CASE WHEN t.kind = 2 THEN 18 ELSE 17 END AND d.state IN (0, 2))
            """))
            yield return $"task {id:N}: is open and nobody has the duty";
    }

    static IEnumerable<string> Releases(Session session, Tally tally)
    {
        tally.Add("releases", session.Scalar<long>("SELECT count(*) FROM release_decision"));
        foreach (var id in session.Stream<Guid>("SELECT c.id FROM contact c WHERE c.state = 7 AND NOT EXISTS (SELECT 1 FROM release_decision r WHERE r.contact = c.id)"))
            yield return $"contact {id:N}: is released and nobody decided it";
        foreach (var row in session.Stream<Decided>("SELECT id, checklist FROM release_decision"))
            if (TracingJson.Read<List<CheckLine>>(row.Checklist).Exists(l => !l.Holds))
                yield return $"release {row.Id:N}: a line of its checklist does not hold";
    }

    static IEnumerable<string> Handovers(Session session, Tally tally)
    {
        tally.Add("hand-overs", session.Scalar<long>("SELECT count(*) FROM handover"));
        foreach (var id in session.Stream<Guid>("""
            SELECT h.id FROM handover h WHERE h.state = 1 AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject_id = h.id AND d.kind = 21 AND d.state IN (0, 2))
            """))
            yield return $"hand-over {id:N}: waits and nobody has the duty to answer";
        // INV-38: whoever has custody has the duties, and nobody else.
        foreach (var id in session.Stream<Guid>("""
            SELECT t.id FROM contact_task t JOIN contact c ON c.id = t.contact JOIN duty d ON d.subject_id = t.id AND d.kind IN (17, 18) AND d.state = 0
            WHERE t.state = 0 AND d.owner <> substr(c.area, 1, 6)
            """))
            yield return $"task {id:N}: is a duty of a county that has no custody of its contact";
    }

    sealed class Decided
    {
        public Guid Id { get; init; }

        public string Checklist { get; init; } = "";
    }
}
