using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Duties;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>
/// A whole day of an invented city through the public interface: what the demo shows, on a few hundred people. What the program says at
/// the end is held against what the drill knows.
/// </summary>
public sealed class DrillDayTests
{
    static readonly CityPlan Plan = CityPlan.County with
    {
        Population = 700,
        StreetsPerDistrict = 1,
        CommunitiesPerStreet = 2,
        CompoundsPerCommunity = 1,
    };

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_positive_pool_of_a_drill_becomes_members_with_duties_and_each_is_decided(StoreKind kind)
    {
        await using var day = await DrilledDay.Begin(kind, new Scenario("test", Plan, Infected: 1, Mistakes: true));
        await day.Until(9, 50);
        var alert = Assert.Single(await day.Alerts());
        Assert.Equal(10, alert.Members);
        Assert.Equal(10, day.Duties(DutyKind.HoldMember, alert.Id));
        Assert.Equal(10, day.Duties(DutyKind.ResampleMember, alert.Id));
        Assert.Equal(10, day.Duties(DutyKind.DecideMember, alert.Id));

        await day.Until(17, 0);
        Assert.Equal(0, day.Drill.Refused);
        Assert.Empty(await day.Alerts());
        var outcomes = day.App.Store.Read(s => s.Query<int>("SELECT outcome FROM pool_alert_member WHERE alert = @Id", new { alert.Id }));
        Assert.Equal([.. Enumerable.Repeat(1, 9), 2], outcomes.Order());

        // The household has caught it by the next morning, whose round is another.
        await day.Until(12, 0, day: 1);
        Assert.Equal(0, day.Drill.Refused);
        Assert.NotEmpty(await day.Alerts());
        Assert.Empty(day.Differences());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Nobody_of_a_drill_is_missing_without_the_program_saying_so(StoreKind kind)
    {
        await using var day = await DrilledDay.Begin(kind, new Scenario("test", Plan, Infected: 0, Mistakes: true));
        await day.Until(18, 0);
        Assert.Empty(await day.Alerts());
        var done = day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 1 AND state = 1"));
        var open = day.App.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 1 AND state = 0"));
        var rejected = day.App.Store.Read(s => s.Scalar<long>("SELECT sum(count) FROM tube WHERE reject_reason <> 0"));
        Assert.Equal(day.Population, done + open);
        // Of those who came, only the members of the lost and the leaking tubes have no result.
        Assert.Equal(day.Drill.Sampled - rejected, done);
        Assert.InRange(rejected, 2, 40);
        Assert.Empty(day.Differences());
    }
}
