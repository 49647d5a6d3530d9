using Microsoft.AspNetCore.Http;

namespace Qipan.Consoles.Shell;

/// <summary>How a reader's choices are kept: for a year, read by no script, and holding nothing about the reader.</summary>
static class ChoiceCookie
{
    public static CookieOptions Options(HttpContext http) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    };
}
