using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Drill.Spread;
using Xunit;

namespace Qipan.Unit.Drill;

/// <summary>The city of the demo and the outbreak in it: what it is calibrated to, and that a seed always gives the same.</summary>
public sealed class OutbreakOfACityTests
{
    static readonly Scenario County = Scenario.All[0];
    static readonly FictionalCity City = FictionalCity.Build(County.Plan, County.Day);
    static readonly Days Life = DaysOf(City);

    static Days DaysOf(FictionalCity city) => new(city, Lives.Of(city, County.Day), Venues.Of(city));

    static Epidemic Outbreak(FictionalCity city, Days days)
    {
        var epidemic = new Epidemic(city, days, County.Outbreak!, County.DateOf);
        epidemic.Until(0);
        return epidemic;
    }

    [Fact]
    public void One_seed_is_one_city_one_day_and_one_outbreak()
    {
        var again = FictionalCity.Build(County.Plan, County.Day);
        var days = DaysOf(again);
        Assert.Equal(Life.Of(0, County.Day, _ => false), days.Of(0, County.Day, _ => false));
        Assert.Equal(Outbreak(City, Life).Courses.OrderBy(c => c.Key), Outbreak(again, days).Courses.OrderBy(c => c.Key));
    }

    [Fact]
    public void Ages_are_those_of_the_census_of_2020_in_every_band()
    {
        double[] census = [3.24, 3.88, 3.76, 3.75, 4.80, 5.22, 7.96, 7.06, 8.19, 8.84, 9.38, 9.30, 8.00, 6.99, 4.26, 2.49, 2.90];
        var people = new double[census.Length];
        foreach (var citizen in City.Everybody)
            people[Math.Min((County.Day.DayNumber - citizen.Birth.DayNumber) / 1826, census.Length - 1)] += 100.0 / City.Everybody.Count;
        Assert.All(census.Zip(people), band => Assert.InRange(band.Second, band.First - 2.2, band.First + 2.2));
    }

    [Fact]
    public void In_the_same_part_of_a_venue_somebody_meets_a_handful()
    {
        var stays = Life.Of(0, County.Day, _ => false);
        Assert.InRange(stays.Count, 90_000, 140_000);
        var met = stays.GroupBy(s => (s.Venue, s.Area)).Sum(room => room.Sum(a => room.Count(b => b != a && Math.Min(a.Until, b.Until) > Math.Max(a.From, b.From))));
        Assert.InRange(met / (double)stays.Count, 4, 12);
    }

    [Fact]
    public void The_outbreak_has_grown_when_it_is_found_and_doubles_in_days_while_nobody_is_isolated()
    {
        var epidemic = Outbreak(City, Life);
        var before = epidemic.Courses.Count;
        Assert.InRange(before, 30, 90);
        epidemic.Until(5);
        Assert.InRange(epidemic.Courses.Count / (double)before, 1.5, 6);
        Assert.All(["household", "circle", "venue"], where => Assert.Contains(epidemic.Courses.Values, c => c.Where == where));
    }

    [Fact]
    public void Who_is_isolated_infects_nobody()
    {
        var epidemic = Outbreak(City, Life);
        foreach (var carrier in epidemic.Courses.Keys.ToList())
            epidemic.Confine(City.Everybody[carrier - 1]);
        var before = epidemic.Courses.Count;
        epidemic.Until(4);
        Assert.Equal(before, epidemic.Courses.Count);
    }

    [Fact]
    public void Classes_are_no_larger_than_schools_may_have_them() =>
        Assert.InRange(Life.Lives.Circles.Where(c => c.IsClass).Max(c => c.Members.Count), 20, 50);

    [Fact]
    public void Every_place_down_to_the_building_has_a_shape_and_neighbours_share_their_border()
    {
        Assert.All(City.Places.Where(p => p.Code.Length >= 6 && !p.Code.Contains(".u")), p => Assert.NotNull(p.Cell));
        var streets = City.Places.Where(p => p.Code.Length == 9 && p.Code.StartsWith("990102")).ToList();
        Assert.Equal(streets[0].Cell!.Value.North, streets[1].Cell!.Value.South);
        var json = System.Text.Json.JsonDocument.Parse(Ground.GeoJson(City.Places)).RootElement;
        Assert.Equal("FeatureCollection", json.GetProperty("type").GetString());
        Assert.All(json.GetProperty("features").EnumerateArray(), f =>
        {
            var ring = f.GetProperty("geometry").GetProperty("coordinates")[0];
            Assert.Equal(ring[0].ToString(), ring[ring.GetArrayLength() - 1].ToString());
        });
    }
}
