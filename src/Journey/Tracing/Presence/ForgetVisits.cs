using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qipan.Tracing;

/// <summary>Forgets visits that are older than they are kept 留存期限.</summary>
sealed class ForgetVisits(PresenceDoor presence, TracingSettings settings, TimeProvider clock, ILogger<ForgetVisits> log) : BackgroundService
{
    /// <summary>Returns how many were forgotten.</summary>
    public async Task<long> Look() => presence.Open is { } open
        ? await open.ForgetBefore(clock.GetUtcNow().AddDays(-settings.KeepVisitsDays).ToUnixTimeSeconds()) : 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look();
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "Old visits could not be forgotten; trying again.");
            }
            await Task.Delay(TimeSpan.FromHours(settings.ForgetEveryHours), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
