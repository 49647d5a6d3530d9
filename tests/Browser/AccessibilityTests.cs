using System.Text.Json;
using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>Every page as somebody with a screen reader, a keyboard or weak eyes has it, and as it fits a phone and a wall.</summary>
public sealed class AccessibilityTests(SeededCity city)
{
    public static TheoryData<string, string> Looks => new() { { "light", "en-GB" }, { "dark", "zh-CN" } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Axe_finds_nothing_serious_on_any_page(string look, string language)
    {
        var axe = await File.ReadAllTextAsync(Axe(), TestContext.Current.CancellationToken);
        var wrong = new List<string>();
        await OnEveryPage(new() { ColorScheme = look == "dark" ? ColorScheme.Dark : ColorScheme.Light, Locale = language }, async (walked, page) =>
        {
            await page.EvaluateAsync(axe);
            var found = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
            wrong.AddRange(found.GetProperty("violations").EnumerateArray().Where(v => v.GetProperty("impact").GetString() is "serious" or "critical").Select(v =>
                $"{walked.Kind} as {walked.Login}: {v.GetProperty("id")}: {v.GetProperty("nodes")[0].GetProperty("html")} {v.GetProperty("nodes")[0].GetProperty("failureSummary")}"));
        });
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    static readonly (int Width, int Height)[] Sizes = [(360, 740), (390, 844), (1280, 800), (3840, 2160)];

    [Fact]
    public async Task No_page_is_wider_than_its_window_and_no_place_of_the_navigation_wraps()
    {
        var wrong = new List<string>();
        await OnEveryPage(new(), async (walked, page) =>
        {
            foreach (var (width, height) in Sizes)
            {
                await page.SetViewportSizeAsync(width, height);
                var over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (over > 0)
                    wrong.Add($"{walked.Kind} as {walked.Login} is {over} pixels wider than {width}");
                wrong.AddRange((await page.EvaluateAsync<string[]>(Wrapped)).Select(w => $"{walked.Kind} as {walked.Login} at {width}: {w} wraps"));
            }
        });
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    /// <summary>Places and menus whose words stand on more than one line.</summary>
    const string Wrapped = """
        [...document.querySelectorAll('.side a:not(.brand), .top > * > summary, .top .me > * > summary, .top .me > a')].filter(a => {
          const words = document.createRange();
          words.selectNodeContents(a);
          const lines = [...words.getClientRects()].filter(r => r.width > 2);
          return lines.some(r => r.top >= lines[0].bottom);
        }).map(a => a.textContent.trim())
        """;

    async Task OnEveryPage(BrowserNewContextOptions look, Func<WalkedPage, IPage, Task> look1)
    {
        var walked = await city.Pages();
        Assert.True(walked.Count > 40, $"only {walked.Count} kinds of pages were found: {string.Join(' ', walked.Select(w => w.Kind))}");
        foreach (var ofOne in walked.GroupBy(w => w.Login))
        {
            var page = await city.Open(ofOne.Key, new(look));
            foreach (var one in ofOne)
            {
                await page.GotoAsync(one.Address);
                await look1(one, page);
            }
            await page.Context.CloseAsync();
        }
    }

    static string Axe()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Qipan.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "src/Web/node_modules/axe-core/axe.min.js");
    }
}
