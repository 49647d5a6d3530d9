using Qipan.Cases;
using Qipan.Protocols;
using Qipan.Situation;
using Xunit;

namespace Qipan.Unit.Situation;

public sealed class CurveTests
{
    static readonly DateOnly First = new(2022, 3, 10);

    static SocialRule Leaves(params string[] out_) => new() { Days = 3, ThresholdPer100k = 0, Excludes = out_, Sign = "expert" };

    static DayCount Of(int day, long cases, CaseClass its = CaseClass.Confirmed, Discovery found = Discovery.SocialFace) => new(First.AddDays(day), its, found, cases);

    [Fact]
    public void Every_day_stands_in_the_curve_and_the_mean_looks_a_week_back()
    {
        var days = Curves.Of([Of(-6, 7), Of(0, 7), Of(2, 14)], new Dictionary<DateOnly, long>(), null, First, First.AddDays(3));
        Assert.Equal([7L, 0, 14, 0], days.Select(d => d.Positives));
        Assert.Equal([2.0, 1, 3, 3], days.Select(d => d.Mean!.Value));
    }

    [Fact]
    public void Suspects_stand_by_class_and_are_no_positives()
    {
        var day = Curves.Of([Of(0, 2, CaseClass.Suspect), Of(0, 3, CaseClass.Asymptomatic), Of(0, 4)], new Dictionary<DateOnly, long>(), null, First, First)[0];
        Assert.Equal((7L, 2L), (day.Positives, day.ByClass[CaseClass.Suspect]));
    }

    [Fact]
    public void A_day_whose_samples_wait_for_results_says_how_many()
    {
        var days = Curves.Of([], new Dictionary<DateOnly, long> { [First.AddDays(1)] = 250 }, null, First, First.AddDays(1));
        Assert.Equal([0L, 250], days.Select(d => d.Waiting));
    }

    [Theory]
    [InlineData(Discovery.Contact, RouteKind.Controlled, RouteKind.Controlled)]
    [InlineData(Discovery.CentralIsolation, RouteKind.Controlled, RouteKind.Controlled)]
    [InlineData(Discovery.SealedScreening, RouteKind.Social, RouteKind.Controlled)]
    [InlineData(Discovery.ControlledArea, RouteKind.Social, RouteKind.Social)]
    [InlineData(Discovery.PoolScreening, RouteKind.Social, RouteKind.Social)]
    [InlineData(Discovery.Entry, RouteKind.Other, RouteKind.Other)]
    public void Whether_a_sealed_area_is_society_the_protocol_says(Discovery found, RouteKind ninth, RouteKind eighth)
    {
        Assert.Equal(ninth, Curves.RouteOf(found, Leaves("central", "home")));
        Assert.Equal(eighth, Curves.RouteOf(found, Leaves("central", "home", "sealed")));
        Assert.Equal(ninth, Curves.RouteOf(found, null));
    }

    [Theory]
    [InlineData("", "220204001001", "22")]
    [InlineData("2202", "220204001001", "220204")]
    [InlineData("220204001", "220204001001.c03.b11.u1.501", "220204001001")]
    [InlineData("220204001001", "220204001001.c03.b11.u1.501", "220204001001.c03.b11")]
    [InlineData("220204001001", "220204001001.b11", "220204001001.b11")]
    [InlineData("220204001001.c03.b11", "220204001001.c03.b11.u1.501", "220204001001.c03.b11.u1.501")]
    [InlineData("220204", "220204", "220204")]
    public void A_place_belongs_to_the_part_one_step_below_the_region(string region, string place, string part) => Assert.Equal(part, new Region(region).Part(place));
}
