using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>A place is named as people know it: chosen from a list while it is typed, by the pointer or by the keyboard, and from what the server offers without script.</summary>
public sealed class PlaceFieldTests(SeededCity city)
{
    const string Field = "form[action='/admin/units'] input[name=territory]";
    const string Options = "form[action='/admin/units'] [role=option]";

    [Theory, InlineData(Way.Mouse), InlineData(Way.Keyboard), InlineData(Way.NoScript)]
    public async Task A_unit_gets_its_territory_by_the_beginning_of_a_name_that_several_places_have(Way way)
    {
        var (typed, code) = Beginning();
        var name = $"Team by {way}";
        var hand = await Hand.Of(city, city.Day.Administrator.Login, way);
        await hand.Go("/admin/units");
        await hand.Fill("form[action='/admin/units'] input[name=name]", name);
        await hand.Fill(Field, typed);
        if (way == Way.NoScript)
        {
            await hand.Press("form[action='/admin/units'] button");
            Assert.Equal(name, await hand.Page.Locator("form[action='/admin/units'] input[name=name]").InputValueAsync());
            await hand.Tick($"input[type=radio][value='{code}']");
        }
        else
        {
            await Choose(hand.Page, way, code);
            Assert.Equal(code, await hand.Page.Locator(Field).InputValueAsync());
            Assert.False(await hand.Page.Locator(Options).First.IsVisibleAsync());
        }
        await hand.Press("form[action='/admin/units'] button");
        await hand.Sees($"td:has-text('{name}')");
        Assert.Equal(code, city.Store.Read(s => s.One<string>("SELECT territory FROM org_unit WHERE name = @name", new { name })));
        await hand.Done();
    }

    [Fact]
    public async Task The_list_says_what_it_has_and_goes_away_by_escape()
    {
        var page = await city.Open(city.Day.Administrator.Login);
        await page.GotoAsync("/admin/units");
        await page.Locator(Field).FocusAsync();
        await page.Keyboard.TypeAsync(Beginning().Typed);
        await page.Locator(Options).First.WaitForAsync();
        var options = await page.Locator(Options).CountAsync();
        Assert.Contains($"{options}", await page.Locator("form[action='/admin/units'] [role=status]").InnerTextAsync());
        Assert.Equal("true", await page.Locator(Field).GetAttributeAsync("aria-expanded"));
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("false", await page.Locator(Field).GetAttributeAsync("aria-expanded"));
        Assert.Equal(Beginning().Typed, await page.Locator(Field).InputValueAsync());
        await page.Context.CloseAsync();
    }

    static async Task Choose(IPage page, Way way, string code)
    {
        var option = page.Locator($"{Options}:has-text('{code}')").First;
        await option.WaitForAsync();
        if (way == Way.Mouse)
        {
            await option.ClickAsync();
            return;
        }
        var id = await option.GetAttributeAsync("id");
        for (var i = 0; i < 20 && await page.Locator(Field).GetAttributeAsync("aria-activedescendant") != id; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("true", await option.GetAttributeAsync("aria-selected"));
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>A character with which the names of some streets begin, and the last of these streets.</summary>
    (string Typed, string Code) Beginning()
    {
        var streets = city.Store.Read(s => s.Query<Street>("SELECT name, code FROM place WHERE length(code) = 9 ORDER BY code"));
        var all = city.Store.Read(s => s.Query<Street>("SELECT name, code FROM place"));
        var some = streets.GroupBy(s => s.Name[..1]).Where(g => g.Count() > 1).OrderBy(g => all.Count(p => p.Name.StartsWith(g.Key, StringComparison.Ordinal))).First();
        return (some.Key, some.Last().Code);
    }

    sealed class Street
    {
        public string Name { get; init; } = "";

        public string Code { get; init; } = "";
    }
}
