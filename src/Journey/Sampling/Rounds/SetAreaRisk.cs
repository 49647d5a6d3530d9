using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Says what an area of the round is taken for 风险分类: its pools follow the round's policy for that risk.</summary>
/// <param name="Owner">The county.</param>
/// <param name="Area">A place inside the scope; the narrowest place that was set decides.</param>
/// <param name="Risk"><c>low</c>, <c>normal</c>, <c>controlled</c>, <c>sealed_household</c>, <c>isolation</c> or <c>key_group</c>.</param>
public sealed record SetAreaRisk(string Owner, string? Area, string? Risk);

public sealed class SetAreaRiskHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, Guid round, SetAreaRisk command) =>
        RoundAccess.Write(store, caller, command.Owner, round, (session, its) => Set(session, its, command));

    static Outcome<Done> Set(WriteSession session, Round round, SetAreaRisk command)
    {
        if (PoolPolicies.Risk(command.Risk) is not { } risk)
            return new RiskUnknown();
        var area = PlaceCode.Parse(command.Area);
        if (!area.Ok)
            return area.Refusal;
        if (!Scope.Read(round.Scope).Covers(area.Value.Value))
            return new OutsideScope();
        if (round.State > RoundState.Sampling)
            return new RoundOver();
        session.Execute("""
            INSERT INTO round_area_risk (owner, round, area, risk) VALUES (@Owner, @Id, @area, @risk)
            ON CONFLICT (owner, round, area) DO UPDATE SET risk = excluded.risk
            """, new { round.Owner, round.Id, area = area.Value.Value, risk = (short)risk });
        session.Trail(round.Owner, "set_area_risk", round.Ref(), protocol: round.Protocol, detail: new { area = area.Value.Value, risk = command.Risk });
        return Kernel.Done.Value;
    }
}
