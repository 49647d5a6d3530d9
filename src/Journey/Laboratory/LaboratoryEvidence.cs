using Qipan.Duties;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Says which pieces of laboratory evidence stand: released results, reviews, acknowledgements, holds and decisions.</summary>
sealed class LaboratoryEvidence : IEvidenceCheck
{
    public IReadOnlyList<string> Kinds { get; } = ["result", "review", "pool_alert", "alert_member"];

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => kind switch
    {
        "result" => Missing(session, ids, "SELECT id FROM result WHERE state = 2 AND id"),
        "review" => Missing(session, ids, "SELECT id FROM run WHERE reviewed2_at IS NOT NULL AND id"),
        "pool_alert" => Missing(session, ids, "SELECT id FROM pool_alert WHERE ack_at IS NOT NULL AND id"),
        _ => Members(session, ids),
    };

    static List<string> Missing(Session session, IReadOnlyCollection<string> ids, string select)
    {
        var known = ids.Where(i => Guid.TryParseExact(i, "N", out _)).Select(i => Guid.ParseExact(i, "N")).ToList();
        var standing = session.Query<Guid>($"{select} {session.InIds("ids")}", new { ids = session.Keys(known) }).Select(i => i.ToString("N")).ToHashSet();
        return [.. ids.Where(i => !standing.Contains(i))];
    }

    /// <summary>alert.person says held; alert.person.time says decided at that time.</summary>
    static List<string> Members(Session session, IReadOnlyCollection<string> ids)
    {
        var alerts = ids.Select(i => i.Split('.')[0]).Where(a => Guid.TryParseExact(a, "N", out _)).Select(a => Guid.ParseExact(a, "N")).Distinct();
        var members = session.Query<AlertMemberRow>($"SELECT * FROM pool_alert_member WHERE alert {session.InIds("alerts")}",
            new { alerts = session.Keys(alerts) });
        var standing = members.Where(m => m.HeldAt is not null).Select(AlertWork.MemberId)
            .Concat(members.Where(m => m.OutcomeAt is not null).Select(m => AlertWork.Evidence(m).Id)).ToHashSet();
        return [.. ids.Where(i => !standing.Contains(i))];
    }
}
