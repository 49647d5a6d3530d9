using FsCheck;
using FsCheck.Fluent;
using Qipan.Laboratory;
using Xunit;

namespace Qipan.Unit.Laboratory;

public sealed class AlertRuleTests
{
    static readonly DateTimeOffset At = new(2022, 3, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Facts_in_any_order_carry_an_alert_only_along_its_table_and_to_the_same_state()
    {
        var member = from held in ArbMap.Default.GeneratorFor<bool>()
                     from resampled in ArbMap.Default.GeneratorFor<bool>()
                     from outcome in Gen.Elements(Enum.GetValues<MemberOutcome>())
                     from first in Gen.Elements(Enum.GetValues<OwnFinding>())
                     select new MemberProgress(held, resampled, outcome, first);
        Prop.ForAll(member.NonEmptyListOf().ToArbitrary(), members =>
        {
            var once = AlertProgress.Steps(AlertState.Raised, acknowledged: true, [.. members]);
            // Acknowledged at first with nothing known, then everything at once.
            var nothing = members.Select(_ => new MemberProgress(false, false, MemberOutcome.Open)).ToList();
            var before = AlertProgress.Steps(AlertState.Raised, acknowledged: true, nothing);
            var later = AlertProgress.Steps(before[^1], acknowledged: true, [.. members]);
            return once[^1] == (later.Count > 0 ? later[^1] : before[^1]) && AlertProgress.Steps(once[^1], true, [.. members]).Count == 0;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_alert_nobody_acknowledged_stays_raised_whatever_else_is_recorded() =>
        Assert.Empty(AlertProgress.Steps(AlertState.Raised, acknowledged: false, [new MemberProgress(true, true, MemberOutcome.Confirmed, OwnFinding.NotNegative)]));

    [Fact]
    public void INV_08_all_members_negative_alone_is_unresolved_and_never_cleared_by_itself()
    {
        var steps = AlertProgress.Steps(AlertState.Raised, true,
            [new MemberProgress(true, true, MemberOutcome.Open, OwnFinding.Negative), new MemberProgress(false, false, MemberOutcome.Dead)]);
        Assert.Equal([AlertState.Acknowledged, AlertState.MembersHeld, AlertState.Resampled, AlertState.Unresolved], steps);
    }

    [Fact]
    public void A_finding_that_falls_takes_the_state_back() => Assert.Equal(
        [AlertState.Unresolved],
        AlertProgress.Steps(AlertState.PositiveFound, true, [new MemberProgress(true, true, MemberOutcome.Open, OwnFinding.Negative)]));

    [Theory]
    [InlineData(OwnFinding.NotNegative, true)]
    [InlineData(OwnFinding.Negative, false)]
    [InlineData(OwnFinding.None, false)]
    public void Only_a_members_own_result_confirms(OwnFinding own, bool allowed) =>
        Assert.Equal(allowed, AlertRules.MayConfirm(MemberOutcome.Open, [Sample(own, 0)]).Ok);

    [Theory]
    [InlineData(OwnFinding.Negative, true, true, null)]
    [InlineData(OwnFinding.Negative, false, true, "alert_needs_signature")]
    [InlineData(OwnFinding.Negative, false, false, null)]
    [InlineData(OwnFinding.None, true, true, "no_own_negative_result")]
    [InlineData(OwnFinding.NotNegative, true, true, "own_result_not_negative")]
    [InlineData(OwnFinding.NotNegative, true, false, "own_result_not_negative")]
    public void INV_09_a_member_is_cleared_only_by_rule(OwnFinding own, bool explained, bool poolStands, string? code) =>
        Assert.Equal(code, AlertRules.MayClear(MemberOutcome.Open, [Sample(own, 0)], explained, poolStands).Refusal?.Code);

    [Fact]
    public void Two_negative_samples_count_only_when_the_interval_lies_between()
    {
        Assert.False(AlertRules.TwiceNegative([Sample(OwnFinding.Negative, 0), Sample(OwnFinding.Negative, 23)], TimeSpan.FromHours(24)));
        Assert.True(AlertRules.TwiceNegative([Sample(OwnFinding.Negative, 0), Sample(OwnFinding.Negative, 24)], TimeSpan.FromHours(24)));
        Assert.False(AlertRules.TwiceNegative(
            [Sample(OwnFinding.Negative, 0), Sample(OwnFinding.Negative, 24), Sample(OwnFinding.NotNegative, 30)], TimeSpan.FromHours(24)));
    }

    static OwnSample Sample(OwnFinding finding, int hours) => new(Guid.Empty, At.AddHours(hours), finding);
}
