using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Carries out what is waiting to be done to rosters 名单: opens them, exempts, follows changes of scope, withdraws. One step is one unit of
/// writing; between two steps other writers of the county have their turn, and a server that starts again goes on after the last step.
/// </summary>
public sealed class OpenRosters(Store store, ILogger<OpenRosters> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Makes steps until nothing waits, or until so many were made. Returns how many were made.</summary>
    public async Task<int> Once(int most = int.MaxValue, CancellationToken stop = default)
    {
        var steps = 0;
        while (steps < most && !stop.IsCancellationRequested && store.Read(RosterWork.Waiting) is { Count: > 0 } waiting)
        {
            // One step of each county in turn, so that a small round does not wait for a large one.
            foreach (var work in waiting.DistinctBy(w => w.Owner))
            {
                if (steps++ >= most || stop.IsCancellationRequested)
                    break;
                var step = await store.Write(new WriteScope(Orderer(work.Actor), work.Owner) { IsLarge = true }, session => RosterSteps.Step(session, work.Owner, work.Seq));
                if (step.Refusal is StoreBusy)
                    await Task.Delay(Pause, store.Clock, stop);
                else if (!step.Ok)
                    throw new InvalidOperationException($"A step of roster work {work.Seq} of {work.Owner} was refused: {step.Refusal.Code}.");
            }
        }
        return steps;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Once(stop: stoppingToken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "A roster could not be worked on; trying again.");
            }
            await Task.Delay(Pause, store.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whoever ordered it answers for every step, after a restart too.</summary>
    static Actor Orderer(string text) => text.Split(':') is ["staff", var id] && Guid.TryParseExact(id, "N", out var staff)
        ? new Actor(ActorKind.Staff, staff)
        : Actor.System;
}
