using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Qipan.Kernel;

namespace Qipan.Http;

/// <summary>The one way from an outcome to an HTTP answer: <c>application/problem+json</c> with code, title and trace.</summary>
public static class Answers
{
    /// <summary>The value as JSON with 200, or the refusal as a problem.</summary>
    public static IResult ToHttp<T>(this Outcome<T> outcome) =>
        outcome.Match(value => value is Done ? Results.NoContent() : Results.Json(value), Problem);

    /// <summary>The refusal as a problem, in the language the request prefers.</summary>
    public static IResult Problem(Refusal refusal) => new RefusalResult(refusal);

    /// <summary>The status of each kind of refusal; a new kind does not compile until it has one.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Invalid => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Busy => StatusCodes.Status429TooManyRequests,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.NotSignedIn => StatusCodes.Status401Unauthorized,
    };

    sealed class RefusalResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var language = httpContext.Request.GetTypedHeaders().AcceptLanguage is [var first, ..] ? first.Value.Value ?? "en" : "en";
            var status = StatusOf(refusal.Kind);
            if (refusal.RetryAfterSeconds is { } seconds)
                httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var problem = new ProblemDetails { Status = status, Title = refusal.In(language), Type = $"urn:qipan:{refusal.Code}" };
            problem.Extensions["code"] = refusal.Code;
            problem.Extensions["trace"] = Activity.Current?.Id ?? httpContext.TraceIdentifier;
            if (refusal.Field is { } field)
                problem.Extensions["field"] = field;
            httpContext.Response.StatusCode = status;
            return httpContext.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", httpContext.RequestAborted);
        }
    }
}
