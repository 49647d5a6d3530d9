using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Drill.Spread;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>
/// Two days of an outbreak on the visits of a small city, with everybody's mistakes, through the public interface: what the program found is held
/// against what the drill knows.
/// </summary>
public sealed class OutbreakDrillTests
{
    static readonly CityPlan Plan = CityPlan.County with
    {
        Population = 900,
        StreetsPerDistrict = 1,
        CommunitiesPerStreet = 2,
        CompoundsPerCommunity = 1,
    };

    static readonly Scenario Outbreak = new("test", Plan, Infected: 0, Mistakes: true)
    {
        Scans = true,
        FirstDay = -1,
        Outbreak = new EpidemicPlan(Seeds: 6, FirstDay: -8),
    };

    [Fact]
    public async Task Cases_of_an_outbreak_are_those_who_carry_the_virus_and_their_contacts_are_found_from_visits()
    {
        await using var day = await DrilledDay.Begin(StoreKind.Sqlite, Outbreak);
        await day.Past();
        await day.Until(20, 0, day: 1);
        var truth = day.Drill.Truth!;

        var cases = day.App.Store.Read(s => s.Query<Guid>("SELECT person FROM case_record WHERE class IN (3, 4)"));
        Assert.InRange(cases.Count, 3, truth.Courses.Count);
        foreach (var person in cases)
            Assert.Contains((await day.Doors.Of(person, TestContext.Current.CancellationToken)).Number, truth.Courses.Keys);

        // Venues' visits, the list of a class or shift, and the household each proposed somebody.
        Assert.All(["visit", "roster", "household"], source => Assert.True(
            day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM contact WHERE sources LIKE @source", new { source = $"%{source}%" })) > 0, source));
        Assert.True(day.Drill.Visits > 300);

        // The mistakes are there, and the program says so.
        Assert.True(day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM handover WHERE state = 3")) > 0, "a hand-over was refused");
        Assert.True(day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duplicate_pair WHERE state = 2")) > 0, "a person was there twice, and is one");
        Assert.True(day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM discrepancy WHERE kind = 'tube_missing' AND state = 0")) > 0, "a tube was lost");
        Assert.True(day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM discrepancy WHERE state = 1")) > 0, "what explained itself was settled");
        Assert.Equal(0, day.Drill.Refused);
        Assert.Empty(day.Differences());
    }
}
