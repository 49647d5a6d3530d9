using Microsoft.AspNetCore.Http;

namespace Qipan.Http;

/// <summary>
/// The cookie of a staff session: the token itself, out of reach of scripts, sent along only from our own pages' links and forms. It
/// goes when the browser is closed; when the session ends before, the server's clock says so and not the browser's.
/// </summary>
public static class SessionCookie
{
    public const string Name = "qipan_session";

    public static void Set(HttpContext context, string token) =>
        context.Response.Cookies.Append(Name, token, Options(context));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    };
}
