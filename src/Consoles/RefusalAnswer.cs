using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qipan.Consoles.Shell;
using Qipan.Kernel;

namespace Qipan.Consoles;

/// <summary>A refusal as a browser sees it.</summary>
public static class RefusalAnswer
{
    /// <summary>The sentence as a page; who is not signed in is sent to the sign-in page and comes back after it.</summary>
    public static Task Write(HttpContext context, Refusal refusal, int status)
    {
        if (refusal.Kind == RefusalKind.NotSignedIn && HttpMethods.IsGet(context.Request.Method) && context.Request.Path != "/sign-in")
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers.Location = "/sign-in" + QueryString.Create("to", context.Request.Path + context.Request.QueryString);
            return Task.CompletedTask;
        }
        if (refusal.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        RefusedForms.Refuse(context, refusal);
        RefusedForms.Once(context);
        return new RazorComponentResult<RefusalPage>(new { Refusal = refusal }) { StatusCode = status }.ExecuteAsync(context);
    }
}
