using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>A live page loads itself again while somebody works on it: what changed is another, and nothing else is touched. And it takes on another look at once.</summary>
public sealed class MorphTests(SeededCity city)
{
    const string Page = "/board/curve";

    [Fact]
    public async Task A_refresh_changes_what_differs_and_leaves_focus_text_open_parts_and_all_other_nodes_alone()
    {
        var page = await Watched();
        // Somebody writes in a form, with a part of what is there selected, and has a table open.
        await page.Locator("#rt form input[name=mean]").FillAsync("4.5");
        await page.Locator("main details summary").First.ClickAsync();
        await page.Locator("#rt form input[name=mean]").FocusAsync();
        await page.EvaluateAsync("window.all = [...document.querySelectorAll('main *')].filter(e => !e.closest('#live'))");
        await Refresh(page, body => body.Replace("</h2>", " 4711</h2>", StringComparison.Ordinal).Replace("</tbody>", "<tr id=\"new-row\"><td>4712</td></tr></tbody>", StringComparison.Ordinal));

        Assert.Contains("4711", await page.Locator("main h2").First.InnerTextAsync());
        Assert.True(await page.Locator("main tbody #new-row").CountAsync() > 0);
        Assert.Equal("4.5", await page.Locator("#rt form input[name=mean]").InputValueAsync());
        Assert.Equal("mean", await page.EvaluateAsync<string>("document.activeElement.name"));
        Assert.True(await page.Locator("main details").First.EvaluateAsync<bool>("d => d.open"));
        Assert.Equal(0, await page.EvaluateAsync<int>("window.all.filter(e => !e.isConnected).length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("window.removed"));
        Assert.Equal(1, await page.EvaluateAsync<int>("window.loads"));

        // What is gone in the next answer goes, and the row before it is the same node.
        await Refresh(page, body => body);
        Assert.Equal(0, await page.Locator("#new-row").CountAsync());
        Assert.DoesNotContain("4711", await page.Locator("main h2").First.InnerTextAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("window.all.filter(e => !e.isConnected).length"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Another_look_is_taken_on_at_once_and_the_chart_is_drawn_in_its_colours()
    {
        var page = await Watched();
        await page.Locator(".chart canvas").WaitForAsync();
        await page.Locator("#rt form input[name=mean]").FillAsync("4.5");
        var light = await page.Locator(".chart canvas").EvaluateAsync<string>("c => c.toDataURL()");
        await page.Locator("[data-menu=mode] summary").ClickAsync();
        await page.Locator("[data-menu=mode] a[href*='mode=dark']:not([hreflang])").ClickAsync();
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.bsTheme === 'dark'");
        await page.WaitForFunctionAsync("before => document.querySelector('.chart canvas').toDataURL() !== before", light);

        // The same page: nothing was loaded anew, and the choice is kept for the next.
        Assert.Equal(1, await page.EvaluateAsync<int>("window.loads"));
        Assert.Equal("4.5", await page.Locator("#rt form input[name=mean]").InputValueAsync());
        Assert.Equal("true", await page.Locator("[data-menu=mode] a[href*='mode=dark']:not([hreflang])").GetAttributeAsync("aria-current"));
        await page.GotoAsync("/board");
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-bs-theme"));
        await page.Context.CloseAsync();
    }

    /// <summary>The charts, live; with a count of nodes of the main part that were taken away, islands and the sign of the line apart.</summary>
    async Task<IPage> Watched()
    {
        var page = await city.Open("command");
        await page.GotoAsync(Page);
        await page.Locator("#live.on").WaitForAsync();
        await page.EvaluateAsync("""
            window.loads = 1;
            window.refreshed = 0;
            window.removed = 0;
            document.addEventListener('qipan:live', () => window.refreshed++);
            new MutationObserver(all => { for (const one of all) if (!one.target.closest?.('[data-island], #live')) window.removed += [...one.removedNodes].filter(n => n.nodeType === 1).length; })
              .observe(document.querySelector('main'), { childList: true, subtree: true });
            """);
        return page;
    }

    /// <summary>The server answers with the page as it is, changed a little, and the open page is told that something happened.</summary>
    static async Task Refresh(IPage page, Func<string, string> change)
    {
        var before = await page.EvaluateAsync<int>("window.refreshed");
        await page.RouteAsync("**" + Page, async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = change(await answer.TextAsync()) });
        });
        await page.EvaluateAsync("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await page.WaitForFunctionAsync("before => window.refreshed > before", before);
        await page.UnrouteAsync("**" + Page);
    }
}
