using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The laboratory rejects a received tube 拒收: leaking, empty, too little, broken, wrong label, too late. Its members are sampled again.</summary>
public sealed record RejectTube(Guid Lab, Guid Tube, RejectReason Reason, string? Note = null);

public sealed class RejectTubeHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, RejectTube command)
    {
        if (command.Reason is RejectReason.None or RejectReason.NotReceived || !Enum.IsDefined(command.Reason))
            return Task.FromResult<Outcome<Done>>(AlertRefusals.ReasonMissing);
        var found = store.Read(s => Find(s, caller, command));
        return found.Ok
            ? store.Write(new WriteScope(caller.Actor, store.Read(s => Owners(s, found.Value))), session => Reject(session, found.Value, command))
            : Task.FromResult<Outcome<Done>>(found.Refusal);
    }

    static Outcome<Tube> Find(Session session, Caller caller, RejectTube command)
    {
        var lab = Laboratories.For(session, caller, command.Lab, Permission.WorkInLaboratory);
        if (!lab.Ok)
            return lab.Refusal;
        var tube = session.One<Tube>("SELECT * FROM tube WHERE id = @Tube", new { command.Tube });
        return tube is null || tube.Lab != lab.Value.Unit.Value ? new TubeUnknown() : tube;
    }

    /// <summary>Its own county, and those whose people are in it.</summary>
    static List<string> Owners(Session session, Tube tube) =>
        [.. Members.OfTubes(session, tube.Owner, [tube.Id.Value]).Select(m => m.PersonOwner).Append(tube.Owner).Distinct()];

    static Outcome<Done> Reject(WriteSession session, Tube tube, RejectTube command)
    {
        var moves = Tubes.Move(session, tube.Owner, [tube.Id.Value], TubeState.Rejected, session.Now,
            JsonSerializer.Serialize(new { reason = command.Reason.ToString() }), reason: command.Reason);
        if (moves.Refused is [var (_, refusal)])
            return refusal;
        Discrepancies.Open(session, tube.Owner, [new NewDiscrepancy(DiscrepancyKinds.TubeRejected, "tube", tube.Id.Value, "",
            JsonSerializer.Serialize(new { reason = command.Reason.ToString() }), tube.Round?.Value, tube.Owner)]);
        new FollowTubes().Changed(session, tube.Owner, [tube.Id.Value]);
        session.Trail(tube.Owner, "reject_tube", new Ref("tube", tube.Id.Value), new Ref("laboratory", command.Lab), detail: new { reason = command.Reason.ToString() });
        return Done.Value;
    }
}
