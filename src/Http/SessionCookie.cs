using Microsoft.AspNetCore.Http;

namespace Qipan.Http;

/// <summary>The cookie of a staff session: the token itself, out of reach of scripts, sent along only from our own pages' links and forms.</summary>
public static class SessionCookie
{
    public const string Name = "qipan_session";

    public static void Set(HttpContext context, string token, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name, token, Options(context, expires));

    public static void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        Expires = expires,
    };
}
