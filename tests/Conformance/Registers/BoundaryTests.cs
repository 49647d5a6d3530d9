using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Conformance.Registers;

[Trait("area", "registers")]
public sealed class BoundaryTests
{
    static string Feature(string code, double lon, string more = "") =>
        FormattableString.Invariant($$$"""{"type":"Feature","properties":{"adcode":{{{code}}}},"geometry":{"type":"Polygon","coordinates":[[[{{{lon}}},43],[{{{lon + 1}}},43],[{{{lon + 1}}},44],[{{{lon}}},43]]]{{{more}}}}}""");

    static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_place_has_one_outline_and_each_feature_is_judged_alone(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        await Write(test, "code,name\n22,吉林省\n2202,吉林市\n220202,昌邑区\n220204,船营区\n220284,磐石市\n", ".csv",
            async path => (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(path), Actor.System)).Value);

        var first = await Import(test, Collection(Feature("220204", 126), Feature("\"220202\"", 125), Feature("2202", 124), Feature("229999", 1), Feature("null", 1),
            Feature("220284", 120)));
        Assert.Equal((6, 4, 0, 2), (first.Rows, first.Accepted, first.Had, first.Refused));
        Assert.Equal([(4L, "place_unknown"), (5L, "boundary_without_code")], first.FirstRefused.Select(r => (r.Row, r.Code)));
        Assert.Equal(["220202", "220204", "220284"], Inside(test, "22", PlaceLevel.County).ConvertAll(s => s.Code));
        Assert.Equal([(PlaceLevel.City, 1L), (PlaceLevel.County, 3L)], test.Store.Read(s => BoundaryBook.Levels(s, "")));
        Assert.Equal([(PlaceLevel.County, 1L)], test.Store.Read(s => BoundaryBook.Levels(s, "220204")));

        // The same again changes nothing; another outline takes the place of the one before; of two in one file the later holds.
        var again = await Import(test, Collection(Feature("220204", 126), Feature("220202", 1), Feature("220202", 130)));
        Assert.Equal((3, 1, 1, 1), (again.Rows, again.Accepted, again.Had, again.Refused));
        Assert.Equal((2L, "boundary_twice"), again.FirstRefused.Select(r => (r.Row, r.Code)).Single());
        Assert.Equal((130.0, 131.0), (Inside(test, "220202", PlaceLevel.County)[0].MinLon, Inside(test, "220202", PlaceLevel.County)[0].MaxLon));
    }

    [Theory, MemberData(nameof(TestStores.All), MemberType = typeof(TestStores))]
    public async Task A_county_changes_no_outline_of_its_neighbours(StoreKind kind)
    {
        await using var test = await TestStores.Open(kind, new FakeClock(), RegistersModule.Schema);
        await Write(test, "code,name\n22,吉林省\n2202,吉林市\n220202,昌邑区\n220204,船营区\n", ".csv",
            async path => (await new ImportPlacesHandler(test.Store).Handle(new ImportPlaces(path), Actor.System)).Value);
        var caller = new Caller(Actor.System, default, "220204", [new Grant(Role.Administrator, "220204")]);
        var report = await Import(test, Collection(Feature("220204", 126), Feature("220202", 125)), caller);
        Assert.Equal((1, 1, "not_allowed"), ((int)report.Accepted, (int)report.Refused, report.FirstRefused[0].Code));
        Assert.Equal(["220204"], Inside(test, "22", PlaceLevel.County).ConvertAll(s => s.Code));
        var broken = await Write(test, "lon,lat", ".geojson", path => new ImportBoundariesHandler(test.Store).Handle(new ImportBoundaries(path), Actor.System, caller));
        Assert.Equal("boundaries_unreadable", broken.Refusal!.Code);
    }

    static List<PlaceShape> Inside(TestStore test, string territory, PlaceLevel level) => test.Store.Read(s => BoundaryBook.Inside(s, territory, level));

    static async Task<ImportReport> Import(TestStore test, string text, Caller? caller = null) => await Write(test, text, ".geojson", async path =>
    {
        var report = (await new ImportBoundariesHandler(test.Store).Handle(new ImportBoundaries(path, "adcode"), Actor.System, caller)).Value;
        Assert.Equal(report.Refused > 0, report.RefusedFile is not null);
        if (report.RefusedFile is { } beside)
            File.Delete(beside);
        return report;
    });

    static async Task<T> Write<T>(TestStore test, string text, string ending, Func<string, Task<T>> use)
    {
        var path = Path.Combine(test.Settings.Folder, $"{Path.GetRandomFileName()}{ending}");
        await File.WriteAllTextAsync(path, text);
        return await use(path);
    }
}
