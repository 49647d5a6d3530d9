using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>Chains as a browser without script reads them, and the columns that the picture is made of.</summary>
public sealed class ChainPageTests
{
    const string County = "990102";

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task Chains_are_a_table_without_script_and_columns_for_the_picture(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var town = await ChainTown.Settle(app, 5);
        var (head, first, second, lone) = (town.Cases[0], town.Cases[1], town.Cases[2], town.Cases[3]);
        await town.Link(head, first, "confirmed");
        await town.Link(first, second, "suspected");
        using var desk = app.Browser(Role.Commander, County);

        Assert.Contains("href=\"/chains/MERS\"", await desk.Page("/chains"));
        var html = await desk.Page("/chains/MERS");
        var page = Forms.Plain(html);
        Assert.Contains("3 chains, the largest first", page);
        Assert.Matches($@"{head.No} 3 3 3 1 1 3 1 Mar 2020 5 Mar 2020", page);
        Assert.Contains("data-island=\"chains\"", html);
        Assert.DoesNotMatch("<script>|style=\"|onclick", html);
        Assert.DoesNotContain(lone.No, Forms.Plain(await desk.Page($"/chains/MERS?case={first.No}")));
        Assert.Contains("1 chains", Forms.Plain(await desk.Page("/chains/MERS?from=2020-03-04&to=2020-03-05")));
        Assert.Contains("No chain has such a case", await desk.Page("/chains/MERS?class=Asymptomatic"));
        Assert.Contains("3 chains", Forms.Plain(await desk.Page("/chains/MERS?open=sources")));
        using var chinese = app.Browser(Role.Commander, County, "zh");
        Assert.Contains("共 3 条传播链", await chinese.Page("/chains/MERS"));
        foreach (var script in Regex.Matches(html, "(?:src|data-worker)=\"(/assets/[^\"]+\\.js)\"").Select(m => m.Groups[1].Value))
        {
            var answer = await desk.GetAsync(script);
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
            Assert.True((await answer.Content.ReadAsByteArrayAsync()).Length is > 1000 and < 200_000);
        }

        var columns = JsonDocument.Parse(await desk.GetStringAsync("/api/chains/MERS/columns")).RootElement;
        Assert.Equal(("qipan-chains-1", "2020-03-01"), (columns.GetProperty("format").GetString(), columns.GetProperty("from").GetString()));
        var cases = columns.GetProperty("cases");
        Assert.All(cases.EnumerateObject(), column => Assert.Equal(5, column.Value.GetArrayLength()));
        Assert.Equal([0, 2, 4, 6, 8], Numbers(cases, "day"));
        Assert.Equal([0, 1, 2, 0, 0], Numbers(cases, "generation"));
        // Head and missing 3, open tail 4.
        Assert.Equal([7, 4, 4, 7, 7], Numbers(cases, "marks"));
        Assert.Equal([0, 1], Numbers(columns.GetProperty("links"), "from"));
        Assert.Equal([3, 1], Numbers(columns.GetProperty("links"), "confidence"));
        Assert.DoesNotContain("棋0山", columns.GetRawText());
    }

    [Fact]
    public async Task Chains_are_shown_to_those_who_see_cases_and_only_of_their_territory()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var town = await ChainTown.Settle(app, 2);
        using var elsewhere = app.Browser(Role.Commander, "990103");
        Assert.DoesNotContain("MERS", Forms.Plain(await elsewhere.Page("/chains")));
        Assert.Contains("No chain has such a case", await elsewhere.Page("/chains/MERS"));
        Assert.DoesNotContain(town.Cases[0].No[..11], await elsewhere.GetStringAsync("/api/chains/MERS/columns"));
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync($"/chains/MERS?area={County}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync($"/api/chains/MERS/columns?area={County}")).StatusCode);
        using var sampler = app.Browser(Role.Sampler, County);
        Assert.Equal(HttpStatusCode.Forbidden, (await sampler.GetAsync("/api/chains/MERS/columns")).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_missing_source_is_listed_its_candidates_are_ranked_and_one_is_accepted(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var town = await ChainTown.Settle(app, 5);
        var (source, looked, apart, later, second) = (town.Cases[0], town.Cases[2], town.Cases[1], town.Cases[4], town.Cases[3]);
        // Onsets are the 1st, 3rd, 5th, 7th and 9th; by the protocol of MERS a case infects from its onset on.
        await town.Stay(source, "2020-03-02", "18:00", "20:00", "第一饭店");
        await town.Stay(looked, "2020-03-02", "19:00", "21:00", "第一饭店");
        await town.Stay(apart, "2020-03-02", "10:00", "11:00", "第一饭店");
        await town.Stay(later, "2020-03-02", "19:00", "20:00", "第一饭店");
        await town.Stay(second, "2020-03-08", "19:00", "20:00", "第一饭店");
        using var desk = app.Browser(Role.Investigator, County);

        var missing = Forms.Plain(await desk.Page("/chains/MERS/sources"));
        Assert.Contains("5 in all", missing);
        Assert.Matches($"{looked.No} confirmed 5 Mar 2020 .* in [0-9]+ (d|h)", missing);
        Assert.Contains("whom they met", await desk.Page("/chains/MERS/tails"));
        var address = $"/cases/{looked.No}/sources";
        var page = Forms.Plain(await desk.Page(address));
        Assert.Contains("from 20 Feb 2020 to 5 Mar 2020", page);
        Assert.Contains($"{source.No} confirmed 4 days before", page);
        Assert.Contains("2 Mar 2020 19:00 – 2 Mar 2020 20:00", page);
        // Another time, before its own onset, after the days asked about: none of them is proposed.
        foreach (var other in new[] { apart, later, second })
            Assert.DoesNotContain(other.No, page);

        var unsaid = await desk.Submit(address, address, ("confidence", "Probable"), ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unsaid.StatusCode);
        Assert.Contains("Say why this case", await unsaid.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(address, address, ("confidence", "Probable"), ("reason", "one table"))).StatusCode);
        var linked = Forms.Plain(await desk.Page($"/cases/{looked.No}"));
        Assert.Contains($"got it from {source.No} · probable", linked);
        Assert.Contains("itinerary: one table", linked);
        Assert.Contains("4 in all", Forms.Plain(await desk.Page("/chains/MERS/sources")));
        var chain = await desk.Page($"/chains/MERS/of/{looked.No}");
        Assert.Contains("<svg class=\"timeline\"", chain);
        Assert.Contains("class=\"link probable\"", chain);
        Assert.Matches($"{source.No} confirmed 1 Mar 2020", Forms.Plain(chain));
        Assert.Equal(HttpStatusCode.NotFound, (await desk.GetAsync("/chains/MERS/of/990102-2020-99999")).StatusCode);
        using var commander = app.Browser(Role.Commander, County);
        Assert.DoesNotContain($"action=\"{address}\"", await commander.Page(address));
        using var elsewhere = app.Browser(Role.Investigator, "990103");
        Assert.NotEqual(HttpStatusCode.OK, (await elsewhere.GetAsync(address)).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_cluster_is_made_filled_counted_and_emptied(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var town = await ChainTown.Settle(app, 2);
        using var desk = app.Browser(Role.Investigator, County);
        Assert.Contains("There is no cluster", await desk.Page("/clusters"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit("/clusters", "/clusters", ("name", " "), ("kind", "Venue"))).StatusCode);
        var made = await desk.Submit("/clusters", "/clusters", ("name", "north market"), ("kind", "Venue"));
        var address = made.Headers.Location!.OriginalString;
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Submit(address, address + "/cases", ("case", town.Cases[0].No))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther,
            (await desk.Submit($"/cases/{town.Cases[1].No}", $"/cases/{town.Cases[1].No}/cluster", ("cluster", address["/clusters/".Length..]))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Submit(address, address + "/cases", ("case", "990102-2020-99999"))).StatusCode);
        Assert.Matches("north market venue 2 2 ", Forms.Plain(await desk.Page("/clusters")));
        Assert.Contains("north market", await desk.Page($"/cases/{town.Cases[1].No}"));
        Assert.Contains("2 chains", Forms.Plain(await desk.Page($"/chains/MERS?cluster={address["/clusters/".Length..]}")));
        Assert.Equal(HttpStatusCode.SeeOther,
            (await desk.Submit(address, address + "/cases", ("case", town.Cases[0].No), ("out", "1"), ("reason", "was never there"))).StatusCode);
        Assert.DoesNotContain(town.Cases[0].No, await desk.Page(address));
        using var commander = app.Browser(Role.Commander, County);
        Assert.DoesNotContain("<form method=\"post\" action=\"/clusters", await commander.Page(address));
        using var elsewhere = app.Browser(Role.Commander, "990103");
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Figures_are_numbers_and_drawings_and_a_case_has_a_timeline()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        var town = await ChainTown.Settle(app, 4);
        await town.Link(town.Cases[0], town.Cases[1], "confirmed");
        await town.Link(town.Cases[0], town.Cases[3], "confirmed");
        using var desk = app.Browser(Role.Commander, County);
        var html = await desk.Page("/chains/MERS/figures");
        var page = Forms.Plain(html);
        Assert.Contains("serial interval 2 4.0 2.8 4.0 2.2 – 5.8 2.0 – 6.0", page);
        Assert.Contains("Mean offspring 0.50", page);
        Assert.Contains("<svg class=\"histogram\"", html);
        using var chinese = app.Browser(Role.Commander, County, "zh");
        Assert.Contains("代间距", await chinese.Page("/chains/MERS/figures"));
        Assert.Contains("可能被感染期", await chinese.Page($"/cases/{town.Cases[3].No}"));
        await town.Stay(town.Cases[3], "2020-03-02", "18:00", "20:00", "第一饭店");
        var one = await desk.Page($"/cases/{town.Cases[3].No}");
        Assert.Contains("may have been infected: 22 Feb 2020 to 7 Mar 2020", one);
        Assert.Contains("class=\"stay\"", one);
        Assert.Contains($"href=\"/cases/{town.Cases[0].No}\"", one);
        Assert.DoesNotContain("NaN", one + html);
    }

    static IEnumerable<int> Numbers(JsonElement of, string column) => of.GetProperty(column).EnumerateArray().Select(n => n.GetInt32());
}

/// <summary>A county with some cases of MERS, two days from onset to onset, and those who ask.</summary>
sealed class ChainTown(QipanApp app, List<(Guid Id, string No)> cases)
{
    public List<(Guid Id, string No)> Cases => cases;

    public static async Task<ChainTown> Settle(QipanApp app, int many)
    {
        using var administrator = app.Client(Role.Administrator, "");
        using var officer = app.Client(Role.RoundOfficer, "990102");
        const string Tree = "code,name\n99,棋盘省\n9901,棋山市\n990102,城东区\n990102001,一街道\n990102001001,一社区\n";
        await (await administrator.PostAsync("/api/registers/imports/places?name=tree.csv", new StringContent(Tree, Encoding.UTF8, "text/csv"))).Read();
        var rows = string.Concat(Enumerable.Range(0, many).Select(i => $"棋{i}山,{Id(1980 + i)},1900000000{i},990102001001.c01.b1.u1.10{i}\n"));
        await (await officer.PostAsync("/api/registers/imports/persons?name=persons.csv",
            new StringContent("姓名,证件号码,手机号,现住地编码\n" + rows, Encoding.UTF8, "text/csv"))).Read();
        using var api = app.Client(Role.Investigator, "990102");
        var cases = new List<(Guid, string)>();
        foreach (var (person, i) in app.Store.Read(s => s.Query<Guid>("SELECT id FROM person ORDER BY id")).Select((p, i) => (p, i)))
        {
            var opened = await (await api.PostAsync("/api/cases", Json.Of(new { person, disease = "MERS", @class = "confirmed", onset = $"2020-03-{1 + (2 * i):00}" }))).Read();
            cases.Add((opened.GetProperty("id").GetGuid(), opened.GetProperty("no").GetString()!));
        }
        return new ChainTown(app, cases);
    }

    public async Task Link((Guid Id, string No) from, (Guid Id, string No) to, string confidence)
    {
        using var api = app.Client(Role.Investigator, "990102");
        await (await api.PostAsync("/api/cases/links", Json.Of(new { from = from.Id, to = to.Id, confidence }))).Read();
    }

    /// <summary>The case says that it was there, in China's time.</summary>
    public async Task Stay((Guid Id, string No) one, string day, string from, string to, string place)
    {
        using var api = app.Client(Role.Investigator, "990102");
        await (await api.PostAsync("/api/cases/itinerary/add", Json.Of(new
        {
            @case = one.Id,
            stay = new { onDay = day, fromAt = $"{day}T{from}:00+08:00", toAt = $"{day}T{to}:00+08:00", placeText = place },
        }))).Read();
    }

    static string Id(int year)
    {
        var digits = $"990102{year:D4}0103003";
        return digits + IdNumber.CheckOf(digits);
    }
}
