using FsCheck;
using FsCheck.Fluent;
using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases;

public sealed class FigureTests
{
    static readonly DateTimeOffset Start = new(2022, 3, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void INV_25_a_conversion_stands_in_two_lines_and_is_one_infection()
    {
        var one = new Guid(1, 0, 0, new byte[8]);
        FigureStep[] steps = [.. Opened(one, "asymptomatic", "220204", -5), Step(one, 2, 3, "class", "confirmed")];
        var day = CaseFigures.Of(steps, "2202", Start, Start.AddDays(1));
        Assert.Equal((1, 1, 0), (day.NewConfirmed, day.OfWhichConverted, day.NewAsymptomatic));
        Assert.Equal((1, 1), (day.CumulativeBefore, day.Cumulative));
        Assert.Equal((1, 0), (day.CumulativeConfirmed, day.CumulativeAsymptomatic));
        Assert.Empty(day.Corrections);
    }

    [Fact]
    public void INV_26_a_case_of_another_region_takes_a_total_down_by_a_correction_alone()
    {
        var one = new Guid(1, 0, 0, new byte[8]);
        FigureStep[] steps = [.. Opened(one, "confirmed", "220204", -5), Step(one, 2, 3, "onset_region", "230100", "onset in Harbin")];
        var here = CaseFigures.Of(steps, "22", Start, Start.AddDays(1));
        var there = CaseFigures.Of(steps, "23", Start, Start.AddDays(1));
        Assert.Equal((1, 0, 0), (here.CumulativeBefore, here.Cumulative, here.NewConfirmed));
        Assert.Equal((-1, "attributed_away", "onset in Harbin"), (here.Corrections[0].By, here.Corrections[0].Kind, here.Corrections[0].Reason));
        Assert.Equal((0, 1, 0), (there.CumulativeBefore, there.Cumulative, there.NewConfirmed));
        Assert.Equal((1, "attributed_here"), (there.Corrections[0].By, there.Corrections[0].Kind));
        Assert.Equal(here.CumulativeBefore + there.CumulativeBefore, here.Cumulative + there.Cumulative);
    }

    [Fact]
    public void INV_11_a_false_positive_stands_as_a_correction_and_is_not_subtracted_from_the_new_ones()
    {
        var one = new Guid(1, 0, 0, new byte[8]);
        FigureStep[] steps = [.. Opened(one, "confirmed", "220204", 1), Step(one, 2, 3, "class", "ruled_out", "13 of 13 negative on re-test")];
        var day = CaseFigures.Of(steps, "220204", Start, Start.AddDays(1));
        Assert.Equal((1, 0), (day.NewConfirmed, day.Cumulative));
        Assert.Equal((-1, "ruled_out", "13 of 13 negative on re-test"), (day.Corrections[0].By, day.Corrections[0].Kind, day.Corrections[0].Reason));
    }

    [Fact]
    public void INV_47_the_counties_sum_to_their_province()
    {
        Prop.ForAll(Histories().ToArbitrary(), cases =>
        {
            var steps = Steps(cases);
            CaseFigures[] all = [.. new[] { "22", "220204", "220202" }.Select(t => CaseFigures.Of(steps, t, Start, Start.AddDays(1)))];
            Assert.Equal(all[0].Cumulative, all[1].Cumulative + all[2].Cumulative);
            Assert.Equal(all[0].CumulativeBefore, all[1].CumulativeBefore + all[2].CumulativeBefore);
            Assert.Equal(all[0].NewConfirmed, all[1].NewConfirmed + all[2].NewConfirmed);
            Assert.Equal(all[0].OfWhichConverted, all[1].OfWhichConverted + all[2].OfWhichConverted);
            Assert.Equal(all[0].Corrections.Sum(c => c.By), all[1].Corrections.Sum(c => c.By) + all[2].Corrections.Sum(c => c.By));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_cumulative_total_moves_by_new_infections_and_corrections_alone()
    {
        Prop.ForAll(Histories().ToArbitrary(), cases =>
        {
            var steps = Steps(cases);
            foreach (var territory in new[] { "220204", "2202", "22", "23" })
            {
                var day = CaseFigures.Of(steps, territory, Start, Start.AddDays(1));
                var before = CaseFigures.Of(steps, territory, Start.AddYears(-1), Start);
                Assert.Equal(before.Cumulative, day.CumulativeBefore);
                Assert.Equal(day.Cumulative, day.CumulativeBefore + day.NewConfirmed - day.OfWhichConverted + day.NewAsymptomatic + day.Corrections.Sum(c => c.By)
                    - BackToAsymptomatic(steps, territory));
                Assert.Equal(day.Cumulative, day.CumulativeConfirmed + day.CumulativeAsymptomatic);
            }
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Of some cases, changes of class and region at hours of three days, the second of which is counted.</summary>
    static Gen<List<List<(string What, int Hour)>>> Histories()
    {
        string[] words = ["suspect", "asymptomatic", "confirmed", "ruled_out", "220204", "220202", "230100"];
        var history = Gen.ListOf(from what in Gen.Elements(words) from hour in Gen.Choose(0, 71) select (what, hour));
        return Gen.ListOf(history.Select(steps => steps.OrderBy(s => s.hour).ToList())).Select(cases => cases.ToList());
    }

    static List<FigureStep> Steps(List<List<(string What, int Hour)>> cases) => [.. cases.SelectMany((history, i) =>
    {
        var id = new Guid(i + 1, 0, 0, new byte[8]);
        return Opened(id, "suspect", "220204", -30).Concat(history.Select((s, n) =>
            Step(id, n + 2, s.Hour - 24, char.IsAsciiDigit(s.What[0]) ? "onset_region" : "class", s.What)));
    })];

    /// <summary>The state table allows no way from confirmed back to asymptomatic; a random history takes it, and it is counted as new.</summary>
    static int BackToAsymptomatic(List<FigureStep> steps, string territory) => steps.GroupBy(s => s.Case).Sum(one =>
    {
        var (at, region, back) = ("", "", 0);
        foreach (var step in one.OrderBy(s => s.Seq).Where(s => s.At < Start.AddDays(1)))
        {
            if (step.Field == "class")
            {
                back += step.At >= Start && at == "confirmed" && step.Value == "asymptomatic" && region.StartsWith(territory, StringComparison.Ordinal) ? 1 : 0;
                at = step.Value!;
            }
            else
            {
                region = step.Value!;
            }
        }
        return back;
    });

    static IEnumerable<FigureStep> Opened(Guid id, string kind, string region, int hour) =>
        [new(id, "no", 1000, Start.AddHours(hour), "class", kind, null), new(id, "no", 1016, Start.AddHours(hour), "onset_region", region, null)];

    static FigureStep Step(Guid id, int version, int hour, string field, string value, string? reason = null) =>
        new(id, "no", version * 1000, Start.AddHours(hour), field, value, reason);
}
