using Qipan.Drill.City;
using Xunit;

namespace Qipan.Unit.Drill;

public sealed class FictionalCityTests
{
    static readonly DateOnly Today = new(2022, 3, 21);
    static readonly FictionalCity City = FictionalCity.Build(CityPlan.County, Today);

    [Fact]
    public void The_same_plan_gives_the_same_city()
    {
        var again = FictionalCity.Build(CityPlan.County, Today);
        Assert.Equal(City.People.Select(p => (p.Household.Room, p.Citizen.Document)), again.People.Select(p => (p.Household.Room, p.Citizen.Document)));
    }

    [Fact]
    public void Documents_are_right_by_their_check_character_and_belong_to_no_division()
    {
        const string Weights = "7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2";
        var weights = Weights.Split(' ').Select(int.Parse).ToArray();
        Assert.All(City.People, person =>
        {
            var document = person.Citizen.Document;
            Assert.StartsWith("99", document);
            Assert.Equal("10X98765432"[weights.Select((w, i) => w * (document[i] - '0')).Sum() % 11], document[17]);
        });
    }

    [Fact]
    public void Documents_are_nobodys_twice() =>
        Assert.Equal(City.People.Count(), City.People.Select(p => p.Citizen.Document).Distinct().Count());

    [Fact]
    public void Households_and_ages_follow_the_census()
    {
        Assert.InRange(City.People.Count(), 20_000, 20_005);
        Assert.InRange(City.Households.Average(h => h.Members.Count), 2.05, 2.45);
        var old = City.People.Count(p => p.Citizen.Birth <= Today.AddYears(-65)) / (double)City.People.Count();
        var young = City.People.Count(p => p.Citizen.Birth > Today.AddYears(-15)) / (double)City.People.Count();
        Assert.InRange(old, 0.12, 0.22);
        Assert.InRange(young, 0.08, 0.16);
    }

    [Fact]
    public void Every_community_is_lived_in()
    {
        var lived = City.Households.Select(h => h.Room[..12]).ToHashSet();
        Assert.All(City.Places.Where(p => p.Code.Length == 12), p => Assert.Contains(p.Code, lived));
    }
}
