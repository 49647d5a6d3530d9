using System.Net;
using System.Text;
using Qipan.Http;
using Qipan.Journey.Tests.Pages;
using Qipan.Kernel.Codes;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Cases;

/// <summary>The investigation desk as a browser without script uses it, and the API beside it.</summary>
public sealed class CasePageTests
{
    const string County = "990102";

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_case_is_opened_reported_classified_and_linked_on_its_pages(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var persons = await Persons(app, 2);
        using var desk = app.Browser(Role.Investigator, County);
        using var api = app.Client(Role.Investigator, County);

        var refused = await desk.Submit("/cases", "/cases", ("person", Guid.Empty.ToString()), ("disease", "COVID-19"), ("class", "Suspect"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("No person has this id", await refused.Content.ReadAsStringAsync());
        var opened = await desk.Submit("/cases", "/cases", ("person", persons[0].ToString()), ("disease", "COVID-19"), ("class", "Suspect"));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var page = opened.Headers.Location!.OriginalString;
        Assert.Matches("^/cases/990102-[0-9]{4}-00001$", page);
        var second = await (await api.PostAsync("/api/cases", Json.Of(new { person = persons[1], disease = "COVID-19", @class = "confirmed" }))).Read();
        Assert.Equal(("opened", "confirmed"), (second.GetProperty("verdict").GetString(), second.GetProperty("class").GetString()));

        Assert.Contains("report the case", Forms.Plain(await desk.Page(page)));
        using var chinese = app.Browser(Role.Investigator, County, "zh");
        Assert.Contains("报告病例", await chinese.Page(page));
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(page, page + "/report")).StatusCode);
        var same = await desk.Submit(page, page + "/review");
        Assert.Equal(HttpStatusCode.Forbidden, same.StatusCode);
        Assert.Contains("Another person does", await same.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(page, page + "/findings", ("naat_positive", "yes"), ("fever", ""))).StatusCode);
        Assert.Contains("this is: confirmed", Forms.Plain(await desk.Page(page)));
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(page, page + "/classify", ("class", "Confirmed"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            (await desk.Submit(page, page + "/correct", ("onset", "2999-01-01"), ("origin", "Local"), ("reason", "asked again"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(page, page + "/correct", ("onset", "2020-03-01"), ("origin", "Local"), ("reason", "asked again"))).StatusCode);

        var stay = await desk.Submit(page, page + "/stays", ("onDay", "2020-03-01"), ("from", "21:30"), ("to", "22:11"), ("placeText", "service area"), ("activity", "meal"));
        Assert.Equal(HttpStatusCode.SeeOther, stay.StatusCode);
        Assert.Contains("21:30–22:11", await desk.Page(page));
        var corrected = await desk.Submit(page, page + "/stays/correct",
            ("onDay", "2020-03-01"), ("from", "23:30"), ("to", "00:10"), ("placeText", "service area"), ("reason", "the receipt"));
        Assert.Equal(HttpStatusCode.SeeOther, corrected.StatusCode);
        Assert.Contains("23:30–00:10", await desk.Page(page));
        Assert.DoesNotContain("21:30–22:11", await desk.Page(page));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit(page, page + "/stays", ("onDay", "2020-03-01"), ("placeText", " "))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther,
            (await desk.Submit(page, page + "/links", ("from", second.GetProperty("no").GetString()!), ("confidence", "Probable"), ("situation", "shared_meal"))).StatusCode);
        var shown = Forms.Plain(await desk.Page(page));
        Assert.Contains("got it from 990102-", shown);
        Assert.DoesNotContain("The source is not to be found", shown);
        Assert.Contains("asked again", shown);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit(page, page + "/links", ("from", page[7..]), ("confidence", "Probable"))).StatusCode);

        Assert.Contains("00002", await desk.Page("/cases?show=sources"));
        Assert.DoesNotContain("-00001<", await desk.Page("/cases?show=sources"));
        var chains = await (await api.GetAsync("/api/cases/chains?disease=COVID-19")).Read();
        Assert.Equal((2, 1, 1, 2), (chains.GetProperty("cases").GetInt32(), chains.GetProperty("links").GetInt32(), chains.GetProperty("chains").GetInt32(), chains.GetProperty("openTails").GetInt32()));
        Assert.DoesNotContain(app.Log, line => line.Contains("service area"));
    }

    [Fact]
    public async Task Who_only_sees_gets_no_forms_and_who_sees_nothing_gets_nothing()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var person = (await Persons(app, 1))[0];
        using var api = app.Client(Role.Investigator, County);
        var no = (await (await api.PostAsync("/api/cases", Json.Of(new { person, disease = "MERS" }))).Read()).GetProperty("no").GetString();
        using var commander = app.Browser(Role.Commander, County);
        Assert.DoesNotContain($"action=\"/cases/{no}/", await commander.Page($"/cases/{no}"));
        using var elsewhere = app.Browser(Role.Commander, "990103");
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync($"/cases/{no}")).StatusCode);
        Assert.DoesNotContain(no!, await elsewhere.Page("/cases"));
        using var grid = app.Client(Role.GridWorker, County);
        Assert.Equal(HttpStatusCode.Forbidden, (await grid.GetAsync($"/api/cases/{no}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync("/api/cases/990102-2022-99999")).StatusCode);
        Assert.Equal(1, app.Store.Read(s => s.Scalar<int>("SELECT count(*) FROM access_log WHERE subject_kind = 'case'")));
    }

    static async Task<List<Guid>> Persons(QipanApp app, int many)
    {
        using var administrator = app.Client(Role.Administrator, "");
        using var officer = app.Client(Role.RoundOfficer, County);
        const string Tree = "code,name\n99,棋盘省\n9901,棋山市\n990102,城东区\n990102001,一街道\n990102001001,一社区\n";
        await (await administrator.PostAsync("/api/registers/imports/places?name=tree.csv", new StringContent(Tree, Encoding.UTF8, "text/csv"))).Read();
        var rows = string.Concat(Enumerable.Range(0, many).Select(i => $"棋{i}山,{Id(1980 + i)},1900000000{i},990102001001.c01.b1.u1.10{i}\n"));
        await (await officer.PostAsync("/api/registers/imports/persons?name=persons.csv",
            new StringContent("姓名,证件号码,手机号,现住地编码\n" + rows, Encoding.UTF8, "text/csv"))).Read();
        return app.Store.Read(s => s.Query<Guid>("SELECT id FROM person ORDER BY id"));
    }

    static string Id(int year)
    {
        var digits = $"990102{year:D4}0103003";
        return digits + IdNumber.CheckOf(digits);
    }
}
