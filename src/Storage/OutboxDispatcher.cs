using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Contracts;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>Hears events of one kind. Handled at least once, each time in a unit of its own together with its delivery note.</summary>
public interface ISubscriber
{
    /// <summary>Stable: it stands in the delivery notes, so renaming it makes every event be handled again.</summary>
    string Name { get; }

    string EventKind { get; }

    Outcome<Done> Handle(WriteSession session, string owner, string body);
}

/// <summary>The typed way to write a subscriber.</summary>
public abstract class Subscriber<TEvent>(string name) : ISubscriber
    where TEvent : IEvent
{
    public string Name => name;

    public string EventKind => TEvent.Kind;

    public Outcome<Done> Handle(WriteSession session, string owner, string body) =>
        Handle(session, owner, JsonSerializer.Deserialize<TEvent>(body, JsonSerializerOptions.Web)!);

    protected abstract Outcome<Done> Handle(WriteSession session, string owner, TEvent news);
}

/// <summary>
/// Hands waiting events to their subscribers, oldest first. A subscriber that fails is tried again on the next round and holds
/// nobody else up; the event stays pending until all have handled it.
/// </summary>
public sealed class OutboxDispatcher(Store store, IEnumerable<ISubscriber> subscribers, ILogger<OutboxDispatcher> log) : BackgroundService
{
    const int MostAtOnce = 500;

    static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    readonly ILookup<string, ISubscriber> byKind = subscribers.ToLookup(s => s.EventKind);

    /// <summary>Handles what waits now. Returns how many events are done with.</summary>
    public async Task<int> DispatchOnce()
    {
        var pending = store.Read(session => OutboxRow.Pending(session, MostAtOnce));
        var finished = 0;
        foreach (var news in pending)
            if (await Deliver(news))
                finished++;
        return finished;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DispatchOnce() > 0)
                    continue;
            }
            catch (Exception broken) when (broken is not OperationCanceledException)
            {
                log.LogError(broken, "The outbox could not be read; trying again.");
            }
            await Task.Delay(Idle, store.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<bool> Deliver(OutboxRow news)
    {
        var all = true;
        foreach (var subscriber in byKind[news.Kind])
        {
            try
            {
                var outcome = await store.Write(new WriteScope(Actor.System, news.Owner), session => Handle(session, news, subscriber));
                if (outcome.Ok)
                    continue;
                all = false;
                log.LogWarning("{Subscriber} refused event {Event}: {Code}", subscriber.Name, news.Id, outcome.Refusal.Code);
            }
            catch (Exception broken)
            {
                all = false;
                log.LogError(broken, "{Subscriber} failed on event {Event}", subscriber.Name, news.Id);
            }
        }
        if (!all)
            return false;
        var closed = await store.Write(new WriteScope(Actor.System, news.Owner), session =>
        {
            session.Execute("UPDATE outbox SET pending = 0 WHERE owner = @Owner AND id = @Id", new { news.Owner, news.Id });
            return Outcome.Done;
        });
        return closed.Ok;
    }

    static Outcome<Done> Handle(WriteSession session, OutboxRow news, ISubscriber subscriber)
    {
        var first = session.Execute(
            "INSERT INTO outbox_delivery (owner, event_id, subscriber, at) VALUES (@Owner, @Id, @Name, @Now) ON CONFLICT DO NOTHING",
            new { news.Owner, news.Id, subscriber.Name, session.Now });
        return first == 0 ? Done.Value : subscriber.Handle(session, news.Owner, news.Body);
    }
}
