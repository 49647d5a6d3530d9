using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Draws the consequences that wait, one after the other, and marks visits as missed. Each may be run again.</summary>
sealed class TraceWorker(
    Store store, ProposeContactsHandler propose, CaseConsequences consequences, CloseMissed missed, RaiseHandovers raise, TracingSettings settings, ILogger<TraceWorker> log)
    : BackgroundService
{
    const int MostAtOnce = 100;

    DateTimeOffset lookedForMissed = DateTimeOffset.MinValue;

    /// <summary>Does what waits now. Returns how much of it is done.</summary>
    public async Task<int> Look()
    {
        var done = 0;
        foreach (var work in store.Read(s => TraceWork.Open(s, MostAtOnce)))
        {
            var outcome = await Do(work);
            if (!outcome.Ok && outcome.Refusal.Kind == RefusalKind.Busy)
                continue;
            // A refusal that is no matter of load will not change by asking again: it stands with the work, and the case can be proposed by hand.
            var note = outcome.Ok ? null : outcome.Refusal.Code;
            var closed = await store.Write(new WriteScope(Actor.System, work.Owner), session =>
            {
                session.Update(TraceWork.Rows, [work with { DoneAt = session.Now, Note = note }]);
                return Outcome.Done;
            });
            done += closed.Ok ? 1 : 0;
        }
        return done;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look();
                await raise.Look();
                if (store.Clock.GetUtcNow() is var now && now - lookedForMissed > TimeSpan.FromMinutes(10))
                {
                    lookedForMissed = now;
                    await missed.Look();
                }
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "Consequences for contacts could not be drawn; trying again.");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(settings.LookMilliseconds), store.Clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<Outcome<Done>> Do(TraceWork work) => work.Why switch
    {
        "results" => await Results(work.CaseId),
        "result_fell" => await Fell(work.CaseId),
        "ruled_out" => (await consequences.RuledOut(work.CaseId)).Map(_ => Done.Value),
        "class_restored" => await Chain(consequences.Restored(work.CaseId), () => Opened(work.CaseId)),
        "case_opened" => await Opened(work.CaseId),
        _ => (await propose.Handle(new ProposeContacts(work.CaseId), Actor.System)).Map(_ => Done.Value),
    };

    Task<Outcome<Done>> Opened(Guid id) => Chain(consequences.BecameCase(id), async () =>
        (await propose.Handle(new ProposeContacts(id), Actor.System)).Map(_ => Done.Value));

    static async Task<Outcome<Done>> Chain<T>(Task<Outcome<T>> first, Func<Task<Outcome<Done>>> then)
    {
        var outcome = await first;
        return outcome.Ok ? await then() : outcome.Refusal;
    }

    async Task<Outcome<Done>> Results(Guid run)
    {
        var tasks = store.Read(s => ContactTests.OfRun(s, run));
        return tasks.Count == 0 ? Done.Value : await store.Write(Scope(tasks), session =>
        {
            ContactTests.Done(session, tasks);
            return Outcome.Done;
        });
    }

    async Task<Outcome<Done>> Fell(Guid result)
    {
        var tasks = store.Read(s => ContactTests.OnResult(s, result));
        return tasks.Count == 0 ? Done.Value : await store.Write(Scope(tasks), session =>
        {
            ContactTests.Fell(session, result, ContactTests.OnResult(session, result));
            return Outcome.Done;
        });
    }

    static WriteScope Scope(IEnumerable<TaskRow> tasks) =>
        new(Actor.System, [.. tasks.SelectMany(t => new[] { t.Owner, PlaceCode.OwnerOf(t.Area) }).Distinct()]);
}
