using Microsoft.AspNetCore.Http;
using Qipan.Http;

namespace Qipan.Server;

/// <summary>A reader who chooses a language by <c>?lang=</c> keeps it: for a year, in a cookie that says nothing else.</summary>
sealed class LanguageChoice(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Query.ContainsKey("lang"))
            context.Response.Cookies.Append(RequestLanguage.Cookie, RequestLanguage.Of(context), new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
                Path = "/",
            });
        return next(context);
    }
}
