using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Exempts everybody of a special group, under an age or in a place from a round 按规则豁免: before it is published or while it runs, under the
/// caller's name. Who was added to the roster by name is not exempted by a rule. All conditions that are given must hold.
/// </summary>
/// <param name="Owner">The county.</param>
/// <param name="Reason">Stands at every waived duty; without a person's data.</param>
/// <param name="Area">A place inside the scope; without it, the whole county.</param>
/// <param name="Groups">The bits of the special groups; one of them is enough. 0: every group and none.</param>
/// <param name="UnderAge">Younger than this at the window's start; 0 for no limit. Who has no known birth is not younger.</param>
public sealed record ExemptByRule(string Owner, string? Reason, string? Area = null, long Groups = 0, int UnderAge = 0);

/// <summary>A row of <c>round_exemption</c>.</summary>
sealed class Exemption
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Round { get; init; }

    public string Prefix { get; init; } = "";

    public long Groups { get; init; }

    public int UnderAge { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";
}

public sealed class ExemptByRuleHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, ExemptByRule command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Exempt(session, its, command));

    static Outcome<Done> Exempt(WriteSession session, Round round, ExemptByRule command)
    {
        if (RoundAccess.Reason(command.Reason) is { } refusal)
            return refusal;
        if (session.Actor.Kind != ActorKind.Staff)
            return new ExemptionNeedsName();
        if (round.State > RoundState.Sampling)
            return new RoundOver();
        var area = command.Area is null ? round.Owner : PlaceCode.Parse(command.Area) is { Ok: true } place ? place.Value.Value : "";
        var scope = Scope.Read(round.Scope);
        if (command.Area is not null && !scope.Covers(area))
            return new OutsideScope();
        if (command is { Groups: 0, UnderAge: <= 0 } && (command.Area is null || scope.Places.Contains(area)))
            return new ExemptionTooWide();
        var id = session.NewId();
        session.Execute("""
            INSERT INTO round_exemption (owner, id, round, prefix, groups, under_age, reason, at, actor)
            VALUES (@Owner, @id, @round, @area, @Groups, @under, @reason, @Now, @actor)
            """, new
        {
            round.Owner,
            id,
            round = round.Id,
            area,
            command.Groups,
            under = Math.Max(0, command.UnderAge),
            reason = command.Reason!.Trim(),
            session.Now,
            actor = session.Actor.ToString(),
        });
        session.Trail(round.Owner, "exempt_by_rule", round.Ref(), new Ref("exemption", id), round.Protocol,
            new { area, command.Groups, command.UnderAge, reason = command.Reason.Trim() });
        if (round.State != RoundState.Planned)
            QueueOne(session, round, id, session.Actor.ToString(), since: 0);
        return Kernel.Done.Value;
    }

    /// <summary>Every exemption of the round, for who comes onto its roster from <paramref name="since"/> (Unix ms) on.</summary>
    internal static void QueueAll(WriteSession session, Round round, long since)
    {
        foreach (var rule in session.Query<Exemption>("SELECT * FROM round_exemption WHERE owner = @Owner AND round = @Id ORDER BY at, id", new { round.Owner, round.Id }))
            QueueOne(session, round, rule.Id, rule.Actor, since);
    }

    static void QueueOne(WriteSession session, Round round, Guid exemption, string actor, long since) => RosterWork.Queue(session, new RosterWork
    {
        Owner = round.Owner,
        Round = round.Id.Value,
        Task = RosterTask.Exempt,
        Version = round.ScopeVersion,
        Exemption = exemption,
        Actor = actor,
        DueAt = round.DueAt,
        Since = since,
    });
}
