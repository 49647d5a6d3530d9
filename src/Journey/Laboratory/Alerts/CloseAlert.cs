using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The alert is closed 销号; refused while a member is unhandled (INV-07).</summary>
public sealed record CloseAlert(Guid Alert, string Reason);

public sealed class CloseAlertHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, CloseAlert command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500)
            return Task.FromResult<Outcome<Done>>(AlertRefusals.ReasonMissing);
        var found = store.Read(s => Alerts.For(s, caller, command.Alert));
        return found.Ok
            ? work.Act(caller.Actor, found.Value, (session, now) => Close(session, now, command.Reason.Trim()))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Close(WriteSession session, AlertCase found, string reason)
    {
        var alert = found.Alert;
        if (alert.State == AlertState.Closed)
            return Done.Value;
        if (found.Members.Count(m => m.Outcome == MemberOutcome.Open) is > 0 and var unhandled)
            return AlertRefusals.MembersUnhandled(unhandled);
        if (AlertStates.Table.Move(alert.State, AlertState.Closed) is { Ok: false } refused)
            return refused.Refusal;
        alert.State = AlertState.Closed;
        alert.ClosedAt = session.Now;
        alert.ClosedBy = session.Actor.ToString();
        alert.Reason = reason;
        session.Update(AlertRow.Rows, [alert]);
        session.Trail(alert.Owner, "close_alert", AlertDuties.Basis(alert.Id), detail: new { reason });
        return Done.Value;
    }
}
