using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class PlaceTests
{
    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task The_place_tree_of_Jilin_is_read_from_the_code_lists_and_the_census(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        Assert.Equal((31, 31, 0), await Import(test, "codes/china_division_provinces.csv"));
        Assert.Equal((342, 342, 0), await Import(test, "codes/china_division_cities.csv"));
        Assert.Equal((2978, 2978, 0), await Import(test, "codes/china_division_areas.csv"));
        Assert.Equal((1075, 1075, 0), await Import(test, "codes/jilin_streets.csv"));
        Assert.Equal((11860, 11860, 0), await Import(test, "codes/jilin_villages.csv"));
        Assert.Equal((0, 0, 0), await Again(test, "codes/jilin_streets.csv", 1075));
        Assert.Equal((69, 69, 0), await Import(test, "population/jilin_census2020_population.csv"));
        Assert.Equal((69, 69, 0), await Import(test, "population/jilin_counties_points.csv"));

        test.Store.Read(s =>
        {
            var counties = PlaceTree.Below(s, "22", PlaceLevel.County);
            Assert.Equal(69, counties.Count);
            // The census names the same development zones as such.
            Assert.Equal(["220171", "220172", "220173", "220174", "220271", "220272", "220273", "220771", "220871"],
                counties.Where(c => c.Official == 0).Select(c => c.Code));
            Assert.All(counties, c => Assert.True(c.Population > 0 && c.Lat is not null));
            Assert.Equal(9, PlaceTree.Children(s, "22").Count);
            Assert.Equal("船营区 德胜街道", PlaceTree.FullNames(s, ["220204001"])["220204001"]);
            Assert.Equal(31, PlaceTree.Children(s, null).Count);
            return 0;
        });
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Sums_over_reporting_units_count_what_is_of_which_once(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        var path = RealData.Shipped("scenarios/reporting-units-jilin.csv");
        var report = (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(path), Actor.System)).Value;
        Assert.Equal((report.Rows, 0), (report.Accepted, report.Refused));
        var tree = test.Store.Read(s => ReportingTree.Load(s, new DateOnly(2022, 3, 12)));

        // Province, 12 March 2022: 831 + 571 + 9 + 1 = 1,412, of the 831 of Changchun 565 in 九台 (domain, appendix C).
        var sum = tree.Sum(new Dictionary<string, long>
        {
            ["220113001"] = 565,
            ["220172001001"] = 200,
            ["220184"] = 60,
            ["2201"] = 6,
            ["220204001"] = 571,
            ["2224"] = 9,
            ["220581"] = 1,
        }).ToDictionary(f => f.Unit.Code, f => f.Value);
        Assert.Equal((1412, 831, 565, 200, 60, 571, 9), (sum["22"], sum["2201"], sum["220113"], sum["220172"], sum["220184"], sum["2202"], sum["2224"]));
        Assert.Equal((1, 0), (sum["220581"], sum["2205"]));
        Assert.Equal(sum["22"], tree.Units.Where(u => u.Parent == "22" && !u.OfWhich).Sum(u => sum[u.Code]));

        // Before 2020 公主岭 was under Siping by its old code.
        var before = test.Store.Read(s => ReportingTree.Load(s, new DateOnly(2019, 5, 13)));
        Assert.Contains(before.Units, u => u.Code == "220381");
        Assert.DoesNotContain(tree.Units, u => u.Code == "220381");
        Assert.DoesNotContain(before.Units, u => u.Code == "220184");
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task Units_below_a_community_are_added_by_hand_and_wrong_rows_of_a_file_are_refused(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        var file = Path.Combine(test.Settings.Folder, "own.csv");
        File.WriteAllText(file, "编码,名称\n99,甲\n9901,乙\n990102,丙\n990102001,丁\n990102001001,戊\n990102001001.c01,己\n990103001,无上级\n99x,坏\n990104,\n");
        var report = (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(file), Actor.System)).Value;
        Assert.Equal((9, 6, 3), (report.Rows, report.Accepted, report.Refused));
        Assert.Equal(["place_code_wrong", "place_name_missing", "place_parent_unknown"], report.FirstRefused.Select(r => r.Code).Order());
        Assert.Equal(4, File.ReadAllLines(report.RefusedFile!).Length);

        var caller = new Caller(new Actor(ActorKind.Staff, Guid.Empty), default, "990102", [new Grant(Role.Administrator, "990102")]);
        var add = new AddPlacesHandler(test.Store);
        async Task<string?> Try(params NewPlace[] places) => (await add.Handle(new AddPlaces(places), caller)).Refusal?.Code;
        Assert.Null(await Try(new NewPlace("990102001001.c02.b1", "1号楼"), new NewPlace("990102001001.c02", "二小区"), new NewPlace("990102001001.c02.b1.u1", "1单元")));
        Assert.Null(await Try(new NewPlace("990102001001.c02", "二小区")));
        Assert.Equal("place_parent_unknown", await Try(new NewPlace("990102001001.c09.b1", "1号楼")));
        Assert.Equal("place_not_below_community", await Try(new NewPlace("990102001002", "社区")));
        Assert.Equal("not_allowed", await Try(new NewPlace("990103001001.c01", "一小区")));
    }

    static async Task<(long Rows, long Accepted, long Refused)> Import(TestStore test, string file)
    {
        var report = (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(RealData.File(file)), Actor.System)).Value;
        return (report.Rows, report.Accepted, report.Refused);
    }

    static async Task<(long, long, long)> Again(TestStore test, string file, long had)
    {
        var report = (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(RealData.File(file)), Actor.System)).Value;
        return (report.Had - had, report.Accepted, report.Refused);
    }
}
