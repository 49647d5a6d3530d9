using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Qipan.Consoles;
using Qipan.Http;
using Qipan.Server.Settings;

namespace Qipan.Server.Failures;

/// <summary>
/// So many answers a second for all of the public together; a second's worth more waits its turn, in the order of arrival. Whoever comes over that gets
/// a page, the same bytes for everybody, that says when to come again: it costs next to nothing, so the desks stay as quick as they were.
/// </summary>
sealed class PublicLimit(ServerSettings settings) : IRateLimiterPolicy<string>
{
    const int StepsPerSecond = 10;

    /// <summary>Seconds after which the page says to come again.</summary>
    const int ComeAgain = 20;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = static (rejected, _) => new ValueTask(Wait(rejected.HttpContext));

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetTokenBucketLimiter(PublicRate.Policy, _ =>
        new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, settings.PublicAnswersPerSecond / StepsPerSecond * 2),
            TokensPerPeriod = Math.Max(1, settings.PublicAnswersPerSecond / StepsPerSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / StepsPerSecond),
            QueueLimit = settings.PublicAnswersPerSecond,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });

    static Task Wait(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            return Failure.Write(http, new PublicBusy { RetryAfterSeconds = ComeAgain });
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.RetryAfter = ComeAgain.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var page = WaitingPage.Of(RequestLanguage.Of(http));
        http.Response.ContentLength = page.Length;
        return http.Response.Body.WriteAsync(page, http.RequestAborted).AsTask();
    }
}

/// <summary>Too many of the public ask at once.</summary>
sealed record PublicBusy() : Kernel.Refusal("public_busy", Kernel.RefusalKind.Busy,
    "Very many people are asking at this moment. Nothing is lost; ask again in a little while.", "当前查询人数较多，信息不会丢失，请稍后再查。");
