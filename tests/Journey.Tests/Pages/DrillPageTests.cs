using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.DrillDesk;
using Qipan.Http;
using Qipan.Storage;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>The page of a drill's speed exists only where there is a drill; what it is told holds.</summary>
public sealed class DrillPageTests
{
    [Fact]
    public async Task Where_there_is_no_drill_there_is_no_such_page_and_no_banner()
    {
        await using var app = await QipanApp.Start(StoreKind.Sqlite);
        using var browser = app.Browser(Role.Commander);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/drill")).StatusCode);
        Assert.DoesNotContain("DRILL", await browser.Page("/"));
    }

    [Fact]
    public async Task A_drill_says_so_on_every_page_and_runs_as_fast_as_it_is_told()
    {
        var pace = new Pace();
        await using var app = await QipanApp.Start(StoreKind.Sqlite, services: s => s.AddSingleton<IDrillPace>(pace),
            folder: f => File.WriteAllText(Path.Combine(f, "qipan.json"), """{ "consoles": { "drill": true } }"""));
        using var browser = app.Browser(Role.Commander);
        Assert.Contains("演练 DRILL", await browser.Page("/"));
        Assert.Contains("演练 DRILL", await browser.Page("/sign-in"));
        Assert.Contains("60 ×", await browser.Page("/drill"));

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Submit("/drill", "/drill", ("speed", "0"))).StatusCode);
        Assert.Equal(0, pace.Speed);
        Assert.Contains("stands still", await browser.Page("/drill"));

        foreach (var wrong in (string[])["-1", "1e9", "NaN", ""])
        {
            var refused = await browser.Submit("/drill", "/drill", ("speed", wrong));
            Assert.True(refused.StatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest, $"{wrong}: {refused.StatusCode}");
            Assert.Equal(0, pace.Speed);
        }
        using var tracer = app.Browser(Role.Investigator);
        var seen = await tracer.Page("/drill");
        Assert.Contains("stands still", seen);
        Assert.DoesNotContain("action=\"/drill\"", seen);
        Assert.Equal(HttpStatusCode.Forbidden, (await tracer.PostAsync("/drill", new FormUrlEncodedContent([KeyValuePair.Create("speed", "60")]))).StatusCode);
        Assert.Equal(0, pace.Speed);
        using var nobody = app.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await nobody.GetAsync("/drill")).StatusCode);
    }

    internal sealed class Pace : IDrillPace
    {
        public DateTimeOffset Now { get; } = DateTimeOffset.UnixEpoch;

        public double Speed { get; private set; } = 60;

        public double Most => 3600;

        public bool Hurries => false;

        public TimeSpan Behind => TimeSpan.Zero;

        public void Run(double speed) => Speed = speed;
    }
}
