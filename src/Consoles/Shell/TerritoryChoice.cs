using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Consoles.Shell;

/// <summary>
/// Which part of their territory a reader works on: chosen once, kept in a cookie, the start of every page that shows a part of a territory.
/// An address that names a part itself wins. Only what lies in a territory of one's own can be chosen.
/// </summary>
static class TerritoryChoice
{
    /// <summary>Holds a place code and nothing about the reader.</summary>
    public const string Cookie = "qipan_area";

    /// <summary>A province has up to 26 prefectures and a prefecture up to 30 counties; more than this is no menu.</summary>
    const int MostBelow = 40;

    public static void MapTerritoryChoice(this IEndpointRouteBuilder app) =>
        app.MapGet("/me/territory", (HttpContext http, string? code, string? to) =>
        {
            if (PlaceCode.Parse(code ?? "") is { Ok: true } && Own(http.Caller()).Any(o => code!.StartsWith(o, StringComparison.Ordinal)))
                http.Response.Cookies.Append(Cookie, code!, ChoiceCookie.Options(http));
            else
                http.Response.Cookies.Delete(Cookie);
            return Page.See(SignIn.SignInRoutes.Local(to));
        }).NeedsSignIn();

    /// <summary>The reader's choice where they hold the permission there; null where nothing was chosen or it is not theirs.</summary>
    public static string? Kept(HttpContext http, Permission permission) =>
        http.Request.Cookies[Cookie] is { Length: > 0 } code && http.Caller().May(permission, code) ? code : null;

    /// <summary>What the menu says now: what the address names, else what was chosen, else the first territory of the reader's own.</summary>
    public static string Now(HttpContext http)
    {
        var own = Own(http.Caller());
        bool Mine(string? code) => !string.IsNullOrEmpty(code) && own.Any(o => code.StartsWith(o, StringComparison.Ordinal));
        var asked = http.Request.Query["area"].ToString();
        return Mine(asked) ? asked : http.Request.Cookies[Cookie] is { } kept && Mine(kept) ? kept : own[0];
    }

    /// <summary>The address that chooses a part and comes back to this page.</summary>
    public static string To(string code, Reader reader) => "/me/territory" + QueryString.Create(
        [KeyValuePair.Create("code", (string?)code), KeyValuePair.Create("to", (string?)(HttpMethods.IsGet(reader.Context.Request.Method) ? reader.With(("area", null), ("after", null)) : "/"))]);

    /// <summary>The reader's own territories, each with the level below it down to counties, and all their names; nothing where there is no choice.</summary>
    public static (IReadOnlyList<(string Code, bool Deeper)> Choices, Dictionary<string, string> Names) Of(Session session, Reader reader)
    {
        var own = Own(reader.Caller!);
        var choices = new List<(string Code, bool Deeper)>();
        foreach (var code in own)
        {
            choices.Add((code, false));
            if (code.Length < 6)
                choices.AddRange(Below(session, code).Select(c => (c, true)));
        }
        if (choices.Count == 1 && choices[0].Code.Length >= 6)
            return (choices, Lookups.Places(session, [choices[0].Code], reader.Language));
        return (choices, Lookups.Places(session, choices.Select(c => c.Code).Append(reader.Territory), reader.Language));
    }

    static List<string> Below(Session session, string code) => code.Length == 0
        ? session.Query<string>("SELECT code FROM place WHERE level = @province ORDER BY code LIMIT @MostBelow", new { province = (short)PlaceLevel.Province, MostBelow })
        : session.Query<string>("SELECT code FROM place WHERE parent = @code AND level <= @county ORDER BY code LIMIT @MostBelow", new { code, county = (short)PlaceLevel.County, MostBelow });

    /// <summary>None inside another, in order.</summary>
    static List<string> Own(Caller caller)
    {
        var all = caller.Grants.Select(g => g.Territory).Distinct().Order(StringComparer.Ordinal).ToList();
        return [.. all.Where(t => !all.Exists(o => o.Length < t.Length && t.StartsWith(o, StringComparison.Ordinal)))];
    }
}
