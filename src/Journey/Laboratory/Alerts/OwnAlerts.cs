using Qipan.Duties;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Alerts in which these tubes are a member's own: a change of their result takes decisions back that stood on it.</summary>
static class OwnAlerts
{
    const string Mine = """
        FROM pool_alert_member m JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert
        WHERE a.state < 8 AND (m.resample_tube {0} OR m.resample2_tube {0})
        """;

    public static List<string> Owners(Session session, IReadOnlyCollection<Guid> tubes) => session.Query<string>(
        $"SELECT DISTINCT m.owner {Of(session)} UNION SELECT DISTINCT m.present_owner {Of(session)} UNION SELECT DISTINCT m.person_owner {Of(session)}",
        new { tubes = session.Keys(tubes) });

    /// <summary>Members of open alerts who were decided are open again, and so is the duty to decide; called before the result changes.</summary>
    public static void TakeBack(WriteSession session, IReadOnlyCollection<Guid> tubes)
    {
        var args = new { tubes = session.Keys(tubes) };
        var decided = session.Query<AlertMemberRow>($"SELECT m.* {Of(session)} AND m.outcome IN (1, 2)", args);
        decided.AddRange(session.Query<AlertMemberRow>($"""
            SELECT m.* FROM pool_alert a JOIN tube t ON t.id = a.tube AND t.owner = a.owner AND t.kind = 1
              JOIN pool_alert_member m ON m.owner = a.owner AND m.alert = a.id
            WHERE a.tube {session.InIds("tubes")} AND a.state < 8 AND m.outcome = 2
            """, args));
        foreach (var member in decided.DistinctBy(m => (m.Alert, m.Person)))
        {
            var alert = session.One<AlertOf>("SELECT tube, round FROM pool_alert WHERE owner = @Owner AND id = @Alert", new { member.Owner, member.Alert })!;
            var round = alert.Round ?? Guid.Empty;
            foreach (var owner in new[] { member.PresentOwner, member.PersonOwner, RosterOwner.Of(session, round, member.Person, member.PersonOwner) }.Distinct())
                Ledger.EvidenceFell(session, owner, AlertWork.Evidence(member));
            member.Outcome = MemberOutcome.Open;
            member.OutcomeAt = null;
            member.OutcomeBy = null;
            session.Update(AlertMemberRow.Rows, [member]);
            session.Execute("UPDATE registration SET result_state = 2 WHERE owner = @Owner AND tube = @Tube AND id = @Registration AND result_state = 3",
                new { member.Owner, alert.Tube, member.Registration });
            session.Trail(member.Owner, "decision_fell", new Kernel.Ref("alert_member", AlertWork.MemberId(member)), AlertDuties.Basis(member.Alert));
        }
    }

    sealed class AlertOf
    {
        public Guid Tube { get; init; }

        public Guid? Round { get; init; }
    }

    static string Of(Session session) => Mine.Replace("{0}", session.InIds("tubes"), StringComparison.Ordinal);
}
