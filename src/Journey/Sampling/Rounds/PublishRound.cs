using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Publishes a planned round 发布: its roster is frozen, and everybody who lives in its scope now has a duty to be tested. The duties are
/// opened in steps by <see cref="OpenRosters"/>; <see cref="RoundBoard"/> says how far it is.
/// </summary>
public sealed record PublishRound(string Owner);

public sealed class PublishRoundHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, PublishRound command) =>
        RoundAccess.Write(store, caller, command.Owner, round, Publish);

    static Outcome<Done> Publish(WriteSession session, Round round)
    {
        var moved = RoundAccess.Move(session, round, RoundState.Published);
        if (!moved.Ok)
            return moved.Refusal;
        session.Execute("UPDATE round SET published_at = @Now WHERE owner = @Owner AND id = @Id", new { session.Now, round.Owner, round.Id });
        RosterWork.Queue(session, new RosterWork
        {
            Owner = round.Owner,
            Round = round.Id.Value,
            Task = RosterTask.Open,
            Version = round.ScopeVersion,
            Reason = "",
            DueAt = round.DueAt,
        });
        ExemptByRuleHandler.QueueAll(session, round, since: 0);
        session.Trail(round.Owner, "publish_round", round.Ref(), protocol: round.Protocol, detail: new { scope = round.Places() });
        return Kernel.Done.Value;
    }
}
