using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Changes where a round is held 调整范围 (INV-16). A sample keeps the version that held when it was taken. Who lives in the added places comes
/// onto the roster with a later deadline; who is on it already keeps the one duty, whatever its state, so nobody is tested twice for it. The
/// open duties of places that fall out are withdrawn with the reason; who was tested there stays tested, who was added by name stays.
/// </summary>
/// <param name="Owner">The county.</param>
/// <param name="Scope">All places from now on, not only the new ones.</param>
/// <param name="Reason">Without a person's data.</param>
/// <param name="DueAt">Of the added persons; without it, as long from now as everybody had from the window's beginning.</param>
public sealed record ChangeScope(string Owner, IReadOnlyList<string>? Scope, string? Reason, DateTimeOffset? DueAt = null);

public sealed class ChangeScopeHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, ChangeScope command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Change(session, caller, its, command));

    static Outcome<Done> Change(WriteSession session, Caller caller, Round round, ChangeScope command)
    {
        if (RoundAccess.Reason(command.Reason) is { } refusal)
            return refusal;
        var asked = Scope.Of(command.Scope);
        if (!asked.Ok)
            return asked.Refusal;
        if (asked.Value.Owner != round.Owner)
            return new ScopeWrong();
        if (!asked.Value.Places.All(p => caller.May(Permission.RunRounds, p)))
            return new NotAllowedHere();
        if (round.State > RoundState.Sampling)
            return new RoundOver();
        if (Scope.Read(round.Scope).SameAs(asked.Value))
            return new ScopeUnchanged();
        if (command.DueAt < round.DueAt)
            return new DeadlineTooEarly();
        Write(session, round, asked.Value, command.Reason!.Trim(), command.DueAt ?? round.LaterDeadline(session.Now));
        return Kernel.Done.Value;
    }

    static void Write(WriteSession session, Round round, Scope scope, string reason, DateTimeOffset due)
    {
        var version = round.ScopeVersion + 1;
        var args = new { round.Owner, round.Id, version, scope = scope.Json(), session.Now, actor = session.Actor.ToString(), reason };
        session.Execute("INSERT INTO round_scope (owner, round, version, scope, at, actor, reason) VALUES (@Owner, @Id, @version, @scope, @Now, @actor, @reason)", args);
        session.Execute("UPDATE round SET scope = @scope, scope_version = @version WHERE owner = @Owner AND id = @Id", args);
        session.Trail(round.Owner, "change_scope", round.Ref(), protocol: round.Protocol, detail: new { version, scope = scope.Places, due, reason });
        if (round.State == RoundState.Planned)
            return;
        // A place that fell out earlier and is back has its duties already, withdrawn.
        foreach (var task in new[] { RosterTask.Withdraw, RosterTask.Reinstate, RosterTask.Open })
            RosterWork.Queue(session, new RosterWork
            {
                Owner = round.Owner,
                Round = round.Id.Value,
                Task = task,
                Version = version,
                Reason = reason,
                DueAt = due,
            });
        ExemptByRuleHandler.QueueAll(session, round, session.Now.ToUnixTimeMilliseconds());
    }
}
