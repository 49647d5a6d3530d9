using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The laboratory raises an alert by one action 一键即报, before the release or even before a file: a curve on the screen is enough.</summary>
/// <param name="Tube">The tube.</param>
/// <param name="Reason">What was seen.</param>
public sealed record RaiseAlert(Guid Lab, Guid Tube, string Reason);

public sealed class RaiseAlertHandler(Store store, RaiseAlerts raiser)
{
    /// <summary>The alert; the one that is open already when there is one.</summary>
    public async Task<Outcome<Guid>> Handle(Caller caller, RaiseAlert command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 200)
            return AlertRefusals.ReasonMissing;
        var found = store.Read(s => Find(s, caller, command));
        if (!found.Ok)
            return found.Refusal;
        var tube = found.Value;
        var owners = store.Read(s => SuspectMembers.Owners(s, [tube]).ToList());
        return await store.Write(new WriteScope(caller.Actor, owners), session =>
        {
            if (SuspectMembers.Owners(session, [tube]).Except(owners).Any())
                return new StoreBusy { RetryAfterSeconds = 1 };
            if (Open(session, tube) is { } there)
                return Outcome.Of(there);
            var result = session.One<Guid?>("SELECT id FROM result WHERE owner = @Owner AND tube = @id AND state IN (1, 2) ORDER BY run DESC, version DESC LIMIT 1",
                new { tube.Owner, id = tube.Id.Value });
            return raiser.Raise(session, [new SuspectTube(tube.Owner, tube.Id.Value, result, command.Reason.Trim(), Called: false)]) is [var alert]
                ? alert.Id : AlertRefusals.NobodyInTube;
        });
    }

    static Outcome<Tube> Find(Session session, Caller caller, RaiseAlert command)
    {
        var lab = Laboratories.For(session, caller, command.Lab, Permission.WorkInLaboratory);
        if (!lab.Ok)
            return lab.Refusal;
        var tube = session.One<Tube>("SELECT * FROM tube WHERE id = @Tube", new { command.Tube });
        return tube is null || tube.Lab != lab.Value.Unit.Value ? new TubeUnknown() : tube;
    }

    static Guid? Open(Session session, Tube tube) =>
        session.One<Guid?>("SELECT id FROM pool_alert WHERE tube = @id AND state < 8 LIMIT 1", new { id = tube.Id.Value });
}
