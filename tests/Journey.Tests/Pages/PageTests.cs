using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Journey.Tests.Ground;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>Every page, on an empty store: it opens in both languages, says that there is nothing, and loads nothing from elsewhere.</summary>
public sealed class PageTests
{
    public static TheoryData<StoreKind> Stores => TestStores.All;

    [Theory, MemberData(nameof(Stores))]
    public async Task Every_page_opens_in_both_languages_or_says_what_is_missing(StoreKind kind)
    {
        await using var app = await QipanApp.Start(kind);
        var wrong = new List<string>();
        foreach (var page in Pages(app))
            foreach (var language in new[] { "en", "zh-CN" })
            {
                using var browser = app.Browser(RoleFor(page), language: language);
                var answer = await browser.SendAsync(page.To("GET"));
                var text = await answer.Content.ReadAsStringAsync();
                var name = $"{page.RoutePattern.RawText} ({language})";
                if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotFound))
                    wrong.Add($"{name} answers {(int)answer.StatusCode}: {Forms.Plain(text)}");
                if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                    wrong.Add($"{name} is {answer.Content.Headers.ContentType}");
                if (!text.Contains(language == "en" ? "<html lang=\"en\"" : "<html lang=\"zh-CN\""))
                    wrong.Add($"{name} is in the wrong language");
                // A file of the program's own is the only script there is, and the page is whole without it.
                var bare = System.Text.RegularExpressions.Regex.Replace(text, "<script src=\"/assets/[a-z-]+-[0-9a-f]{12}\\.js\" defer></script>", "");
                if (bare.Contains("<script") || text.Contains(" style=") || text.Contains("=\"http"))
                    wrong.Add($"{name} has a script, a style of its own or an address elsewhere");
                if (!text.Contains("id=\"main\"") || !text.Contains("<h1"))
                    wrong.Add($"{name} has no heading");
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public async Task A_page_without_sign_in_leads_to_the_sign_in_and_without_the_right_says_so()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        foreach (var page in Pages(app).Where(p => !p.Rule().IsOpen))
        {
            using var nobody = app.Browser();
            var sent = await nobody.SendAsync(page.To("GET"));
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
            Assert.StartsWith("/sign-in?to=", sent.Headers.Location?.OriginalString);
            if (page.Rule().Permission is not { } permission)
                continue;
            using var other = app.Browser(Enum.GetValues<Role>().First(r => !Roles.May(r, permission)), language: "zh");
            var refused = await other.SendAsync(page.To("GET"));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("您的角色无权", await refused.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_language_is_kept_once_it_was_chosen()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var browser = app.Browser(language: "en");
        Assert.Contains("登录", await browser.Page("/sign-in?lang=zh"));
        Assert.Contains("登录", await browser.Page("/sign-in"));
    }

    [Fact]
    public async Task The_style_is_kept_for_ever_and_pages_by_nobody()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var browser = app.Browser();
        var page = await browser.GetAsync("/sign-in");
        Assert.True(page.Headers.CacheControl?.NoStore);
        var style = System.Text.RegularExpressions.Regex.Match(await page.Content.ReadAsStringAsync(), "href=\"(/assets/[^\"]+)\"").Groups[1].Value;
        var css = await browser.GetAsync(style);
        Assert.Equal("text/css", css.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", css.Headers.CacheControl?.ToString());
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Every_form_asks_for_the_token_of_its_session()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite, services: s => s.AddSingleton<Consoles.DrillDesk.IDrillPace>(new DrillPageTests.Pace()));
        var without = app.Endpoints.Where(e => !e.IsApi() && e.Methods().Contains("POST") && e.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true })
            .Select(e => e.RoutePattern.RawText);
        // Whoever asks for their own results has no session that another site could use.
        Assert.Equal(["/result"], without);
    }

    static IEnumerable<RouteEndpoint> Pages(QipanApp app) => app.Endpoints
        .Where(e => !e.IsApi() && e.Methods().Contains("GET") && !e.RoutePattern.RawText!.StartsWith("/assets") && !e.RoutePattern.RawText.StartsWith("/openapi")
            && e.RoutePattern.RawText is not ("/health" or "/me/territory" or "/live"));

    static Role? RoleFor(RouteEndpoint page) => page.Rule().IsOpen ? null
        : Enum.GetValues<Role>().First(r => page.Rule().Permission is not { } permission || Roles.May(r, permission));
}
