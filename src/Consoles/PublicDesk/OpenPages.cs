using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Qipan.Consoles.Shell;
using Qipan.Http;

namespace Qipan.Consoles;

/// <summary>
/// Pages that are the same for everybody who has no account: made once a minute for each language and look, and handed out. Whoever is signed in gets
/// their own, with their desks around it, and leaves nothing behind for others.
/// </summary>
public sealed class OpenPages : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var open = HttpMethods.IsGet(request.Method) && request.Cookies[SessionCookie.Name] is null && request.Headers.Authorization.Count == 0;
        (context.EnableOutputCaching, context.AllowCacheLookup, context.AllowCacheStorage, context.AllowLocking) = (true, open, open, true);
        context.ResponseExpirationTimeSpan = TimeSpan.FromMinutes(1);
        context.CacheVaryByRules.QueryKeys = new(["lang", "mode"]);
        context.CacheVaryByRules.VaryByValues["language"] = RequestLanguage.Of(context.HttpContext);
        context.CacheVaryByRules.VaryByValues["mode"] = PageMode.Of(context.HttpContext);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>An answer that keeps a choice in a cookie is that reader's.</summary>
    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        if (context.HttpContext.Response.StatusCode != StatusCodes.Status200OK || context.HttpContext.Response.Headers.SetCookie.Count > 0)
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}
