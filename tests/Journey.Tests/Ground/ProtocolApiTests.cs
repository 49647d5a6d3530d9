using System.Net;
using System.Text.Json;
using Qipan.Http;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Ground;

public sealed class ProtocolApiTests
{
    [Fact]
    public async Task The_rules_of_a_day_and_a_place_are_answered_with_their_versions_and_sources()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var client = app.Client(Role.Technician);

        using var ruling = await Get(client, "/api/protocols/ruling?disease=COVID-19&place=310104&on=2022-04-10");
        var contact = ruling.RootElement.GetProperty("groups").EnumerateArray().Single(g => g.GetProperty("group").GetString() == "contact");
        Assert.Equal("CN-SHANGHAI-2022@1", contact.GetProperty("protocol").GetString());
        Assert.Equal(4, contact.GetProperty("values").GetProperty("lookback_days").GetInt32());
        Assert.Contains(contact.GetProperty("notes").EnumerateArray(), n => n.GetProperty("path").GetString() == "contact.lookback_days" && n.GetProperty("mark").GetString() == "F");
        Assert.Contains("CN-COVID-8@1", contact.GetProperty("passed").EnumerateArray().Select(p => p.GetString()));

        using var alone = await Get(client, "/api/protocols/CN-COVID-8@1");
        Assert.Equal("CN", alone.RootElement.GetProperty("protocol").GetProperty("jurisdiction").GetString());
        using var schema = await Get(client, "/api/protocols/schema");
        Assert.Equal("Qipan protocol", schema.RootElement.GetProperty("title").GetString());
    }

    [Fact]
    public async Task The_list_is_paged_by_key_without_a_gap_or_a_repetition()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var client = app.Client(Role.Auditor);
        using var whole = await Get(client, "/api/protocols");
        var all = Names(whole);
        var paged = new List<string?>();
        string? next = "";
        while (next is not null)
        {
            using var page = await Get(client, $"/api/protocols?take=4&after={Uri.EscapeDataString(next)}");
            paged.AddRange(Names(page));
            next = page.RootElement.GetProperty("next").GetString();
        }
        Assert.True(all.Count > 20);
        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData("/api/protocols/CN-COVID-8@77", HttpStatusCode.NotFound, "unknown_protocol")]
    [InlineData("/api/protocols/nonsense", HttpStatusCode.NotFound, "unknown_protocol")]
    [InlineData("/api/protocols?after=nonsense", HttpStatusCode.NotFound, "unknown_protocol")]
    [InlineData("/api/protocols/ruling", HttpStatusCode.UnprocessableEntity, "bad_date")]
    [InlineData("/api/protocols/ruling?disease=COVID-19&place=31x&on=2022-04-10", HttpStatusCode.UnprocessableEntity, "place_code_wrong")]
    [InlineData("/api/protocols/ruling?disease=COVID-19&place=31&on=1999-04-10", HttpStatusCode.NotFound, "no_protocol")]
    public async Task What_is_not_there_is_a_problem_with_its_code(string url, HttpStatusCode status, string code)
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var client = app.Client(Role.Technician);
        var answer = await client.GetAsync(url);
        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_courier_may_not_read_protocols()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var client = app.Client(Role.Courier);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/protocols")).StatusCode);
    }

    static List<string?> Names(JsonDocument page) => [.. page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("protocol").GetString())];

    static async Task<JsonDocument> Get(HttpClient client, string url)
    {
        var answer = await client.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
    }
}
