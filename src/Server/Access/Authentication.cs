using Microsoft.AspNetCore.Http;
using Qipan.Http;

namespace Qipan.Server.Access;

/// <summary>
/// Says who calls, before anything else does: a staff session from the cookie, or a bearer token of a staff session or a device.
/// An unknown, ended or revoked token is the same as none. The cookie counts for pages and the API alike; forms carry an
/// antiforgery token besides.
/// </summary>
sealed class Authentication(RequestDelegate next, IEnumerable<CallerSource> sources)
{
    const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (TokenOf(context.Request) is { } token && sources.Select(s => s.CallerOf(token)).FirstOrDefault(c => c is not null) is { } caller)
            context.SetCaller(caller);
        return next(context);
    }

    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var token = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : request.Cookies[SessionCookie.Name];
        return token is { Length: >= 16 and <= 256 } ? token : null;
    }
}

/// <summary>Who stands behind a token; each kind of account has one. Safe for all threads, and fast: it runs on every request.</summary>
public abstract class CallerSource
{
    /// <summary>The caller, or null when the token is not one of this kind, is unknown, ended or revoked.</summary>
    public abstract Caller? CallerOf(string token);
}
