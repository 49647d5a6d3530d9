using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Qipan.Journey.Tests.Pages;

/// <summary>Uses pages as a browser without script does.</summary>
static partial class Forms
{
    /// <summary>The page's text; fails when the answer is not 200 and HTML.</summary>
    public static async Task<string> Page(this HttpClient browser, string path)
    {
        var answer = await browser.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} answers {(int)answer.StatusCode}: {Plain(text)}");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return text;
    }

    /// <summary>Opens the page and sends the form that goes to the action, with its hidden fields and these values.</summary>
    public static async Task<HttpResponseMessage> Submit(this HttpClient browser, string page, string action, params (string Name, string Value)[] values)
    {
        var text = await browser.Page(page);
        var form = FormTag().Matches(text).Select(m => m.Value).FirstOrDefault(f =>
            f.Contains("method=\"post\"") && WebUtility.HtmlDecode(f).Contains($"action=\"{action}\""));
        Assert.True(form is not null, $"{page} has no form to {action}");
        var fields = Hidden().Matches(form).Select(m => m.Value)
            .Select(tag => KeyValuePair.Create(Attribute(tag, "name"), WebUtility.HtmlDecode(Attribute(tag, "value"))))
            .Concat(values.Select(v => KeyValuePair.Create(v.Name, v.Value)));
        return await browser.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    /// <summary>What a reader sees: no tags, single spaces.</summary>
    public static string Plain(string html) =>
        WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(html, " "), " ")).Trim();

    static string Attribute(string tag, string name) => Regex.Match(tag, $"{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex FormTag();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
