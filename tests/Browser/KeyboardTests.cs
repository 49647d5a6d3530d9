using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>Each desk's main page with the Tab key alone: past the navigation at once, in the order of the page, and always to be seen where one is.</summary>
public sealed class KeyboardTests(SeededCity city)
{
    /// <summary>Stops that are looked at on each page; lists go on like this.</summary>
    const int Stops = 40;

    public static TheoryData<string, string> Desks => new()
    {
        { "command", "/" }, { "command", "/board" }, { "command", "/duties?view=all" }, { "rounds", "/rounds" }, { "rounds", "/points" }, { "rounds", "/tubes" },
        { "lab-chengdong", "/lab" }, { "tracer", "/cases" }, { "tracer", "/contacts" }, { "tracer", "/persons" }, { "auditor", "/trail" },
    };

    [Theory, MemberData(nameof(Desks))]
    public async Task The_first_tab_leads_past_the_navigation_and_each_next_one_further_down_the_page(string login, string address)
    {
        var page = await city.Open(login);
        await page.GotoAsync(address);
        await page.EvaluateAsync("() => { document.activeElement?.blur(); window.getSelection()?.removeAllRanges(); }");
        if (await page.Locator("[autofocus]").CountAsync() == 0)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.matches('a.skip') && document.activeElement.getBoundingClientRect().left >= 0"), "the first stop is not the link past the navigation, or is not to be seen");
            await page.Keyboard.PressAsync("Enter");
            Assert.Equal("main", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        }
        Assert.Equal(0, await page.Locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").CountAsync());
        for (var stop = 0; stop < Stops; stop++)
        {
            await page.EvaluateAsync("() => { window.before = document.activeElement; }");
            await page.Keyboard.PressAsync("Tab");
            var wrong = await page.EvaluateAsync<string?>(Wrong);
            if (wrong == "end")
                break;
            Assert.True(wrong is null, $"{address}, stop {stop}: {wrong}");
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Every_head_of_a_table_says_what_it_is_the_head_of()
    {
        var wrong = new List<string>();
        foreach (var ofOne in (await city.Pages()).GroupBy(p => p.Login))
        {
            var page = await city.Open(ofOne.Key, new() { JavaScriptEnabled = false });
            foreach (var walked in ofOne)
            {
                await page.GotoAsync(walked.Address);
                if (await page.Locator("th:not([scope])").CountAsync() is > 0 and var many)
                    wrong.Add($"{walked.Kind}: {many} heads");
            }
            await page.Context.CloseAsync();
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    const string Wrong = """
        () => {
          const now = document.activeElement;
          if (now === document.body || !document.getElementById('main').contains(now)) return 'end';
          const before = window.before;
          if (before && before !== document.body && !(before.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING)) return `${now.outerHTML.slice(0, 120)} comes after ${before.outerHTML.slice(0, 120)}`;
          if (getComputedStyle(now).outlineStyle === 'none') return `${now.outerHTML.slice(0, 120)} does not show that it has the focus`;
          const box = now.getBoundingClientRect();
          return box.width > 0 && box.height > 0 ? null : `${now.outerHTML.slice(0, 120)} is not to be seen`;
        }
        """;
}
