using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A member is cleared 排除: negative alone while another member explains the pool, or the pool's result was amended (INV-09).</summary>
public sealed record ClearMember(Guid Alert, Guid Person, string? Note = null);

public sealed class ClearMemberHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, ClearMember command)
    {
        var found = store.Read(s => Alerts.For(s, caller, command.Alert, command.Person));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Clear(session, now, command))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Clear(WriteSession session, AlertCase found, ClearMember command)
    {
        var member = found.Members.First(m => m.Person == command.Person);
        if (member.Outcome == MemberOutcome.Cleared)
            return Done.Value;
        var explained = found.Members.Any(m => m.Outcome == MemberOutcome.Confirmed);
        if (AlertRules.MayClear(member.Outcome, found.Own(member), explained, found.PoolStands) is { Ok: false } refused)
            return refused;
        AlertWork.Decide(session, found, member, MemberOutcome.Cleared, command.Note);
        AlertWork.SettlePool(session, found.Alert);
        return Done.Value;
    }
}
