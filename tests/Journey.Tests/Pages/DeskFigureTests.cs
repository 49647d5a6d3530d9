using System.Net;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>A round of thirty persons in three tubes, on the desks of those who work on it: each shows its figures, and nothing of the others'.</summary>
public sealed class DeskFigureTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    static readonly string[] Codes = ["RLAB0001", "RLAB0002", "RLAB0003"];

    [Theory, MemberData(nameof(Stores))]
    public async Task The_laboratory_sees_what_comes_waits_and_is_tested_against_what_it_can_do(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind, folder: PlateTown.Exercise);
        var town = await Begin(app);
        await town.Sample();
        var coming = Forms.Plain(await town.As("technician").Page("/lab"));
        Assert.Contains("On the way 3 tubes in boxes that were sent", coming);
        Assert.Contains("Tubes that wait 0 none", coming);
        Assert.Contains("of 500 rated", coming);
        Assert.Contains("No plate is planned.", coming);

        await town.Receive();
        var here = Forms.Plain(await town.As("technician").Page("/lab"));
        Assert.Contains("On the way 0", here);
        Assert.Contains("Tubes that wait 3 the oldest for 0 min", here);
        Assert.Contains("Come in the last hour 3 3 in 24 hours", here);
        Assert.Contains("Tested in the last hour 0", here);

        await ActPageTests.Done(town.As("technician"), "/lab", $"/lab/{town.Lab}/plates", ("name", "plate of tomorrow"), ("wells", "96"));
        var planned = await town.As("technician").Page("/lab");
        Assert.Contains("plate of tomorrow", planned);
        Assert.DoesNotContain("No plate is planned.", planned);

        await ActPageTests.Load(town, ("RLAB0001", null), ("RLAB0002", 25));
        var running = Forms.Plain(await town.As("technician").Page("/lab"));
        // The plan has taken all three; two of them are tested, and at two an hour three take an hour and a half.
        Assert.Contains("Tubes that wait 0 none In a run 3", running);
        Assert.Contains("Tested in the last hour 2 2 in 24 hours of 500 rated", running);
        Assert.Contains("All tested in 1 h 30 min", running);
        Assert.Equal(HttpStatusCode.Forbidden, (await town.As("team").GetAsync("/lab")).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task A_persons_life_shows_to_each_role_its_part_with_what_stands_behind_it(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind, folder: PlateTown.Exercise);
        var town = await Begin(app);
        await town.Sample();
        await town.Receive();
        var run = await ActPageTests.Load(town, ("RLAB0001", null), ("RLAB0002", 25));
        foreach (var (login, act) in new[] { ("reviewer-1", "review"), ("reviewer-2", "review"), ("reviewer-2", "release") })
            await ActPageTests.Done(town.As(login), $"/lab/runs/{run:N}", $"/lab/runs/{run:N}/{act}");
        Guid First(string code) => app.Store.Read(s => s.One<Guid>("SELECT person FROM registration WHERE tube = @tube AND position = 1", new { tube = town.Tubes[code] }));
        var person = First("RLAB0002");
        var alert = app.Store.Read(s => s.One<Guid>("SELECT id FROM pool_alert"));
        var page = $"/persons/{person:N}?purpose=Testing";

        var officer = await town.As("officer").Page(page);
        Assert.Contains($"/tubes/tube/{town.Tubes["RLAB0002"]:N}", officer);
        Assert.DoesNotContain($"/tubes/tube/{town.Tubes["RLAB0001"]:N}", officer);
        Assert.Contains("To do until", Forms.Plain(officer));
        var negative = Forms.Plain(await town.As("officer").Page($"/persons/{First("RLAB0001"):N}?purpose=Testing"));
        Assert.Contains("Done: be tested in the round", negative);
        Assert.DoesNotContain($"/alerts/{alert:N}", officer);
        Assert.Contains($"/alerts/{alert:N}", await town.As("team").Page(page));
        Assert.Equal(HttpStatusCode.Forbidden, (await town.As("technician").GetAsync(page)).StatusCode);
        Assert.Contains("view", app.Store.Read(s => s.Query<string>("SELECT action FROM access_log WHERE subject_id = @id", new { id = person.ToString("N") })));
    }

    [Fact]
    public async Task The_trail_leads_from_a_tube_to_the_device_and_is_for_those_who_may_follow_it()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, folder: PlateTown.Exercise);
        var town = await Begin(app);
        await town.Sample();
        var tube = town.Tubes["RLAB0001"];
        var found = await town.As("officer").GetAsync($"/trail?kind=tube&id={tube:D}");
        Assert.Equal($"/trail/tube/{tube:N}", found.Headers.Location?.OriginalString);
        var trail = await town.As("officer").Page($"/trail/tube/{tube:N}");
        Assert.Contains("RLAB0001", trail);
        Assert.DoesNotContain("RLAB0002", trail);
        Assert.Contains($"/trail/device/{town.Device}", trail);
        Assert.Contains("Open to Sealed", trail);
        foreach (var name in town.Names["RLAB0001"])
            Assert.DoesNotContain(name, trail);
        Assert.Contains("Nothing is known of this.", await town.As("officer").Page($"/trail/tube/{Guid.Empty:N}"));
        var chinese = await town.As("officer").Page($"/trail/tube/{tube:N}?lang=zh");
        Assert.All(["采样管 RLAB0001", "开管 → 封管", "持有方", "设备上传批次", "登记设备", "（设备时钟）", "第1次交接", "（自 ", "10／10"], words => Assert.Contains(words, chinese));
        Assert.All(["Open to Sealed", "facts from a device", "register device", "by the device", " since 20", "Z</dd>"], words => Assert.DoesNotContain(words, chinese));
        using var sampler = app.Browser(Role.Sampler, PlateTown.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await sampler.GetAsync($"/trail/tube/{tube:N}")).StatusCode);
    }

    [Fact]
    public async Task Home_opens_the_day_of_each_role_with_its_own_work()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, folder: PlateTown.Exercise);
        var town = await Begin(app);
        await town.Sample();
        await town.Receive();
        var technician = Forms.Plain(await town.As("technician").Page("/"));
        Assert.Contains("Tubes that wait 3", technician);
        Assert.Contains("Laboratory one", technician);
        Assert.DoesNotContain("Late duties", technician);
        var officer = Forms.Plain(await town.As("officer").Page("/"));
        Assert.Contains("Should 30", officer);
        Assert.Contains("Late duties 0 of", officer);
        Assert.DoesNotContain("Laboratory one", officer);
        var team = Forms.Plain(await town.As("team").Page("/"));
        Assert.Contains("Cases today 0", team);
        Assert.DoesNotContain("Tubes that wait", team);
        using var administrator = app.Browser(Role.Administrator, PlateTown.County);
        Assert.DoesNotContain("Late duties", await administrator.Page("/"));
        Assert.Contains("/admin/staff", await administrator.Page("/"));
        using var sampler = app.Browser(Role.Sampler, PlateTown.County);
        Assert.DoesNotContain("/admin/staff", await sampler.Page("/"));
    }

    [Fact]
    public async Task Settings_are_shown_as_they_hold_with_who_said_so_in_both_languages()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, folder: f => File.WriteAllText(Path.Combine(f, "qipan.json"), """{ "sampling": { "resultHours": 7 } }"""));
        using var chief = app.Browser(Role.Administrator);
        var english = Forms.Plain(await chief.Page("/admin/settings"));
        Assert.Matches("sampling.resultHours A tube of no known round has its result within so many hours. 7 .*qipan.json", english);
        Assert.Matches("sampling.resampleHours [^.]*\\. 24 default", english);
        var chinese = Forms.Plain(await chief.Page("/admin/settings?lang=zh"));
        Assert.Contains("sampling.resultHours 不属于任何已知轮次的采样管须在多少小时内出结果。 7", chinese);
        Assert.DoesNotContain("A tube of no known round", chinese);
        using var command = app.Browser(Role.Commander);
        Assert.Equal(HttpStatusCode.Forbidden, (await command.GetAsync("/admin/settings")).StatusCode);
    }

    [Fact]
    public async Task Tubes_of_a_state_are_paged_by_key_and_none_is_shown_twice()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, folder: PlateTown.Exercise);
        var town = await PlateTown.Build(app, [.. Enumerable.Range(1, 60).Select(n => $"RLAB{n:D4}")]);
        town.As("officer").DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await town.Sample();
        var first = await town.As("officer").Page("/tubes?state=InTransit");
        var next = System.Text.RegularExpressions.Regex.Match(first, "rel=\"next\" href=\"([^\"]+)\"").Groups[1].Value;
        var second = await town.As("officer").Page(WebUtility.HtmlDecode(next));
        var (one, two) = (Codes(first), Codes(second));
        Assert.Equal((50, 10), (one.Count, two.Count));
        Assert.Empty(one.Intersect(two));
        Assert.DoesNotContain("rel=\"next\"", second);

        static HashSet<string> Codes(string page) => [.. System.Text.RegularExpressions.Regex.Matches(page, "RLAB\\d{4}").Select(m => m.Value)];
    }

    static async Task<PlateTown> Begin(QipanApp app)
    {
        var town = await PlateTown.Build(app, Codes);
        foreach (var login in new[] { "technician", "reviewer-1", "reviewer-2", "team", "officer" })
            town.As(login).DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return town;
    }
}
