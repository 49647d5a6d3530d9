using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A member of an alert is held where they are now 先行管控. Recorded by whoever is responsible there; may come before the acknowledgement.</summary>
public sealed record RecordHold(Guid Alert, Guid Person);

public sealed class RecordHoldHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, RecordHold command)
    {
        var found = store.Read(s => Alerts.For(s, caller, command.Alert, command.Person));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Hold(session, now, command.Person))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Hold(WriteSession session, AlertCase found, Guid person)
    {
        var member = found.Members.First(m => m.Person == person);
        if (member.HeldAt is not null)
            return Done.Value;
        if (member.Outcome != MemberOutcome.Open)
            return AlertRefusals.AlreadyDecided;
        member.HeldAt = session.Now;
        member.HeldBy = session.Actor.ToString();
        session.Update(AlertMemberRow.Rows, [member]);
        var evidence = new Ref("alert_member", AlertWork.MemberId(member));
        Ledger.Done(session, [AlertDuties.Key(member, DutyKind.HoldMember)], evidence);
        session.Trail(found.Alert.Owner, "hold_member", evidence, AlertDuties.Basis(found.Alert.Id));
        return Done.Value;
    }
}
