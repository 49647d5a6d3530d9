using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Playwright;
using Qipan.Browser.Ground;
using Xunit;

namespace Qipan.Browser;

/// <summary>
/// Every form of every page, refused: what was typed is in the answer, in the same form, and in no address. Forms are found by following links, so a
/// new one is tested by itself. A form whose token is not of the session is refused before anybody looks at what it says, so nothing is changed by this.
/// </summary>
public sealed class KeptTextTests(SeededCity city)
{
    const string Typed = "typed \"text\" <of> 甲 & 'tests'";

    [Fact]
    public async Task Every_refused_form_gives_back_what_was_typed_and_says_why()
    {
        var (wrong, tried) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var login in city.People.Prepend(""))
        {
            var page = await city.Open(login, new() { JavaScriptEnabled = false });
            foreach (var walked in await city.Pages())
            {
                var opened = await page.APIRequest.GetAsync(walked.Address, new() { Headers = Html, MaxRedirects = 0 });
                foreach (var form in Forms(opened.Ok ? await opened.TextAsync() : "").Where(f => tried.Add(KindOf(f, walked.Address))))
                    wrong.AddRange((await Refuse(page, form, walked.Address)).Select(w => $"{walked.Kind} as {login}, form to {form.GetAttribute("action")}: {w}"));
            }
            await page.Context.CloseAsync();
        }
        Assert.True(tried.Count > 35, $"only {tried.Count} forms were found: {string.Join(", ", tried)}");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    static readonly Dictionary<string, string> Html = new() { ["Accept"] = "text/html" };

    static async Task<List<string>> Refuse(IPage page, IHtmlFormElement form, string at)
    {
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var control in form.Elements.Where(e => e.GetAttribute("name") is { Length: > 0 }))
            if (ValueFor(control) is { } value)
                sent[control.GetAttribute("name")!] = value;
        sent["__RequestVerificationToken"] = "not of this session";
        var body = page.APIRequest.CreateFormData();
        foreach (var (name, value) in sent)
            body.Set(name, value);
        var options = new APIRequestContextOptions { Headers = Html, MaxRedirects = 0 };
        if (form.GetAttribute("enctype") == "multipart/form-data")
            options.Multipart = body;
        else
            options.Form = body;
        var answer = await page.APIRequest.PostAsync(form.GetAttribute("action") ?? at, options);
        var text = await answer.TextAsync();
        var wrong = new List<string>();
        if (answer.Status is not (400 or 422))
            return [$"answers {answer.Status}"];
        var drawn = new HtmlParser().ParseDocument(text);
        if (drawn.GetElementById("refused") is not { } said || said.TextContent.Length < 10 || !said.HasAttribute("autofocus"))
            wrong.Add("does not say why");
        else if (said.Closest("form") is not IHtmlFormElement back)
            wrong.Add("says it outside the form");
        else
            wrong.AddRange(Lost(form, back, sent));
        return wrong;
    }

    static IEnumerable<string> Lost(IHtmlFormElement form, IHtmlFormElement back, Dictionary<string, string> sent)
    {
        for (var around = back.ParentElement; around is not null; around = around.ParentElement)
            if (around is IHtmlDetailsElement { IsOpen: false })
                yield return "stands in something closed";
        foreach (var control in form.Elements.Where(e => e.GetAttribute("name") is { } name && sent.ContainsKey(name)))
        {
            var name = control.GetAttribute("name")!;
            var kept = back.Elements.Where(e => e.GetAttribute("name") == name).Select(e => e switch
            {
                IHtmlTextAreaElement area => area.TextContent,
                IHtmlSelectElement list => list.Value,
                IHtmlInputElement { Type: "checkbox" or "radio" } box => box.HasAttribute("checked") ? box.Value : "",
                _ => e.GetAttribute("value"),
            });
            if (control is IHtmlInputElement { Type: "hidden" } or IHtmlButtonElement)
                continue;
            var secret = control is IHtmlInputElement { Type: "password" };
            if (kept.Contains(sent[name]) == secret)
                yield return secret ? $"shows the password {name}" : $"lost {name}: {string.Join('|', kept)} for {sent[name]}";
        }
    }

    static string? ValueFor(AngleSharp.Dom.IElement control) => control switch
    {
        IHtmlInputElement { Type: "hidden" } hidden => hidden.Value,
        IHtmlInputElement { Type: "file" or "submit" } or IHtmlButtonElement => null,
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.Value,
        IHtmlInputElement { Type: "date" } => "2026-02-03",
        IHtmlInputElement { Type: "time" } => "04:05",
        IHtmlInputElement { Type: "number" } => "7",
        IHtmlSelectElement list => list.Options[^1].Value,
        _ => Typed,
    };

    static IEnumerable<IHtmlFormElement> Forms(string html) => new HtmlParser().ParseDocument(html).Forms.Where(f => f.GetAttribute("method") == "post");

    /// <summary>Where it goes without ids, and what it asks.</summary>
    static string KindOf(IHtmlFormElement form, string at) => PageWalk.KindOf(WebUtility.UrlDecode(form.GetAttribute("action") ?? at))
        + " " + string.Join(',', form.Elements.Select(e => e.GetAttribute("name")).Where(n => n is not (null or "_page" or "__RequestVerificationToken") && !n.Contains('-', StringComparison.Ordinal)).Distinct());
}
