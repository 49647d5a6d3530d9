using System.Net;
using Qipan.Http;
using Qipan.Journey.Tests.Field;
using Qipan.Journey.Tests.Pages;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Cases;

/// <summary>The investigator pastes a text, without script: the words stand marked beside the stays.</summary>
public sealed class ReadTextPageTests
{
    const string Text = "3月24日 21:30—22:11 在松岭服务区休息；3月25日到江北区购物，天色昏暗。";

    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task A_pasted_text_is_shown_with_its_stays_what_they_mean_and_what_was_not_understood(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        await Town.Build(app);
        using var browser = app.Browser(Role.Investigator, Town.County);
        var answer = await browser.Submit("/itineraries/read", "/itineraries/read", ("text", Text), ("on", "2022-04-01"));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, Forms.Plain(page));
        var html = WebUtility.HtmlDecode(page);
        Assert.Contains("<mark class=\"place\">松岭服务区</mark>", html);
        Assert.Contains("<mark class=\"unread\">天色昏暗</mark>", html);
        var text = Forms.Plain(page);
        Assert.Contains("2022-03-24 21:30–22:11", text);
        Assert.Contains($"{Town.County} 0.95", text);
        Assert.Contains("1 not", text);
        Assert.Equal(0, app.Store.Read(s => s.Scalar<long>("SELECT count(*) FROM itinerary_text")));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task An_empty_text_and_an_unknown_case_are_refused_beside_their_fields(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        using var browser = app.Browser(Role.Investigator, Town.County);
        var empty = await browser.Submit("/itineraries/read", "/itineraries/read", ("text", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        Assert.Contains("The text is empty", await empty.Content.ReadAsStringAsync());
        var none = await browser.Submit("/itineraries/read", "/itineraries/read", ("text", Text), ("keep", "1"),
            ("caseNo", "990102-2022-00001"), ("person", "0"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains("No case has this id or number", await none.Content.ReadAsStringAsync());
        var elsewhere = await browser.Submit("/itineraries/read", "/itineraries/read", ("text", Text), ("keep", "1"),
            ("caseNo", "990103-2022-00001"), ("person", "0"));
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }
}
