using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>An alert with its members and their own samples, as every act on it needs it.</summary>
sealed class AlertCase(AlertRow alert, IReadOnlyList<AlertMemberRow> members, ILookup<Guid, OwnSample> own, bool poolStands)
{
    public AlertRow Alert => alert;

    public IReadOnlyList<AlertMemberRow> Members => members;

    /// <summary>The tube's deciding result is not negative, or there is none yet.</summary>
    public bool PoolStands => poolStands;

    /// <summary>The counties that an act on the alert writes.</summary>
    public IReadOnlyList<string> Owners { get; } =
        [.. members.SelectMany(m => new[] { m.PresentOwner, m.PersonOwner }).Append(alert.Owner).Distinct(StringComparer.Ordinal)];

    public IReadOnlyCollection<OwnSample> Own(AlertMemberRow member) => [.. own[member.Person]];

    public IReadOnlyCollection<MemberProgress> Progress() => [.. members.Select(m =>
        new MemberProgress(m.HeldAt is not null, m.ResampleTube is not null || OwnFirst(m) != OwnFinding.None, m.Outcome, OwnFirst(m)))];

    OwnFinding OwnFirst(AlertMemberRow member)
    {
        var findings = own[member.Person].Select(s => s.Finding).ToList();
        return findings.Contains(OwnFinding.NotNegative) ? OwnFinding.NotNegative
            : findings.Contains(OwnFinding.Negative) ? OwnFinding.Negative
            : OwnFinding.None;
    }

    public static AlertCase? Load(Session session, Guid alert)
    {
        var row = session.One<AlertRow>("SELECT * FROM pool_alert WHERE id = @alert", new { alert });
        return row is null ? null : Load(session, [row])[0];
    }

    /// <summary>Many alerts in three queries.</summary>
    public static List<AlertCase> Load(Session session, IReadOnlyCollection<AlertRow> alerts)
    {
        if (alerts.Count == 0)
            return [];
        var members = session.Query<AlertMemberRow>(
            $"SELECT * FROM pool_alert_member WHERE owner {session.In("owners")} AND alert {session.InIds("alerts")} ORDER BY alert, person",
            new { owners = session.Keys(alerts.Select(a => a.Owner).Distinct()), alerts = session.Keys(alerts.Select(a => a.Id)) })
            .ToLookup(m => m.Alert);
        var tubes = members.SelectMany(m => m).SelectMany(m => new[] { m.ResampleTube, m.Resample2Tube }).OfType<Guid>()
            .Concat(alerts.Select(a => a.Tube)).Distinct();
        var found = session.Query<TubeFindingRow>($"""
            SELECT t.id, t.kind, t.state, coalesce(t.sealed_at, t.opened_at, t.updated_at) AS at, r.call FROM tube t
            LEFT JOIN result r ON r.owner = t.owner AND r.id = t.result WHERE t.id {session.InIds("tubes")}
            """, new { tubes = session.Keys(tubes) }).ToDictionary(t => t.Id);
        return [.. alerts.Select(a => new AlertCase(
            a,
            [.. members[a.Id]],
            members[a.Id].SelectMany(m => Samples(a, m, found).Select(s => (m.Person, Sample: s))).ToLookup(s => s.Person, s => s.Sample),
            !found.TryGetValue(a.Tube, out var pool) || pool.Finding != TubeFinding.Negative))];
    }

    static IEnumerable<OwnSample> Samples(AlertRow alert, AlertMemberRow member, Dictionary<Guid, TubeFindingRow> found)
    {
        // A suspect tube that was a single one speaks for its member by itself.
        if (found.TryGetValue(alert.Tube, out var pool) && pool.Kind == TubeKind.Single && member.Registration is not null)
            yield return pool.Sample(pool.At);
        if (member.ResampleTube is { } first && found.TryGetValue(first, out var one))
            yield return one.Sample(member.ResampleAt!.Value);
        if (member.Resample2Tube is { } second && found.TryGetValue(second, out var two))
            yield return two.Sample(member.Resample2At!.Value);
    }

    sealed class TubeFindingRow
    {
        public Guid Id { get; init; }

        public TubeKind Kind { get; init; }

        public DateTimeOffset At { get; init; }

        public Call? Call { get; init; }

        public TubeFinding Finding => DecidingResult.Finding(Call);

        public OwnSample Sample(DateTimeOffset at) => new(Id, at, (OwnFinding)(int)Finding);
    }
}

/// <summary>Finds alerts for those who may work them: whoever handles alerts in the alert's county, or where the member is now.</summary>
static class Alerts
{
    public static Outcome<AlertCase> For(Session session, Http.Caller caller, Guid id, Guid? member = null)
    {
        if (AlertCase.Load(session, id) is not { } found)
            return AlertRefusals.Unknown;
        var person = member is null ? null : found.Members.FirstOrDefault(m => m.Person == member);
        if (member is not null && person is null)
            return AlertRefusals.MemberUnknown;
        if (caller.May(Http.Permission.HandleAlerts, found.Alert.Owner))
            return found;
        return person is not null && caller.May(Http.Permission.HandleAlerts, person.PresentPlace) ? found : new Http.NotAllowedHere();
    }
}
