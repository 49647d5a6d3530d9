using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Finds a round and judges whether the caller may run all of it.</summary>
static class RoundAccess
{
    /// <summary>The round as this county has it; refused where the caller's territory does not cover its whole scope.</summary>
    public static Outcome<Round> Judged(Session session, Caller caller, string owner, Guid id)
    {
        if (Rounds.Get(session, owner, id) is not { } round)
            return new RoundUnknown();
        return round.Places().All(p => caller.May(Permission.RunRounds, p)) ? round : new NotAllowedHere();
    }

    /// <summary>One write unit on a round that the caller may run.</summary>
    public static Task<Outcome<T>> Write<T>(Store store, Caller caller, string? owner, Guid id, Func<WriteSession, Round, Outcome<T>> act)
    {
        if (!IsCounty(owner))
            return Task.FromResult<Outcome<T>>(new RoundUnknown());
        return store.Write(new WriteScope(caller.Actor, owner!), session =>
        {
            var round = Judged(session, caller, owner!, id);
            return round.Ok ? act(session, round.Value) : round.Refusal;
        });
    }

    public static bool IsCounty(string? owner) => owner is { Length: 6 } && owner.All(char.IsAsciiDigit);

    /// <summary>Null when the reason serves.</summary>
    public static Refusal? Reason(string? reason) =>
        reason?.Trim() is { Length: >= 1 and <= Duties.ReasonMissing.Longest } ? null : new RosterReasonMissing();

    /// <summary>Moves the round where the table allows it.</summary>
    public static Outcome<Done> Move(WriteSession session, Round round, RoundState to)
    {
        var moved = RoundStates.Table.Move(round.State, to);
        if (!moved.Ok)
            return moved.Refusal;
        session.Execute("UPDATE round SET state = @to WHERE owner = @Owner AND id = @Id", new { to = (short)to, round.Owner, round.Id });
        return Kernel.Done.Value;
    }

    /// <summary>How the trail names it.</summary>
    public static Ref Ref(this Round round) => new("round", round.Id.Value);

    /// <summary>The deadline of who comes onto the roster now: as long as everybody had from the window's beginning, never earlier than theirs.</summary>
    public static DateTimeOffset LaterDeadline(this Round round, DateTimeOffset now)
    {
        var later = now + (round.DueAt - round.WindowStart);
        return later > round.DueAt ? later : round.DueAt;
    }
}
