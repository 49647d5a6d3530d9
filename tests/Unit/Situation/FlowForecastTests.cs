using Qipan.Sampling;
using Qipan.Situation;
using Xunit;

namespace Qipan.Unit.Situation;

public sealed class FlowForecastTests
{
    static readonly DateTimeOffset Now = new(2022, 3, 21, 12, 0, 0, TimeSpan.Zero);

    static FlowForecast Of(FlowLoad sampling, FlowLoad transport, FlowLoad testing, FlowLoad reporting, double window = 6) =>
        FlowForecast.Of(Now, Now.AddHours(window), sampling, transport, testing, reporting);

    static FlowLoad Load(FlowStage stage, long waiting, double pace, double passage = 0, long left = 100) =>
        new(stage, waiting, pace, null, TimeSpan.FromHours(passage), left);

    static FlowLoad S(long waiting, double pace = 0, long left = 100) => Load(FlowStage.Sampling, waiting, pace, 0, left);

    static FlowLoad T(long waiting, double pace = 0, double passage = 0, long left = 100) => Load(FlowStage.Transport, waiting, pace, passage, left);

    static FlowLoad L(long waiting, double pace = 0, double passage = 0, long left = 100) => Load(FlowStage.Testing, waiting, pace, passage, left);

    static FlowLoad R(long waiting, double pace = 0, double passage = 0, long left = 100) => Load(FlowStage.Reporting, waiting, pace, passage, left);

    [Fact]
    public void A_laboratory_slower_than_the_sampling_decides_when_the_last_result_comes()
    {
        // Everybody is sampled in 2 h and carried in 2 h; the laboratory works 8 h through 4,000 at 500.
        var forecast = Of(S(2000, 1000), T(1000, 1500, 0.5), L(1000, 0, 0), R(0, 500, 3));
        Assert.Equal(Now.AddHours(8), forecast.LastResult);
        Assert.Equal((FlowStage.Testing, BottleneckReason.Slowest, 8.0, 4000L), (forecast.Bottleneck!.Stage, forecast.Bottleneck.Reason, forecast.Bottleneck.Hours!.Value, forecast.Bottleneck.Persons));
    }

    [Fact]
    public void The_last_sample_takes_its_way_through_stages_that_are_fast_enough()
    {
        // Sampled after 4 h, half an hour on the road, 3 h in the laboratory, which has time for all.
        var forecast = Of(S(400, 100), T(0, 5000, 0.5), L(0), R(0, 5000, 3));
        Assert.Equal(Now.AddHours(7.5), forecast.LastResult);
        Assert.Equal(FlowStage.Sampling, forecast.Bottleneck!.Stage);
    }

    [Fact]
    public void Who_has_not_come_when_the_window_ends_is_missing_and_nobody_waits_for_them()
    {
        var forecast = Of(S(10_000, 100), T(0, 1000, 0.5), L(0), R(0, 1000, 1), window: 2);
        Assert.Equal(Now.AddHours(2 + 0.5 + 1), forecast.LastResult);
        Assert.Null(Of(S(10_000, 100), T(0), L(0), R(0), window: -1).LastResult);
        Assert.Null(Of(S(10_000, 100), T(0), L(0), R(0), window: -1).Bottleneck);
    }

    [Fact]
    public void A_stage_that_has_work_and_no_pace_stops_the_forecast_and_is_named()
    {
        var stopped = Of(S(0), T(800, 0, left: 5), L(10), R(0, 500));
        Assert.Equal((null, FlowStage.Transport, BottleneckReason.Stopped, 800L), (stopped.LastResult, stopped.Bottleneck!.Stage, stopped.Bottleneck.Reason, stopped.Bottleneck.Persons));
        var young = Of(S(100, 100), T(0, 100), L(50), R(0, 0, left: 0));
        Assert.Equal((null, FlowStage.Testing, BottleneckReason.NotBegun), (young.LastResult, young.Bottleneck!.Stage, young.Bottleneck.Reason));
    }

    [Fact]
    public void Results_that_wait_for_their_release_name_the_reporting() =>
        Assert.Equal(FlowStage.Reporting, Of(S(0), T(0), L(10), R(90, 50)).Bottleneck!.Stage);

    [Fact]
    public void Nothing_on_the_way_has_no_bottleneck() => Assert.Equal(new FlowForecast(null, null), Of(S(0), T(0), L(0), R(0)));

    [Fact]
    public void A_round_that_has_not_begun_waits_for_its_sampling() =>
        Assert.Equal((FlowStage.Sampling, BottleneckReason.NotBegun), (Of(S(500, 0, left: 0), T(0), L(0), R(0)).Bottleneck!.Stage, Of(S(500, 0, left: 0), T(0), L(0), R(0)).Bottleneck!.Reason));

    [Fact]
    public void One_good_hour_counts_no_more_than_the_laboratory_is_registered_for_and_the_desks_are_open_for()
    {
        // A plate of 900 was released within the hour; the laboratory is registered for 300.
        var burst = Of(S(0), T(0, 100), L(1200), R(0, 900) with { Most = 300 });
        Assert.Equal((Now.AddHours(4), 4.0, 300.0), (burst.LastResult, burst.Bottleneck!.Hours!.Value, burst.Bottleneck.PerHour));
        Assert.Equal(Now.AddHours(6), Of(S(0), T(0, 100), L(1200), R(0, 200) with { Most = 300 }).LastResult);
        // Half of the desks have closed since: those who come, come at their pace.
        Assert.Equal(Now.AddHours(5), Of(S(500, 400) with { Most = 100 }, T(0, 1000), L(0), R(0, 1000)).LastResult);
    }

    [Fact]
    public void A_laboratory_from_which_nothing_has_come_yet_is_reckoned_with_at_what_it_is_registered_for()
    {
        var young = Of(S(0), T(0, 100), L(600), R(0, 0, left: 0) with { Most = 200 });
        Assert.Equal((Now.AddHours(3), BottleneckReason.Rated), (young.LastResult, young.Bottleneck!.Reason));
        // One that has stopped is not: what it is registered for does not help it.
        var stopped = Of(S(0), T(0, 100), L(600), R(0, 0, left: 50) with { Most = 200 });
        Assert.Equal((null, BottleneckReason.Stopped), (stopped.LastResult, stopped.Bottleneck!.Reason));
    }

    [Theory]
    [InlineData(-1, 20, true)]
    [InlineData(-1, 60, false)]
    [InlineData(1, 20, false)]
    public void A_round_is_a_remnant_when_its_window_has_ended_and_next_to_nobody_waits(int endsIn, long waiting, bool remnant)
    {
        var round = new Round { Name = "Round of the test", WindowEnd = Now.AddHours(endsIn) };
        var flow = new RoundFlow(round, 1100, 900, 0, 1000, [S(100), T(waiting), L(0), R(0)], new FlowForecast(null, null));
        Assert.Equal(remnant, flow.IsRemnant(Now));
    }
}
