using Microsoft.AspNetCore.Http;
using Qipan.Consoles;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Server.Failures;

/// <summary>Every "no" of the host itself: a page for a browser, a problem for a program.</summary>
static class Failure
{
    public static Task Write(HttpContext context, Refusal refusal, int? status = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        return WantsPage(context.Request)
            ? RefusalAnswer.Write(context, refusal, status ?? Answers.StatusOf(refusal.Kind))
            : Answers.Write(context, refusal, status);
    }

    static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
