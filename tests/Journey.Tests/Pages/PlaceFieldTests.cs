using System.Net;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>A place is named as people know it: by the API as it is typed, by a form when it is sent, by the address of a list.</summary>
public sealed class PlaceFieldTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_place_is_found_by_a_part_of_its_name_its_pinyin_its_initials_and_its_code(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Build(app);
        using var officer = app.Client(Role.RoundOfficer, Town.County, "zh-CN");
        var street = Town.Community[..9];
        foreach (var typed in (string[])["一街道", "街道", "yijiedao", "jiedao", "yjd", street, "YiJie"])
            Assert.Contains(street, await Found(officer, typed));
        Assert.Contains(Town.Community, await Found(officer, "一街道 一社区"));
        Assert.Contains(Town.Community, await Found(officer, "yijie yishe"));
        Assert.Empty(await Found(officer, "二街道"));
        Assert.Empty(await Found(officer, "%"));
        Assert.Empty(await Found(officer, " "));
    }

    [Fact]
    public async Task Of_other_territories_only_counties_and_what_is_above_them_are_found()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await Build(app);
        using var stranger = app.Client(Role.RoundOfficer, "990103", "zh-CN");
        Assert.Empty(await Found(stranger, "一街道"));
        Assert.Empty(await Found(stranger, Town.Community));
        Assert.Equal([Town.County], await Found(stranger, Town.County));
        using var nobody = app.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/registers/places/find?q=x")).StatusCode);
    }

    [Fact]
    public async Task A_form_takes_a_name_for_its_place_and_offers_places_where_several_are_called_so()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await Build(app);
        using var chief = app.Browser(Role.Administrator, Town.County, "zh-CN");
        Task<HttpResponseMessage> Add(string territory, params (string, string)[] more) =>
            chief.Submit("/admin/units", "/admin/units", [("kind", "StreetOffice"), ("name", "街道办 <甲>"), ("territory", territory), .. more]);
        string? Kept() => app.Store.Read(s => s.One<string?>("SELECT max(territory) FROM org_unit WHERE name = '街道办 <甲>'"));

        var several = await Add("yi");
        var offered = await several.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, several.StatusCode);
        Assert.Contains($"type=\"radio\" name=\"territory.chosen\" value=\"{Town.Community}\"", offered);
        Assert.Contains("value=\"街道办 &lt;甲&gt;\"", offered);
        Assert.Contains("aria-invalid=\"true\" aria-describedby=\"refused\"", offered);
        Assert.Null(Kept());

        var none = await Add("nowhere");
        Assert.Contains("辖区内没有以此开头的地点", await none.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await Add("yi", ("territory.chosen", Town.Community))).StatusCode);
        Assert.Equal(Town.Community, Kept());
        Assert.Equal(HttpStatusCode.SeeOther, (await Add("一街道")).StatusCode);
        Assert.Equal(2, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM org_unit WHERE name = '街道办 <甲>'")));
    }

    [Fact]
    public async Task An_address_that_names_a_place_leads_to_its_code_or_to_a_choice()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        await Build(app);
        using var officer = app.Browser(Role.RoundOfficer, Town.County);
        var one = await officer.GetAsync($"/duties?view=all&_places=area&area={Uri.EscapeDataString("一街道")}");
        Assert.Equal($"/duties?view=all&area={Town.Community[..9]}", one.Headers.Location?.OriginalString);
        var choice = await officer.Page("/duties?view=all&_places=area&area=yi");
        Assert.Contains($"href=\"/duties?view=all&amp;area={Town.Community}\"", choice);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync("/duties?_places=area&area=nowhere")).StatusCode);
    }

    /// <summary>A town whose places came with a file, as they do.</summary>
    static async Task Build(QipanApp app)
    {
        await Town.Build(app);
        var file = Path.Combine(app.Storage.Folder, "names.csv");
        await File.WriteAllTextAsync(file, $"code,name,name_en\n{Town.County},江北区,Jiangbei\n{Town.Community[..9]},一街道,First Street\n{Town.Community},一社区,First Community\n");
        var read = await ((ImportPlacesHandler)app.Services.GetService(typeof(ImportPlacesHandler))!).Handle(new ImportPlaces(file), Actor.System);
        Assert.Equal(3, read.Value.Accepted);
    }

    static async Task<List<string>> Found(HttpClient client, string typed) =>
        [.. (await (await client.GetAsync("/api/registers/places/find?q=" + Uri.EscapeDataString(typed))).Read()).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];
}
