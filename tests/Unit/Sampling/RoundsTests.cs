using FsCheck;
using FsCheck.Fluent;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Sampling;
using Stage = Qipan.Sampling.Stage;
using Xunit;

namespace Qipan.Unit.Sampling;

[Trait("area", "sampling")]
public sealed class RoundsTests
{
    [Fact]
    public void Ages_compared_as_text_are_the_registers_ages()
    {
        var days = Gen.Choose(0, 60_000).Select(d => new DateOnly(1920, 1, 1).AddDays(d));
        var births = days.SelectMany(d => Gen.Elements(d.ToString("yyyy-MM-dd"), d.ToString("yyyy"), null!));
        var leap = Gen.Elements(new DateOnly(2022, 2, 28), new DateOnly(2024, 2, 29), new DateOnly(2023, 3, 1), new DateOnly(2022, 12, 31));
        Prop.ForAll(Arb.From(Gen.Zip(births, Gen.OneOf(days, leap))), pair =>
                (new AgeBirthdays(pair.Item2).Of(pair.Item1) == AgeBands.Of(pair.Item1, pair.Item2)).Label($"{pair}"))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void A_scope_is_of_one_county_and_names_no_place_inside_another()
    {
        var scope = Scope.Of(["220204001001.b1", "220204001", "220204002001.B2", "220204001001"]).Value;
        Assert.Equal(["220204001", "220204002001.b2"], scope.Places);
        Assert.Equal("220204", scope.Common);
        Assert.True(scope.Covers("220204002001.b2.u1"));
        Assert.False(scope.Covers("220204002001.b22"));
        Assert.True(scope.SameAs(Scope.Read(scope.Json())));
        Assert.All(new string[][] { [], ["2202"], ["220204", "220203001"], ["x"], [.. Enumerable.Range(0, 201).Select(n => $"220204{n + 100:000}")] },
            wrong => Assert.Equal("scope_wrong", Scope.Of(wrong).Refusal!.Code));
    }

    [Fact]
    public void The_pool_policy_is_the_protocols_with_what_the_order_says_instead()
    {
        var rule = new PoolRule
        {
            Default = PoolKind.Ten,
            ByRisk = new Dictionary<RiskClass, PoolKind> { [RiskClass.Low] = PoolKind.Twenty, [RiskClass.SealedHousehold] = PoolKind.Household },
        };
        Assert.Equal("""{"default":10,"low":20,"sealed_household":"HOUSEHOLD"}""", PoolPolicies.Of(rule).Value);
        var instead = new Dictionary<string, string> { ["low"] = "5", ["controlled"] = "HOUSEHOLD" };
        Assert.Equal("""{"controlled":"HOUSEHOLD","default":10,"low":5,"sealed_household":"HOUSEHOLD"}""", PoolPolicies.Of(rule, instead).Value);
        Assert.Equal("pool_policy_wrong", PoolPolicies.Of(rule, new Dictionary<string, string> { ["low"] = "30" }).Refusal!.Code);
        Assert.Equal("pool_policy_wrong", PoolPolicies.Of(rule, new Dictionary<string, string> { ["lowest"] = "5" }).Refusal!.Code);
        Assert.Equal(RiskClass.SealedHousehold, PoolPolicies.Risk("sealed_household"));
        Assert.Null(PoolPolicies.Risk("SealedHousehold"));
    }

    [Fact]
    public void Somebody_is_pending_until_all_own_tubes_are_resulted_and_held_as_soon_as_one_is_not_negative()
    {
        Assert.Equal((MissingReason.NotSampled, null), MissingPersons.ReasonOf([]));
        Assert.Equal((MissingReason.SampleLost, Stage.Lost), MissingPersons.ReasonOf([(MemberResult.Pending, TubeState.Rejected)]));
        Assert.Equal((MissingReason.Pending, Stage.Sealed),
            MissingPersons.ReasonOf([(MemberResult.Negative, TubeState.Resulted), (MemberResult.Pending, TubeState.Sealed), (MemberResult.Pending, TubeState.Void)]));
        Assert.Equal((MissingReason.Held, Stage.InRun),
            MissingPersons.ReasonOf([(MemberResult.Held, TubeState.Resulted), (MemberResult.Pending, TubeState.InRun)]));
    }
}
