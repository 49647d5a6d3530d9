using Microsoft.AspNetCore.Http;

namespace Qipan.Server;

/// <summary>
/// Headers of every answer. Pages run no script of anyone's making but the program's own files, are framed by nobody, and tell
/// other sites nothing of where the reader was; what shows persons is kept by no cache.
/// </summary>
sealed class SecurityHeaders(RequestDelegate next)
{
    const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        + "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        // Pages here have no enhanced navigation; the framework announces it all the same.
        context.Response.OnStarting(static state =>
        {
            ((HttpContext)state).Response.Headers.Remove("blazor-enhanced-nav");
            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}
