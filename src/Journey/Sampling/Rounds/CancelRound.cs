using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Cancels a round before its sampling is over 取消: all its duties are withdrawn, and it opens no more. What was sampled stays sampled.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Reason">Without a person's data.</param>
public sealed record CancelRound(string Owner, string? Reason);

public sealed class CancelRoundHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, CancelRound command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Cancel(session, its, command.Reason));

    static Outcome<Done> Cancel(WriteSession session, Round round, string? reason)
    {
        if (RoundAccess.Reason(reason) is { } refusal)
            return refusal;
        var moved = RoundAccess.Move(session, round, RoundState.Cancelled);
        if (!moved.Ok)
            return moved.Refusal;
        session.Execute("UPDATE roster_work SET done = 1 WHERE owner = @Owner AND round = @Id AND done = 0", new { round.Owner, round.Id });
        RosterWork.Queue(session, new RosterWork
        {
            Owner = round.Owner,
            Round = round.Id.Value,
            Task = RosterTask.Cancel,
            Version = round.ScopeVersion,
            Reason = reason!.Trim(),
            DueAt = round.DueAt,
        });
        session.Trail(round.Owner, "cancel_round", round.Ref(), protocol: round.Protocol, detail: new { reason = reason.Trim() });
        return Kernel.Done.Value;
    }
}
