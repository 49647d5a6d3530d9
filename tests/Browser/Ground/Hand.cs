using Microsoft.Playwright;
using Xunit;

namespace Qipan.Browser.Ground;

/// <summary>How somebody works on a page.</summary>
public enum Way
{
    /// <summary>Points and clicks.</summary>
    Mouse,

    /// <summary>Tab, letters, Enter, Space and arrows; the pointer is never used.</summary>
    Keyboard,

    /// <summary>A browser that runs no script.</summary>
    NoScript,
}

/// <summary>Somebody who works on a page in one way. What is pressed and filled must be there, visible and reachable in that way.</summary>
public sealed class Hand(IPage page, Way way)
{
    /// <summary>A page with more stops than this is nothing for a keyboard.</summary>
    const int MostStops = 300;

    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(15);

    public IPage Page => page;

    public static async Task<Hand> Of(SeededCity city, string login, Way way) =>
        new(await city.Open(login, new() { JavaScriptEnabled = way != Way.NoScript, Locale = way == Way.Keyboard ? "zh-CN" : "en-GB" }), way);

    public Task Go(string address) => page.GotoAsync(address);

    /// <summary>A link, a button, or the head of a form that opens. Where it leads to a page, that page is there when this returns.</summary>
    public async Task Press(string what)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Arrive(object? sender, IPage there) => arrived.TrySetResult();
        var leads = await One(what).EvaluateAsync<bool>(Leads);
        page.DOMContentLoaded += Arrive;
        try
        {
            if (way == Way.Keyboard)
            {
                await Reach(what);
                await page.Keyboard.PressAsync("Enter");
            }
            else
            {
                await One(what).ClickAsync();
            }
            if (leads)
                await arrived.Task.WaitAsync(LongestAnswer);
        }
        finally
        {
            page.DOMContentLoaded -= Arrive;
        }
    }

    /// <summary>A link to a page, or a button that sends a form which the browser lets go.</summary>
    const string Leads = """
        e => {
          const link = e.closest('a[href]');
          if (link) return !link.getAttribute('href').startsWith('#');
          const button = e.closest('button');
          return !!button?.form && button.type === 'submit' && (button.form.noValidate || button.form.checkValidity());
        }
        """;

    public async Task Fill(string what, string text)
    {
        if (way != Way.Keyboard)
        {
            await One(what).FillAsync(text);
            return;
        }
        await Reach(what);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>An option of a list.</summary>
    public async Task Choose(string what, string value)
    {
        if (way != Way.Keyboard)
        {
            await One(what).SelectOptionAsync(value);
            return;
        }
        await Reach(what);
        await page.Keyboard.PressAsync("Home");
        for (var i = 0; i < 60 && await One(what).InputValueAsync() != value; i++)
            await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal(value, await One(what).InputValueAsync());
    }

    public async Task Tick(string what)
    {
        if (way != Way.Keyboard)
        {
            await One(what).CheckAsync();
            return;
        }
        await Reach(what);
        await page.Keyboard.PressAsync("Space");
    }

    /// <summary>What the reader reads; waits for it.</summary>
    public Task Sees(string what) => One(what).WaitForAsync();

    public Task Done() => page.Context.CloseAsync();

    ILocator One(string what) => page.Locator(what).First;

    /// <summary>Tab by tab, and what has the focus must show it.</summary>
    async Task Reach(string what)
    {
        await One(what).WaitForAsync();
        for (var i = 0; i < MostStops; i++)
        {
            if (await One(what).EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                Assert.NotEqual("none", await One(what).EvaluateAsync<string>("e => getComputedStyle(e).outlineStyle"));
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{what} on {page.Url} is not reached by {MostStops} tabs");
    }
}
