using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A member is confirmed on the PCR result of a tube of their own 确认; the pool alone and an antigen never confirm (INV-18).</summary>
public sealed record ConfirmMember(Guid Alert, Guid Person, string? Note = null);

public sealed class ConfirmMemberHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, ConfirmMember command)
    {
        var found = store.Read(s => Alerts.For(s, caller, command.Alert, command.Person));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Confirm(session, now, command))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Confirm(WriteSession session, AlertCase found, ConfirmMember command)
    {
        var member = found.Members.First(m => m.Person == command.Person);
        var own = found.Own(member);
        if (AlertRules.MayConfirm(member.Outcome, own) is { Ok: false } refused)
            return refused;
        if (member.Outcome == MemberOutcome.Confirmed)
            return Done.Value;
        AlertWork.Decide(session, found, member, MemberOutcome.Confirmed, command.Note);
        AlertWork.SettlePool(session, found.Alert);
        var sample = own.Where(s => s.Finding == OwnFinding.NotNegative).MinBy(s => s.SampledAt)!;
        session.Publish(found.Alert.Owner, new MemberConfirmed(member.Person, found.Alert.Id, sample.Tube, sample.SampledAt));
        return Done.Value;
    }
}
