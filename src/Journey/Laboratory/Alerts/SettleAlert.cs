using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>
/// A person signs an unresolved alert (INV-08): the pool was positive and every member alone is negative. Cleared needs two negative
/// samples of each member, the interval apart; unresolved is the honest other end.
/// </summary>
/// <param name="Cleared">True: all open members are cleared. False: signed as unresolved.</param>
/// <param name="Findings">What was checked: neighbours of the tube, contamination of the run.</param>
public sealed record SettleAlert(Guid Alert, bool Cleared, string Findings);

public sealed class SettleAlertHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, SettleAlert command)
    {
        if (string.IsNullOrWhiteSpace(command.Findings) || command.Findings.Length > 1000)
            return Task.FromResult<Outcome<Done>>(AlertRefusals.ReasonMissing);
        if (caller.Actor.Kind != ActorKind.Staff)
            return Task.FromResult<Outcome<Done>>(RunRefusals.NeedsPerson);
        var found = store.Read(s => Alerts.For(s, caller, command.Alert));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Settle(session, now, command))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    Outcome<Done> Settle(WriteSession session, AlertCase found, SettleAlert command)
    {
        if (found.Alert.State != AlertState.Unresolved)
            return AlertRefusals.NotUnresolved;
        var open = found.Members.Where(m => m.Outcome == MemberOutcome.Open).ToList();
        if (command.Cleared && work.SecondAfter(session, found.Alert) is { } interval)
        {
            var missing = open.Count(m => !AlertRules.TwiceNegative(found.Own(m), interval));
            if (missing > 0)
                return AlertRefusals.SecondSampleMissing(missing);
        }
        foreach (var member in open)
            AlertWork.Decide(session, found, member, command.Cleared ? MemberOutcome.Cleared : MemberOutcome.Unresolved, note: null);
        session.Trail(found.Alert.Owner, "settle_alert", AlertDuties.Basis(found.Alert.Id), detail: new { command.Cleared, command.Findings });
        AlertWork.SettlePool(session, found.Alert);
        return Done.Value;
    }
}
