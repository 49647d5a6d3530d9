using System.Text.RegularExpressions;

namespace Qipan.Browser.Ground;

/// <summary>One page of a kind: its address, and who opened it.</summary>
public sealed record WalkedPage(string Kind, string Address, string Login);

/// <summary>
/// Finds the pages by following the links that people of every role see, from the home page on: one of each kind. A new page that is linked
/// from anywhere is found by itself.
/// </summary>
static partial class PageWalk
{
    /// <summary>Kinds are told apart by their path and by which choices stand in the address; of choices this many of one path are enough.</summary>
    const int MostOfAPath = 2;

    public static async Task<List<WalkedPage>> Of(SeededCity city, IEnumerable<string> logins)
    {
        var kinds = new Dictionary<string, WalkedPage>(StringComparer.Ordinal);
        foreach (var login in logins)
        {
            var page = await city.Open(login, new() { JavaScriptEnabled = false });
            var (queue, seen) = (new Queue<string>(["/"]), new HashSet<string>(StringComparer.Ordinal));
            while (queue.TryDequeue(out var address))
            {
                var kind = KindOf(address);
                var known = kinds.GetValueOrDefault(kind);
                if (!seen.Add(kind) || (known is null && kinds.Keys.Count(k => k.Split('?')[0] == kind.Split('?')[0]) >= MostOfAPath))
                    continue;
                var answer = await page.APIRequest.GetAsync(new Uri(city.Address, address).ToString(), new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } });
                if (!answer.Ok || !answer.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal))
                    throw new InvalidOperationException($"{login}: a link leads to {address}, which answers {answer.Status}");
                kinds.TryAdd(kind, new WalkedPage(kind, new Uri(answer.Url).PathAndQuery, login));
                foreach (Match link in Links().Matches(await answer.TextAsync()))
                    if (System.Net.WebUtility.HtmlDecode(link.Groups[1].Value) is var to && !Elsewhere().IsMatch(to))
                        queue.Enqueue(to.Split('#')[0]);
            }
            await page.Context.CloseAsync();
        }
        return [.. kinds.Values.OrderBy(p => p.Kind, StringComparer.Ordinal)];
    }

    /// <summary>Addresses that differ in ids alone are of one kind.</summary>
    public static string KindOf(string address)
    {
        var parts = address.Split('?');
        var path = Id().Replace(parts[0], "ID");
        return parts.Length == 1 ? path : $"{path}?{string.Join('&', parts[1].Split('&').Select(p => p.Split('=')[0]).Distinct().Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("<a [^>]*href=\"(/[^\"]*)\"")]
    private static partial Regex Links();

    /// <summary>Choices that lead back, files, and pages that answer no GET with HTML.</summary>
    [GeneratedRegex(@"[?&](lang|mode)=|^/me/territory|^/api/|^/assets/|/refused$|\.csv|\.json|\.txt")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("[0-9a-f]{8}-?[0-9a-f-]{20,}|[0-9]{6}-[0-9]{4}-[0-9]{5}|(?<=/protocols/|/lists/mappings/)[^/]+|(?<=/trail/[a-z_]+/)[^/]+|(?<=/chains/)[^/]+")]
    private static partial Regex Id();
}
