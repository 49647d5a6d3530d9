using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A round 轮次 is planned; nobody has to come yet. What is left out follows the protocol that holds at the place on the day.</summary>
/// <param name="Name">As people call it; 1 to 60 characters.</param>
/// <param name="Disease">As the protocols name it: <c>COVID-19</c>.</param>
/// <param name="Scope">1 to 200 place codes of one county, county level or finer.</param>
/// <param name="WindowStart">The first instant of the window; 08:00 to 08:00 is not a calendar day (INV-14).</param>
/// <param name="WindowEnd">The first instant that is no longer in it.</param>
/// <param name="Strategy">How positives are found.</param>
/// <param name="PoolPolicy">Risk class, or <c>default</c>, to 1, 5, 10, 20 or HOUSEHOLD; stands before the protocol's.</param>
/// <param name="DueAt">Everybody resulted by; without it, the protocol's time for a round, and never before the window's end.</param>
/// <param name="Id">Of the same round in another county; without it, a new one.</param>
public sealed record PlanRound(
    string? Name, string? Disease, IReadOnlyList<string>? Scope, DateTimeOffset WindowStart, DateTimeOffset WindowEnd,
    Strategy Strategy = Strategy.PoolThenAntigen, IReadOnlyDictionary<string, string>? PoolPolicy = null, DateTimeOffset? DueAt = null, Guid? Id = null);

/// <summary>The planned round.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Id">The same in every county of the round.</param>
/// <param name="No">The number in this county, from 1.</param>
/// <param name="Protocol">id@version that set the deadline; the trail names the versions of the other rules.</param>
/// <param name="DueAt">Everybody resulted by.</param>
public sealed record PlannedRound(string Owner, RoundId Id, int No, string Protocol, DateTimeOffset DueAt);

public sealed class PlanRoundHandler(Store store, ProtocolBook book)
{
    public async Task<Outcome<PlannedRound>> Handle(Caller caller, PlanRound command)
    {
        var scope = Scope.Of(command.Scope);
        if (!scope.Ok)
            return scope.Refusal;
        if (command.Name?.Trim() is not { Length: >= 1 and <= 60 } name)
            return new RoundNameMissing();
        if (command.WindowEnd <= command.WindowStart || command.DueAt < command.WindowEnd)
            return new WindowWrong();
        if (!scope.Value.Places.All(p => caller.May(Permission.RunRounds, p)))
            return new NotAllowedHere();
        var rules = RoundRuling.Of(book, command, scope.Value);
        if (!rules.Ok)
            return rules.Refusal;
        return await store.Write(new WriteScope(caller.Actor, scope.Value.Owner), s => Write(s, command, name, scope.Value, rules.Value));
    }

    static Outcome<PlannedRound> Write(WriteSession session, PlanRound command, string name, Scope scope, RoundRuling rules)
    {
        var owner = scope.Owner;
        var id = command.Id ?? session.NewId();
        if (Rounds.Get(session, owner, id) is not null)
            return new RoundExists();
        var round = new
        {
            owner,
            id,
            no = session.Scalar<long>("SELECT coalesce(max(no), 0) + 1 FROM round WHERE owner = @owner", new { owner }),
            name,
            command.Disease,
            rules.Protocol,
            scope = scope.Json(),
            window_start = command.WindowStart,
            window_end = command.WindowEnd,
            due_at = rules.DueAt,
            strategy = (short)command.Strategy,
            pool_policy = rules.PoolPolicy,
            rules.PooledDueHours,
            rules.SingleDueHours,
            rules.ResampleDueHours,
            session.Now,
            actor = session.Actor.ToString(),
        };
        session.Execute("""
            INSERT INTO round (owner, id, no, name, disease, protocol, scope, scope_version, window_start, window_end, due_at, strategy,
              pool_policy, pooled_due_hours, single_due_hours, resample_due_hours, state, created_at)
            VALUES (@owner, @id, @no, @name, @Disease, @Protocol, @scope, 1, @window_start, @window_end, @due_at, @strategy,
              @pool_policy, @PooledDueHours, @SingleDueHours, @ResampleDueHours, 1, @Now)
            """, round);
        session.Execute("INSERT INTO round_scope (owner, round, version, scope, at, actor, reason) VALUES (@owner, @id, 1, @scope, @Now, @actor, '')", round);
        session.Trail(owner, "plan_round", new Ref("round", id), protocol: rules.Protocol,
            detail: new { round.no, scope = scope.Places, rules.Versions, due = rules.DueAt });
        return new PlannedRound(owner, new RoundId(id), (int)round.no, rules.Protocol, rules.DueAt);
    }
}
