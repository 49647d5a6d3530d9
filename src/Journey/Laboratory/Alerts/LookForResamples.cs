using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Qipan.Laboratory;

/// <summary>Looks every few seconds whether members of open alerts were sampled again.</summary>
sealed class LookForResamples(Resamples resamples, LaboratorySettings settings, TimeProvider clock, ILogger<LookForResamples> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(settings.ResampleLookSeconds), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
                return;
            try
            {
                await resamples.Look();
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "Re-samples could not be looked for; trying again.");
            }
        }
    }
}
