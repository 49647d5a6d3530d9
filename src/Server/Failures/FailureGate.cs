using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Server.Settings;

namespace Qipan.Server.Failures;

/// <summary>
/// Turns whatever went wrong into one shape. What is the caller's fault names the place and never repeats what was sent, for that may
/// be personal; what broke here says only the code <c>broken</c> and the trace id, and its details go to the log.
/// </summary>
sealed partial class FailureGate(RequestDelegate next, ServerSettings settings, ILogger<FailureGate> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException bad)
        {
            await Failure.Write(context, Read(bad), bad.StatusCode is 413 or 415 ? bad.StatusCode : null);
            return;
        }
        catch (Exception broken)
        {
            log.LogError(broken, "Broken at {Method} {Route}, trace {Trace}", context.Request.Method,
                (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "no route", Answers.TraceOf(context));
            await Failure.Write(context, new Broken(), StatusCodes.Status500InternalServerError);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            await WriteBare(context);
    }

    /// <summary>Routing and the framework answer some requests with nothing but a status.</summary>
    Task WriteBare(HttpContext context) => context.Response.StatusCode switch
    {
        404 => Failure.Write(context, new NoSuchRoute()),
        405 => Failure.Write(context, new MethodNotAllowed(), 405),
        413 => Failure.Write(context, new BodyTooLarge(settings.MaxBodyMegabytes)),
        415 => Failure.Write(context, new MediaTypeNotRead(), 415),
        var status => Failure.Write(context, new BadRequest(), status),
    };

    Refusal Read(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: 413 } => new BodyTooLarge(settings.MaxBodyMegabytes),
        { StatusCode: 415 } => new MediaTypeNotRead(),
        { InnerException: AntiforgeryValidationException } => new FormExpired(),
        { InnerException: JsonException json } => new BadBody(Place(json)) { Field = Field(json.Path) },
        _ when Parameter().Match(bad.Message) is { Success: true } match =>
            new BadParameter(match.Groups["name"].Value) { Field = match.Groups["name"].Value },
        _ => new BadRequest(),
    };

    static string Place(JsonException json) => $"{Field(json.Path) ?? "the start"} (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})";

    /// <summary>A path of names and numbers only: a key of the sender's own making could be personal.</summary>
    static string? Field(string? path) => path is not null && PlainPath().IsMatch(path) ? path : null;

    [GeneratedRegex("""parameter "[^"]*?\b(?<name>\w+)" """, RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^\$([.][A-Za-z][A-Za-z0-9]{0,40}|\[\d{1,7}\])*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainPath();
}
