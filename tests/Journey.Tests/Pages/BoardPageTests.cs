using System.Net;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>The board of a county with one round, and what its pages hear when something changes.</summary>
public sealed class BoardPageTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task The_board_shows_the_round_its_stages_and_leads_to_the_lists(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var (round, _) = await RoundPageTests.Fill(app);
        await Case(app, Town.Community, "2022-03-01");
        using var browser = app.Browser(Role.Commander, Town.County);

        var page = await browser.Page($"/board?area={Town.County}");
        var text = Forms.Plain(page);
        Assert.Contains("Round of the test", text);
        Assert.Contains("Should 3", text);
        Assert.Contains("transport 1 1 tube", text);
        Assert.Contains("sampling 2 still to come", text);
        Assert.Contains($"/rounds/{round:N}?area={Town.County}&list=missing#list", page.Replace("&amp;", "&", StringComparison.Ordinal));
        Assert.Contains("be tested in the round 3 0", text);
        Assert.Contains($"area={Town.Community[..9]}", page);
        Assert.Contains("data-live=\"/live?area=", page);

        // Down to the building: the counters end, and who is missing is known all the same.
        var community = Forms.Plain(await browser.Page($"/board?area={Town.Community}"));
        Assert.Contains("be tested in the round 3 0", community);
        Assert.Contains("By part", community);
        var building = await browser.GetAsync($"/board?area={Town.Room}");
        Assert.Equal(HttpStatusCode.OK, building.StatusCode);
        Assert.Contains("一盘棋", Forms.Plain(await browser.Page("/board?lang=zh")));

        using var elsewhere = app.Browser(Role.Commander, "990999");
        Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync($"/board?area={Town.County}")).StatusCode);
        using var sampler = app.Browser(Role.Sampler, Town.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await sampler.GetAsync("/board")).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Small_numbers_are_shown_to_those_alone_who_may_see_cases(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        var today = app.Services.GetService(typeof(LocalDays)) is LocalDays days ? days.DateOf(app.Store.Clock.GetUtcNow()) : default;
        await Case(app, Town.Community, today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        using var command = app.Browser(Role.Commander, Town.County);
        using var officer = app.Browser(Role.RoundOfficer, Town.County);

        Assert.DoesNotContain("•", Forms.Plain(await command.Page($"/board?area={Town.County}")));
        Assert.Contains("•", Forms.Plain(await officer.Page($"/board?area={Town.County}")));
        using var api = app.Client(Role.RoundOfficer, Town.County);
        var parts = (await (await api.GetAsync($"/api/situation/board?area={Town.County}")).Read()).GetProperty("parts");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, parts[0].GetProperty("positives").ValueKind);
        var street = await (await api.GetAsync($"/api/situation/curve?area={Town.Community[..9]}")).Read();
        Assert.Equal(0, street.GetProperty("days").GetArrayLength());
        Assert.Contains("Cases of so small a region", Forms.Plain(await officer.Page($"/board/curve?area={Town.Community[..9]}")));
        Assert.Contains("Epidemic curve", Forms.Plain(await command.Page($"/board/curve?area={Town.Community[..9]}")));
        var csv = await (await api.GetAsync($"/api/situation/curve.csv?area={Town.County}")).Content.ReadAsStringAsync();
        Assert.Contains("day,positives,social,controlled,other,mean_of_7,waiting,suspect,", csv);
        Assert.Contains($"{today:yyyy-MM-dd},1,1,0,0,", csv);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Delays_and_the_reproduction_number_have_their_tables_and_no_more_for_those_who_may_not_see_cases(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await RoundPageTests.Fill(app);
        var today = DateOnly.ParseExact(Today(app), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        for (var n = 0; n < 30; n++)
            await Case(app, Town.Community, today.AddDays(-n / 2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), s =>
        {
            s.Execute("UPDATE case_record SET report_at = found_at + 86400000, onset = @day WHERE owner = @owner", new { owner = Town.County, day = today.AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) });
            return Outcome.Done;
        })).Value;
        using var command = app.Client(Role.Commander, Town.County);
        using var officer = app.Client(Role.RoundOfficer, Town.County);
        static async Task<List<string[]>> Csv(HttpClient client, string path) =>
            [.. (await (await client.GetAsync(path)).Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(','))];

        var rt = await Csv(command, $"/api/situation/rt.csv?area={Town.County}");
        var whole = rt.Where(r => r[7] == "1" && r[2].Length > 0).ToList();
        Assert.True(whole.Count > 3 && whole.All(r => r[1] == "14" && r[8] == "3.5" && r[10] == "protocol"), string.Join(";", rt.Select(r => string.Join(",", r))));
        // Two each day, as many as the day before: one for each, about.
        Assert.InRange(double.Parse(whole[^1][2], System.Globalization.CultureInfo.InvariantCulture), 0.8, 1.3);
        Assert.Equal("0", rt[^1][7]);
        Assert.All(await Csv(command, $"/api/situation/rt.csv?area={Town.County}&mean=8.4&deviation=3.8"), r => Assert.Equal("asked", r[10]));
        using var browser = app.Browser(Role.Commander, Town.County);
        Assert.Contains("of the protocol QP-SPREAD-COVID@1", Forms.Plain(await browser.Page($"/board/curve?area={Town.County}")));
        Assert.Contains("as written below", Forms.Plain(await browser.Page($"/board/curve?area={Town.County}&mean=8.4&deviation=3.8")));

        // The county's numbers are no secret; a street's are, and so are delays of cases.
        Assert.Equal(rt.Count, (await Csv(officer, $"/api/situation/rt.csv?area={Town.County}")).Count);
        Assert.Empty(await Csv(officer, $"/api/situation/rt.csv?area={Town.Community[..9]}"));
        var delays = await Csv(command, $"/api/situation/delays.csv?area={Town.County}");
        Assert.Contains(delays, d => d is ["onset_to_report", "days", "cases", "4", "2"]);
        Assert.Contains(delays, d => d is ["waiting", "hours", "persons", "0", "1"]);
        Assert.All(await Csv(officer, $"/api/situation/delays.csv?area={Town.County}"), d => Assert.Equal("persons", d[2]));
        Assert.All(await Csv(command, $"/api/situation/delays.csv?area={Town.County}&delay=waiting"), d => Assert.Equal("waiting", d[0]));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task An_open_page_hears_of_what_its_county_writes_and_of_nothing_else(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var client = app.Client(Role.Commander, Town.County);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/live?area=990999", limit.Token)).StatusCode);
        using var answer = await client.GetAsync($"/live?area={Town.County}", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        Assert.Equal("alive", await Next(lines, limit.Token));

        await Write(app, "990999");
        await Write(app, Town.County);
        Assert.Equal("changed", await Next(lines, limit.Token));
        // What the neighbour writes alone is heard by nobody here: the next line is the sign of life.
        await Write(app, "990999");
        Assert.Equal("alive", await Next(lines, limit.Token));

        using var nobody = app.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/live", limit.Token)).StatusCode);
    }

    static async Task<string> Next(StreamReader lines, CancellationToken stop)
    {
        while (await lines.ReadLineAsync(stop) is { } line)
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                return line[7..];
        return "closed";
    }

    static async Task Write(QipanApp app, string county) => _ = (await app.Store.Write(new WriteScope(Actor.System, county), s =>
    {
        s.Trail(county, "test", new Ref("test", county));
        return Outcome.Done;
    })).Value;

    /// <summary>A confirmed case of nobody in particular, found in society.</summary>
    internal static string Today(QipanApp app) => ((LocalDays)app.Services.GetService(typeof(LocalDays))!).DateOf(app.Store.Clock.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    internal static async Task Case(QipanApp app, string place, string day) => _ = (await app.Store.Write(new WriteScope(Actor.System, Town.County), s =>
    {
        var id = s.NewId();
        var at = ((LocalDays)app.Services.GetService(typeof(LocalDays))!).StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ToUnixTimeMilliseconds();
        s.Execute("""
            INSERT INTO case_record (owner, id, no, person, person_owner, disease, protocol, class, severity, clinical, onset_about, first_positive_at, found_at, outcome, discovery,
              origin, report_region, onset_region, current_region, custody, opened_by_kind, opened_by_id, source_state, opened_at, version)
            VALUES (@owner, @id, @no, @id, @owner, 'COVID-19', 'CN-COVID-9@1', 3, 0, 0, 0, @at, @at, 0, 7, 1, @place, @place, @place, @owner, 'test', @no, 0, @at, 1)
            """, new { owner = Town.County, id, no = id.ToString("N"), at, place });
        return Outcome.Done;
    })).Value;
}
