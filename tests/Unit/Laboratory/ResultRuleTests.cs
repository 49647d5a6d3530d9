using FsCheck;
using FsCheck.Fluent;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Xunit;

namespace Qipan.Unit.Laboratory;

public sealed class ResultRuleTests
{
    static readonly DateTimeOffset Start = new(2022, 3, 21, 8, 0, 0, TimeSpan.Zero);
    static readonly RatedCapacity Rated = new(new Dictionary<int, int> { [10] = 2, [1] = 10 });

    [Fact]
    public void The_deciding_result_does_not_depend_on_the_order_of_arrival()
    {
        var one = from n in Gen.Choose(1, 5)
                  from call in Gen.Elements(Enum.GetValues<Call>())
                  select new StandingResult(new Guid(n, 0, 0, new byte[8]), new Guid(n, 0, 0, new byte[8]), call);
        Prop.ForAll(one.ListOf().Select(l => l.DistinctBy(r => r.Run).ToList()).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (results, seed) =>
            DecidingResult.Of(results)?.Call == DecidingResult.Of(results.OrderBy(r => r.Run.GetHashCode() ^ seed))?.Call).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_positive_stands_against_a_later_negative_and_an_invalid_against_nothing()
    {
        Assert.Equal(Call.Pos, DecidingResult.Of([Result(1, Call.Pos), Result(2, Call.Neg)])!.Call);
        Assert.Equal(Call.Neg, DecidingResult.Of([Result(1, Call.Grey), Result(2, Call.Neg)])!.Call);
        Assert.Equal(Call.Neg, DecidingResult.Of([Result(1, Call.Neg), Result(2, Call.Invalid)])!.Call);
        Assert.Equal(TubeFinding.Pending, DecidingResult.Finding(DecidingResult.Of([Result(1, Call.Invalid)])?.Call));
        Assert.Equal(TubeFinding.Pending, DecidingResult.Finding(null));
    }

    [Theory]
    [InlineData(Call.SingleTarget)]
    [InlineData(Call.Grey)]
    [InlineData(Call.Invalid)]
    [InlineData(Call.Pos)]
    public void INV_10_nothing_but_negative_is_negative(Call call) => Assert.NotEqual(TubeFinding.Negative, DecidingResult.Finding(call));

    [Theory]
    [InlineData(2, false, "AlreadyHad", null)]
    [InlineData(4, false, "AlreadyHad", null)]
    [InlineData(3, true, "Older", null)]
    [InlineData(5, true, "Latest", null)]
    [InlineData(2, true, null, "result_version_there")]
    [InlineData(1, true, null, "result_version_invalid")]
    public void INV_12_a_version_has_one_place_whenever_it_comes(int version, bool other, string? place, string? code)
    {
        var found = ResultVersions.Place([Version(1, ResultState.Amended), Version(2, ResultState.Amended), Version(4, ResultState.Released)], version, _ => !other);
        Assert.Equal(code, found.Refusal?.Code);
        Assert.Equal(place, found.Ok ? found.Value.ToString() : null);
    }

    [Fact]
    public void Only_what_is_out_is_amended() =>
        Assert.Equal("result_not_released", ResultVersions.Place([Version(1, ResultState.Preliminary)], 2, _ => false).Refusal!.Code);

    [Fact]
    public void INV_06_each_impossibility_has_its_alarm()
    {
        Assert.Empty(Judge(new IntegrityTube("A1", 10, Start.AddHours(-1), true)));
        Assert.Equal(["result_of_tube_not_received"], Judge(new IntegrityTube("A1", 10, null, false)));
        Assert.Equal(["result_before_reception"], Judge(new IntegrityTube("A1", 10, Start.AddMinutes(5), true)));
        Assert.Equal(["tube_at_other_laboratory"], Judge(new IntegrityTube("A1", 10, Start.AddHours(-1), false)));
        Assert.Equal(["above_rated_capacity"], Judge([.. Enumerable.Range(1, 3).Select(n => new IntegrityTube($"A{n}", 10, Start.AddHours(-1), true))]));
        Assert.Equal(["above_rated_capacity"], Judge(new IntegrityTube("A1", 20, Start.AddHours(-1), true)));
        var quick = Case([new IntegrityTube("A1", 10, Start.AddHours(-1), true)]) with { AmplifiedAt = Start.AddMinutes(10) };
        Assert.Equal("all_negative_too_fast", Assert.Single(IntegrityRules.Judge(quick, Rated)).Code);
        Assert.Equal("run_too_fast", Assert.Single(IntegrityRules.Judge(quick with { AllNegative = false }, Rated)).Code);
        Assert.Equal("instrument_ran_twice", Assert.Single(IntegrityRules.Judge(Case([]) with { SameInstrumentOverlaps = true }, Rated)).Code);
        Assert.Equal("run_in_the_future", Assert.Single(IntegrityRules.Judge(Case([]) with { LoadedAt = Start }, Rated)).Code);
    }

    [Fact]
    public void Two_different_persons_review_and_the_first_does_not_release()
    {
        var (one, two) = (new Actor(ActorKind.Staff, new Guid(1, 0, 0, new byte[8])), new Actor(ActorKind.Staff, new Guid(2, 0, 0, new byte[8])));
        var run = new RunRow { State = RunState.ControlOk, Reviewed1By = one.ToString() };
        Assert.Equal("same_reviewer", ReviewRules.MayReview(run, one).Refusal!.Code);
        Assert.True(ReviewRules.MayReview(run, two).Ok);
        Assert.Equal("needs_person", ReviewRules.MayReview(run, Actor.System).Refusal!.Code);
        var reviewed = new RunRow { State = RunState.Reviewed, Reviewed1By = one.ToString(), Reviewed2By = two.ToString() };
        Assert.Equal("first_reviewer_releases", ReviewRules.MayRelease(reviewed, one).Refusal!.Code);
        Assert.True(ReviewRules.MayRelease(reviewed, two).Ok);
        Assert.Equal("run_not_reviewed", ReviewRules.MayRelease(run, two).Refusal!.Code);
    }

    [Fact]
    public void Every_pair_of_states_of_runs_results_and_alerts_is_allowed_or_refused_by_the_table_alone()
    {
        Walk(RunStates.Table, 8);
        Walk(ResultStates.Table, 4);
        Walk(AlertStates.Table, 15);

        static void Walk<T>(StateTable<T> table, int allowed)
            where T : struct, Enum
        {
            var pairs = Enum.GetValues<T>().SelectMany(from => Enum.GetValues<T>().Select(to => (from, to))).ToList();
            Assert.Equal(allowed, pairs.Count(p => table.Move(p.from, p.to).Ok));
            Assert.All(pairs.Where(p => !table.Move(p.from, p.to).Ok), p => Assert.Equal("state_forbids", table.Move(p.from, p.to).Refusal!.Code));
        }
    }

    static IEnumerable<string> Judge(params IntegrityTube[] tubes) => IntegrityRules.Judge(Case(tubes), Rated).Select(a => a.Code);

    static IntegrityCase Case(IReadOnlyCollection<IntegrityTube> tubes) =>
        new(Start, Start.AddMinutes(70), Start.AddHours(2), 60, AllNegative: true, tubes, new Dictionary<int, int>(), SameInstrumentOverlaps: false);

    static StandingResult Result(int run, Call call) => new(new Guid(run, 0, 0, new byte[8]), new Guid(run, 0, 0, new byte[8]), call);

    static ResultRow Version(int version, ResultState state) => new() { Version = version, State = state };
}
