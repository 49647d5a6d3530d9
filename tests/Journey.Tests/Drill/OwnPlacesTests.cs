using System.CommandLine;
using System.Text;
using Qipan.Cli;
using Qipan.Drill;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Protocols;
using Qipan.Server.Access;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>A drill on places of one's own: the tree is the city's, the people are invented.</summary>
public sealed class OwnPlacesTests
{
    const string Tree = """
        code,name,lat,lon
        99,某省,,
        9955,某市,43.8,126.5
        995501,甲县,43.8,126.5
        995502,乙县,43.9,126.6
        995501001,城关街道,43.8,126.5
        995502001,河口镇,43.9,126.6
        995501001001,东门社区,43.81,126.51
        995501001002,西门社区,43.82,126.52
        995502001001,渡口村,43.91,126.61
        995501001001.c01,东门花园,43.81,126.51
        995501001001.c01.b01,1号楼,43.81,126.51
        """;

    [Fact]
    public async Task Invented_people_live_in_the_citys_own_communities_and_a_round_finds_all_of_them()
    {
        var stop = TestContext.Current.CancellationToken;
        var scenario = new Scenario("drill", CityPlan.County, Infected: 0, Mistakes: false) { Scans = true };
        var clock = new ScaledClock(scenario.At(0, 5), 0);
        await using var app = await QipanApp.Start(StoreKind.Sqlite, clock, folder: f => ExerciseProtocol.WriteTo(Path.Combine(f, "protocols")));
        using var http = new HttpClient { BaseAddress = app.Address };
        var first = (await FirstAccount.Ensure(app.Services)).Value!;
        var administrator = await StaffMember.SignIn(http, first.Login, first.Password, stop);
        await administrator.PostFile("/api/registers/imports/places?name=tree.csv", Encoding.UTF8.GetBytes(Tree), "text/csv", stop);

        var places = await OwnPlaces.Read(administrator, "9955", mostCommunities: 100, stop);
        Assert.Equal(11, places.Count);
        var plan = OwnPlaces.Plan(places, people: 300, seed: 4);
        Assert.Equal(("9955", "某市"), (plan.CityCode, plan.Name));
        var city = FictionalCity.On(plan, places, scenario.Day);
        Assert.Equal(["995501001001", "995501001002", "995502001001"], city.Households.Select(h => h.Room[..12]).Distinct().Order());
        Assert.All(city.Everybody, c => Assert.StartsWith("99", c.Document));
        Assert.All(city.Households.Where(h => h.Room.StartsWith("995501001001")), h => Assert.StartsWith("995501001001.c01.b01.", h.Room));

        var founded = await new FoundCity(http, "a passphrase of this test") { PlacesStand = true }.Run(administrator, city, stop);
        var agenda = new Agenda(clock);
        var drill = DrillDay.Begin(scenario with { Plan = plan }, agenda, http, founded);
        await drill.Past(stop);
        await agenda.Hurry(scenario.At(0, 20), stop);
        Assert.InRange(drill.Sampled, 280, city.Everybody.Count);
        Assert.Equal(city.Everybody.Count, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM duty WHERE kind = 1")));
    }

    [Theory]
    [InlineData("say where the places come from")]
    [InlineData("say where the places come from", "--places", "x.csv", "--from", "y")]
    [InlineData("there is no file", "--places", "/nowhere/x.csv")]
    [InlineData("--people is between", "--from", "y", "--people", "12")]
    public void A_drill_says_what_it_needs(string why, params string[] words)
    {
        var folder = Directory.CreateTempSubdirectory("qipan-drill-").FullName;
        var (exit, said) = Run(["drill", folder, .. words]);
        Assert.Equal(2, exit);
        Assert.Contains(why, said);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_drill_refuses_a_folder_that_holds_something()
    {
        var folder = Directory.CreateTempSubdirectory("qipan-drill-").FullName;
        File.WriteAllText(Path.Combine(folder, "qipan.db"), "");
        var (exit, said) = Run(["drill", folder, "--from", "y"]);
        Assert.Equal(2, exit);
        Assert.Contains("is not empty", said);
        Directory.Delete(folder, recursive: true);
    }

    static (int Exit, string Said) Run(string[] words)
    {
        var said = new StringWriter();
        return (Program.Run(words, new InvocationConfiguration { Output = said, Error = said, EnableDefaultExceptionHandler = false }), said.ToString());
    }
}
