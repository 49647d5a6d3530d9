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

    /// <summary>What an answer's log line and problem body share, so that one leads to the other.</summary>
    public static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    /// <summary>Writes the problem now. <paramref name="status"/> only where HTTP has a finer one than the kind: 405, 415, 500.</summary>
    public static Task Write(HttpContext context, Refusal refusal, int? status = null)
    {
        var code = status ?? StatusOf(refusal.Kind);
        if (refusal.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var problem = new ProblemDetails { Status = code, Title = refusal.In(RequestLanguage.Of(context)), Type = $"urn:qipan:{refusal.Code}" };
        problem.Extensions["code"] = refusal.Code;
        problem.Extensions["trace"] = TraceOf(context);
        if (refusal.Field is { } field)
            problem.Extensions["field"] = field;
        context.Response.StatusCode = code;
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    sealed class RefusalResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, refusal);
    }
}
