using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Qipan.Consoles.DrillDesk;
using Qipan.Drill;
using Qipan.Drill.City;
using Qipan.Journey.Tests.Drill;
using Qipan.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(SeededCity))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Qipan.Browser.Ground;

/// <summary>
/// A real server with an invented city of a few hundred people on the second morning: a case of the first day with its
/// contacts, a round under way, tubes on the way and waiting, alerts.
/// One for all tests; time stands still. Every page is opened as one of its people, signed in through the sign-in page.
/// </summary>
public sealed class SeededCity : IAsyncLifetime
{
    static readonly CityPlan Plan = CityPlan.County with { Population = 700, StreetsPerDistrict = 1, CommunitiesPerStreet = 2, CompoundsPerCommunity = 1 };

    readonly ConcurrentDictionary<string, Task<string>> signedIn = new(StringComparer.Ordinal);
    IBrowser browser = null!;
    IReadOnlyList<WalkedPage>? pages;

    public DrilledDay Day { get; private set; } = null!;

    public Store Store => Day.App.Store;

    public Uri Address => Day.App.Address;

    public async ValueTask InitializeAsync()
    {
        browser = await Chromium.Start();
        Day = await DrilledDay.Begin(StoreKind.Sqlite, new Scenario("test", Plan, Infected: 1, Mistakes: true), services => services.AddSingleton<IDrillPace>(new UsualPace()));
        // Until a laboratory has tubes that wait or are in a run.
        for (var minute = 0; minute < 8 * 60 && !Ready(); minute += 10)
            await Day.Until(10 + (minute / 60), minute % 60, day: 1);
    }

    bool Ready() => Store.Read(s => s.Scalar<long>("SELECT count(*) FROM tube WHERE owner = '990102' AND state IN (6, 7, 8)")) >= 6;

    /// <summary>Everybody whose desk is another.</summary>
    public IEnumerable<string> People => [Day.Administrator.Login, "command", "rounds", "tracer", "lab-chengdong", "review1-chengdong", "auditor"];

    /// <summary>One page of each kind: <see cref="PageWalk"/>.</summary>
    public async Task<IReadOnlyList<WalkedPage>> Pages() => pages ??= [new WalkedPage("/sign-in", "/sign-in", ""), .. await PageWalk.Of(this, People)];

    /// <summary>A window of somebody's own.</summary>
    /// <param name="login">Who; nobody where it is empty.</param>
    /// <param name="look">Size, language, light; script on or off.</param>
    public async Task<IPage> Open(string? login, BrowserNewContextOptions? look = null)
    {
        look ??= new();
        look.BaseURL = Address.ToString();
        look.ViewportSize ??= new() { Width = 1280, Height = 800 };
        look.Locale ??= "en-GB";
        if (!string.IsNullOrEmpty(login))
            look.StorageState = await signedIn.GetOrAdd(login, SignIn);
        var page = await (await browser.NewContextAsync(look)).NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return page;
    }

    async Task<string> SignIn(string login)
    {
        var page = await Open(null);
        await page.GotoAsync("/sign-in");
        var first = login == Day.Administrator.Login;
        await page.Locator("input[name=login]").FillAsync(login);
        await page.Locator("input[name=password]").FillAsync(first ? Day.Administrator.Password : DrilledDay.Password);
        await page.Locator("form[action='/sign-in'] button").ClickAsync();
        Assert.Equal("/", new Uri(page.Url).AbsolutePath);
        var state = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        if (Day is not null)
            await Day.DisposeAsync();
    }
}
