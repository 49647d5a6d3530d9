using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>People whose registration into a suspect tube arrived after its alert.</summary>
static class LateMembers
{
    /// <summary>Of these alerts' tubes, those with a registration that no member stands for; one query.</summary>
    public static HashSet<Guid> Tubes(Session session, IReadOnlyCollection<AlertRow> alerts) => [.. session.Query<Guid>($"""
        SELECT DISTINCT a.tube FROM pool_alert a JOIN registration g ON g.tube = a.tube AND g.owner = a.owner AND g.state <> 3
          JOIN person p ON p.id = g.person
        WHERE a.owner {session.In("owners")} AND a.id {session.InIds("alerts")} AND NOT EXISTS
          (SELECT 1 FROM pool_alert_member m WHERE m.owner = a.owner AND m.alert = a.id AND (m.person = g.person OR m.person = p.merged_into))
        """, new { owners = session.Keys(alerts.Select(a => a.Owner).Distinct()), alerts = session.Keys(alerts.Select(a => a.Id)) })];

    public static IEnumerable<string> Owners(Session session, AlertRow alert) =>
        SuspectMembers.Owners(session, Sampling.Tubes.ByIds(session, alert.Owner, [alert.Tube]));

    /// <summary>Adds them with the same duties and deadlines as everybody else in the tube. Returns how many.</summary>
    public static int Add(WriteSession session, AlertRow alert, DateOnly today)
    {
        var there = AlertCase.Load(session, alert.Id)!.Members.Select(m => m.Person).ToHashSet();
        var found = SuspectMembers.Of(session, Sampling.Tubes.ByIds(session, alert.Owner, [alert.Tube]));
        if (!found.TryGetValue(alert.Tube, out var members))
            return 0;
        var late = members.FindAll(m => !there.Contains(m.Person.Id));
        var rows = late.ConvertAll(m => RaiseAlerts.Member(alert, m));
        if (rows.Count == 0)
            return 0;
        session.Insert(AlertMemberRow.Rows, rows);
        Ledger.Open(session, AlertDuties.OfMembers(session, [alert], rows, new Dictionary<Guid, List<SuspectMember>> { [alert.Tube] = late }, today));
        session.Trail(alert.Owner, "add_late_members", AlertDuties.Basis(alert.Id), new Ref("tube", alert.Tube), detail: new { members = rows.Count });
        return rows.Count;
    }
}
