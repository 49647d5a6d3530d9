using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>
/// A picture of each page, as README and docs show them. <c>tests/pictures</c> keeps them in docs/pictures; otherwise they are made and thrown
/// away, so that a page of which no picture can be made is known before a release.
/// </summary>
public sealed class PictureTests(SeededCity city)
{
    const int MostBytes = 220_000;

    /// <summary>Name, who looks, where; what is clicked first where the address is not known before; and the look.</summary>
    static readonly (string Name, string Login, string Address, string? Click, string Look)[] Shots =
    [
        ("sign-in", "", "/sign-in", null, "light"),
        ("home-command", "command", "/", null, "light"),
        ("home-investigation-zh", "tracer", "/", null, "light zh"),
        ("board", "command", "/board", null, "light"),
        ("board-zh-dark", "command", "/board", null, "dark zh"),
        ("board-wall", "command", "/board?mode=wall", null, "wall"),
        ("board-phone", "command", "/board", null, "phone"),
        ("duties-wall", "command", "/duties?view=late&mode=wall", null, "wall"),
        ("map", "command", "/map?level=community&show=coverage", null, "light"),
        ("charts", "command", "/board/curve", null, "light"),
        ("charts-zh-dark", "command", "/board/curve", null, "dark zh"),
        ("board-cases", "command", "/board", "dl.bd-tiles a[href*='/board/cases']", "light"),
        ("drill", "command", "/drill", null, "light"),
        ("duties", "command", "/duties?view=late", null, "light"),
        ("rounds", "rounds", "/rounds", null, "light"),
        ("round", "rounds", "/rounds", "main td a", "light"),
        ("points", "rounds", "/points", null, "light"),
        ("tubes", "rounds", "/tubes?state=InRun", null, "light"),
        ("tube", "tracer", "/alerts?closed=true", "main td a", "light"),
        ("laboratory", "lab-chengdong", "/lab", null, "light"),
        ("laboratory-zh-dark", "lab-chengdong", "/lab", null, "dark zh"),
        ("run", "review1-chengdong", "/lab", "main a[href^='/lab/runs/']", "light"),
        ("alerts", "tracer", "/alerts?closed=true", null, "light"),
        ("alert", "tracer", "/alerts?closed=true", "main td a", "light"),
        ("cases", "tracer", "/cases", null, "light"),
        ("case", "tracer", "/cases", "main td a[href^='/cases/']", "light"),
        ("case-phone-zh", "tracer", "/cases", "main td a[href^='/cases/']", "phone zh"),
        ("contacts", "tracer", "/contacts", null, "light"),
        ("chains-list", "tracer", "/chains", null, "light"),
        ("handovers", "tracer", "/handovers", null, "light"),
        ("lists", "tracer", "/lists", null, "light"),
        ("person", "tracer", "/alerts?closed=true", "main td a >> nth=0", "light"),
        ("persons", "tracer", "/persons", null, "light"),
        ("protocols", "command", "/protocols", null, "light"),
        ("trail", "command", "/rounds", "main td a", "light"),
        ("staff", "admin", "/admin/staff", null, "light"),
        ("units", "admin", "/admin/units", null, "light"),
        ("devices", "admin", "/admin/devices?owner=990102", null, "light"),
        ("settings", "admin", "/admin/settings", null, "light"),
    ];

    /// <summary>Where a second link is followed.</summary>
    static readonly Dictionary<string, string> Then = new(StringComparer.Ordinal)
    {
        ["tube"] = "main a[href^='/tubes/tube/']",
        ["person"] = "main td a[href^='/persons/']",
        ["trail"] = "main a[href^='/trail/']",
    };

    [Fact]
    public async Task Every_page_has_a_picture_that_is_small_enough_to_be_kept()
    {
        var folder = Environment.GetEnvironmentVariable("QIPAN_PICTURES") ?? Directory.CreateTempSubdirectory("qipan-pictures-").FullName;
        var wrong = new List<string>();
        foreach (var (name, login, address, click, look) in Shots)
        {
            var page = await city.Open(login, new()
            {
                Locale = look.Contains("zh") ? "zh-CN" : "en-GB",
                ColorScheme = look.Contains("dark") ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = look.Contains("phone") ? new() { Width = 390, Height = 844 } : look == "wall" ? new() { Width = 1600, Height = 900 } : new() { Width = 1280, Height = 800 },
            });
            await page.GotoAsync(address);
            foreach (var next in new[] { click, Then.GetValueOrDefault(name) }.OfType<string>())
            {
                if (await page.Locator(next).CountAsync() == 0)
                {
                    wrong.Add($"{name}: {page.Url} has no {next}");
                    break;
                }
                await page.Locator(next).First.ClickAsync();
                await page.WaitForLoadStateAsync();
            }
            // Charts and maps draw themselves; where they cannot, the page's own drawing stands.
            if (name.StartsWith("charts", StringComparison.Ordinal))
                await page.Locator(".chart canvas").WaitForAsync();
            if (await page.Locator("h1").CountAsync() != 1)
                wrong.Add($"{name}: {page.Url} has no heading");
            var file = Path.Combine(folder, name + ".png");
            await page.ScreenshotAsync(new() { Path = file, Animations = ScreenshotAnimations.Disabled });
            if (new FileInfo(file).Length is var bytes and (< 5_000 or > MostBytes))
                wrong.Add($"{name} has {bytes} bytes");
            await page.Context.CloseAsync();
        }
        if (Environment.GetEnvironmentVariable("QIPAN_PICTURES") is null)
            Directory.Delete(folder, recursive: true);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
