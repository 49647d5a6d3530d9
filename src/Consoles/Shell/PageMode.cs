using Microsoft.AspNetCore.Http;

namespace Qipan.Consoles.Shell;

/// <summary>
/// How pages look: <c>auto</c> (as the device), <c>light</c>, <c>dark</c>, or <c>wall</c> (seen from across the room: dark, large, no forms, and
/// read again each minute). Asked for by <c>?mode=</c>, else the cookie. The wall holds for one address only: a reader who goes on has their own look back.
/// </summary>
static class PageMode
{
    public const string Cookie = "qipan_mode";

    public static string Of(HttpContext context) => Known(context.Request.Query["mode"]) ?? Known(context.Request.Cookies[Cookie]) ?? "auto";

    /// <summary>Keeps what the address asks for; before the answer begins.</summary>
    public static void Keep(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && Known(context.Request.Query["mode"]) is { } mode && mode != "wall" && !context.Response.HasStarted)
            context.Response.Cookies.Append(Cookie, mode, ChoiceCookie.Options(context));
    }

    static string? Known(string? mode) => mode is "auto" or "light" or "dark" or "wall" ? mode : null;
}
