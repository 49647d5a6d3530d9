using Microsoft.Playwright;
using Xunit;

namespace Qipan.Browser.Ground;

/// <summary>Debian's Chromium, driven; where there is none, tests are skipped, and on CI they fail.</summary>
static class Chromium
{
    public static string? Path { get; } = new[] { Environment.GetEnvironmentVariable("QIPAN_CHROMIUM"), "/usr/bin/chromium" }.FirstOrDefault(File.Exists);

    public static async Task<IBrowser> Start()
    {
        if (Path is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("Chromium is not installed: apt-get install chromium, or name one in QIPAN_CHROMIUM");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path ?? throw new FileNotFoundException("/usr/bin/chromium is missing: tests/run installs it"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        });
    }
}
