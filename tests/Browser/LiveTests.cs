using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>A page that is open while the line to the server breaks.</summary>
public sealed class LiveTests(SeededCity city)
{
    [Fact]
    public async Task A_lost_connection_is_said_plainly_what_stands_there_stays_and_the_page_recovers_by_itself()
    {
        var page = await city.Open("command");
        await page.GotoAsync("/board");
        await page.Locator("#live.on").WaitForAsync();
        var figures = await page.Locator("main dl, main table").First.InnerTextAsync();

        await page.RouteAsync("**/live**", route => route.AbortAsync());
        await page.Context.SetOfflineAsync(true);
        // What is open already is not cut by being offline: the page is told that its line is gone as when the server goes.
        await page.EvaluateAsync("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await page.Locator("#live.lost").WaitForAsync(new() { Timeout = 30_000 });
        Assert.Contains("Connection lost", await page.Locator("#live").InnerTextAsync());
        Assert.Equal("polite", await page.Locator("#live").GetAttributeAsync("aria-live"));
        Assert.Equal(figures, await page.Locator("main dl, main table").First.InnerTextAsync());

        await page.UnrouteAsync("**/live**");
        await page.Context.SetOfflineAsync(false);
        await page.Locator("#live.on").WaitForAsync(new() { Timeout = 40_000 });
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_the_board_says_as_of_when_it_stands()
    {
        var page = await city.Open("command", new() { JavaScriptEnabled = false });
        await page.GotoAsync("/board");
        Assert.Matches("As of .*\\d\\d:\\d\\d:\\d\\d", await page.Locator("#live").InnerTextAsync());
        await page.Context.CloseAsync();
    }
}
