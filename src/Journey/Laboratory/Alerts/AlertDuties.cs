using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The duties that an alert opens, and their keys.</summary>
static class AlertDuties
{
    const short Urgent = 9;

    public static Ref Basis(Guid alert) => new("pool_alert", alert);

    public static DutyKey AcknowledgeKey(AlertRow alert) => new(alert.Owner, DutyKind.AcknowledgeAlert, Basis(alert.Id).Id, alert.Id);

    public static DutyKey Key(AlertMemberRow member, DutyKind kind) => new(member.PresentOwner, kind, Basis(member.Alert).Id, member.Person);

    /// <summary>The duty of the second sample stands on the tube, because the first one's stands on the alert (INV-08).</summary>
    public static DutyKey SecondKey(AlertRow alert, AlertMemberRow member) =>
        new(member.PresentOwner, DutyKind.ResampleMember, new Ref("tube", alert.Tube).Id, member.Person);

    public static NewDuty Acknowledge(AlertRow alert) => new()
    {
        Owner = alert.Owner,
        Kind = DutyKind.AcknowledgeAlert,
        Subject = alert.Id,
        Basis = Basis(alert.Id),
        Protocol = Protocol(alert),
        Area = alert.Owner,
        OwnerUnit = new UnitId(alert.Team),
        DueAt = alert.AckDue,
        Priority = Urgent,
    };

    /// <summary>To hold, to sample again, to decide; nothing for the dead.</summary>
    public static List<NewDuty> OfMembers(
        WriteSession session, IReadOnlyCollection<AlertRow> alerts, IReadOnlyCollection<AlertMemberRow> rows,
        IReadOnlyDictionary<Guid, List<SuspectMember>> members, DateOnly today)
    {
        var byId = alerts.ToDictionary(a => a.Id);
        var alive = rows.Where(r => r.Outcome == MemberOutcome.Open).ToList();
        var units = Units(session, alive);
        var births = members.Values.SelectMany(m => m).DistinctBy(m => m.Person.Id).ToDictionary(m => m.Person.Id, m => m.Person.Birth);
        return [.. alive.SelectMany(member =>
        {
            var alert = byId[member.Alert];
            var age = (short)AgeBands.Of(births[member.Person], today);
            var unit = units[(HolderOf(member.PresentKind), member.PresentPlace)];
            return new[]
            {
                Of(alert, member, DutyKind.HoldMember, Basis(alert.Id), alert.HoldDue, unit, age),
                Of(alert, member, DutyKind.ResampleMember, Basis(alert.Id), alert.ResampleDue, unit, age),
                Of(alert, member, DutyKind.DecideMember, Basis(alert.Id), alert.DecideDue, new UnitId(alert.Team), age),
            };
        })];
    }

    /// <summary>The second individual sample of members who were all negative alone (INV-08).</summary>
    public static List<NewDuty> Second(WriteSession session, AlertRow alert, IReadOnlyCollection<AlertMemberRow> members, TimeSpan after, DateOnly today)
    {
        var units = Units(session, members);
        var births = PersonDirectory.ByIds(session, [.. members.Select(m => m.Person)]);
        return [.. members.Select(m => Of(alert, m, DutyKind.ResampleMember, new Ref("tube", alert.Tube), m.ResampleAt!.Value + after,
            units[(HolderOf(m.PresentKind), m.PresentPlace)], (short)AgeBands.Of(births.GetValueOrDefault(m.Person)?.Birth, today)))];
    }

    static NewDuty Of(AlertRow alert, AlertMemberRow member, DutyKind kind, Ref basis, DateTimeOffset due, UnitId unit, short age) => new()
    {
        Owner = member.PresentOwner,
        Kind = kind,
        Subject = member.Person,
        Basis = basis,
        Protocol = Protocol(alert),
        Area = member.PresentPlace,
        AgeBand = (AgeBand)age,
        OwnerUnit = unit,
        DueAt = due,
        Priority = Urgent,
    };

    static Dictionary<(UnitKind, string), UnitId> Units(WriteSession session, IReadOnlyCollection<AlertMemberRow> members)
    {
        var units = new Dictionary<(UnitKind, string), UnitId>();
        foreach (var kind in members.GroupBy(m => HolderOf(m.PresentKind)))
            foreach (var (place, unit) in UnitDirectory.ResponsibleForAll(session, kind.Key, [.. kind.Select(m => m.PresentPlace).Distinct()]))
                units[(kind.Key, place)] = unit;
        return units;
    }

    /// <summary>Who holds somebody who is in such a place.</summary>
    static UnitKind HolderOf(PresentKind kind) => kind switch
    {
        PresentKind.Hospital => UnitKind.Hospital,
        PresentKind.CentralIsolation => UnitKind.IsolationSite,
        PresentKind.Residence or PresentKind.HomeIsolation => UnitKind.Community,
        _ => UnitKind.AlertTeam,
    };

    static string? Protocol(AlertRow alert) => alert.Protocol.Length > 0 ? alert.Protocol : null;
}
