using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The team has the alert 签收. The same again changes nothing.</summary>
public sealed record AcknowledgeAlert(Guid Alert);

public sealed class AcknowledgeAlertHandler(Store store, AlertWork work)
{
    public Task<Outcome<Done>> Handle(Caller caller, AcknowledgeAlert command)
    {
        var found = store.Read(s => Alerts.For(s, caller, command.Alert));
        return found.Ok ? work.Act(caller.Actor, found.Value, Acknowledge) : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Done> Acknowledge(WriteSession session, AlertCase found)
    {
        var alert = found.Alert;
        if (alert.AckAt is not null)
            return Done.Value;
        alert.AckAt = session.Now;
        alert.AckBy = session.Actor.ToString();
        session.Update(AlertRow.Rows, [alert]);
        Ledger.Done(session, [AlertDuties.AcknowledgeKey(alert)], AlertDuties.Basis(alert.Id));
        session.Trail(alert.Owner, "acknowledge_alert", AlertDuties.Basis(alert.Id));
        return Done.Value;
    }
}
