using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// Raises alerts 一键即报: the alert with its clocks, its members at their present places, and for each member the duties to hold,
/// to sample again singly and to decide, in the county that owns the present place. For any number of tubes in a few queries.
/// </summary>
public sealed class RaiseAlerts(ProtocolBook protocols, LocalDays days, LaboratorySettings settings)
{
    /// <summary>
    /// Raises one alert for each tube that has members and no open alert. Returns the new alerts. The unit's scope names
    /// <see cref="SuspectMembers.Owners"/>.
    /// </summary>
    internal IReadOnlyList<AlertRow> Raise(WriteSession session, IReadOnlyCollection<SuspectTube> suspects)
    {
        if (suspects.Count == 0)
            return [];
        var open = session.Query<Guid>($"SELECT tube FROM pool_alert WHERE tube {session.InIds("tubes")} AND state < 8",
            new { tubes = session.Keys(suspects.Select(s => s.Tube)) }).ToHashSet();
        var fresh = suspects.Where(s => !open.Contains(s.Tube)).DistinctBy(s => s.Tube).ToDictionary(s => s.Tube);
        var tubes = fresh.Values.GroupBy(s => s.Owner).SelectMany(c => Tubes.ByIds(session, c.Key, [.. c.Select(s => s.Tube)]))
            .Where(t => !IsResample(session, t)).ToList();
        var members = SuspectMembers.Of(session, tubes);
        var rounds = tubes.Where(t => t.Round is not null).GroupBy(t => t.Owner)
            .SelectMany(c => Rounds.ByIds(session, c.Key, [.. c.Select(t => t.Round!.Value.Value).Distinct()])).ToDictionary(r => (r.Owner, r.Id));
        var alerts = new List<AlertRow>();
        var rows = new List<AlertMemberRow>();
        var duties = new List<NewDuty>();
        foreach (var tube in tubes.Where(t => members.ContainsKey(t.Id.Value)).OrderBy(t => t.Id.Value))
        {
            if (Alert(session, tube, fresh[tube.Id.Value], tube.Round is { } round ? rounds[(tube.Owner, round)].Disease : settings.DiseaseOfOtherTubes) is not { } alert)
                continue;
            alerts.Add(alert);
            duties.Add(AlertDuties.Acknowledge(alert));
            rows.AddRange(members[tube.Id.Value].Select(m => Member(alert, m)));
        }
        duties.AddRange(AlertDuties.OfMembers(session, alerts, rows, members, days.DateOf(session.Now)));
        session.Insert(AlertRow.Rows, alerts);
        session.Insert(AlertMemberRow.Rows, rows);
        Ledger.Open(session, duties);
        foreach (var alert in alerts)
            Tell(session, alert, [.. rows.Where(r => r.Alert == alert.Id).Select(r => r.Person)]);
        return alerts;
    }

    /// <summary>A tube that re-samples a member of an open alert speaks in that alert and raises none of its own.</summary>
    static bool IsResample(Session session, Tube tube) => tube.Kind == TubeKind.Single && session.Scalar<long>("""
        SELECT count(*) FROM pool_alert_member m JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert
        WHERE (m.resample_tube = @id OR m.resample2_tube = @id) AND a.state < 8 AND m.outcome = 0
        """, new { id = tube.Id.Value }) > 0;

    /// <summary>Null where the protocol does not take such a call for suspect.</summary>
    AlertRow? Alert(WriteSession session, Tube tube, SuspectTube suspect, string disease)
    {
        var clocks = AlertClocks.Of(protocols, days, disease, tube.Owner, session.Now);
        if (suspect.Called && !clocks.SuspectCalls.Contains(suspect.Reason))
            return null;
        return new AlertRow
        {
            Owner = tube.Owner,
            Id = session.NewId(),
            Tube = tube.Id.Value,
            Round = tube.Round?.Value,
            Disease = disease,
            Result = suspect.Result,
            State = AlertState.Raised,
            RaisedAt = session.Now,
            RaisedBy = session.Actor.ToString(),
            Team = UnitDirectory.ResponsibleFor(session, UnitKind.AlertTeam, tube.Owner).Value,
            Reason = suspect.Reason,
            Protocol = clocks.Version,
            AckDue = clocks.AckDue,
            HoldDue = clocks.HoldDue,
            ResampleDue = clocks.ResampleDue,
            DecideDue = clocks.DecideDue,
        };
    }

    /// <summary>The registers know of a death: then nothing is left to hold, and the death is the outcome.</summary>
    internal static AlertMemberRow Member(AlertRow alert, SuspectMember member)
    {
        var dead = member.Person.PresentKind == PresentKind.Deceased;
        return new AlertMemberRow
        {
            Owner = alert.Owner,
            Alert = alert.Id,
            Person = member.Person.Id,
            PersonOwner = member.Person.Owner,
            PresentOwner = member.Person.PresentOwner,
            PresentPlace = member.Place,
            PresentKind = member.Person.PresentKind,
            Registration = member.Registration,
            Outcome = dead ? MemberOutcome.Dead : MemberOutcome.Open,
            OutcomeAt = dead ? alert.RaisedAt : null,
            OutcomeBy = dead ? Actor.System.ToString() : null,
            Note = dead ? "register" : null,
        };
    }

    static void Tell(WriteSession session, AlertRow alert, IReadOnlyList<Guid> members)
    {
        session.Trail(alert.Owner, "raise_alert", new Ref("pool_alert", alert.Id),
            alert.Result is { } result ? new Ref("result", result) : new Ref("tube", alert.Tube), alert.Protocol.Length > 0 ? alert.Protocol : null,
            new { members = members.Count, alert.Reason });
        session.Publish(alert.Owner, new PoolPositive(alert.Id, alert.Tube, alert.Round, members));
    }
}
