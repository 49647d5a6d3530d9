using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Qipan.Kernel;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.Live;

/// <summary>
/// Tells open pages that something of their territory was written, and never what: a page then loads itself again, with the reader's own rights. One loop
/// for all: it compares the numbers of the counties' last changes, and writes a line to those whose number grew. A connection is an entry in a
/// list and a task that waits, so that thousands cost little. Safe for all threads.
/// </summary>
sealed class LiveDoor(Store store, LocalDays days, SituationSettings settings) : BackgroundService
{
    /// <summary>A line at least so often, so that a page can tell a quiet night from a broken line.</summary>
    static readonly TimeSpan Alive = TimeSpan.FromSeconds(15);

    /// <summary>After this a connection is ended and comes again: whoever was signed out meanwhile is not let in.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<long, Listener> listeners = new();
    readonly OtherNodes others = new(store);
    long number;

    /// <summary>Connections that are open now.</summary>
    public int Open => listeners.Count;

    /// <summary>Answers with a stream of events until the page leaves, the server stops, or it has lasted <see cref="Longest"/>.</summary>
    public async Task Hold(HttpContext http, IReadOnlyList<string> territories)
    {
        var listener = new Listener(http.Response, territories, Stopwatch.GetTimestamp()) { Seen = Last(territories, []) };
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await listener.Send(Bytes("retry: 3000\n" + Event("alive")));
        var id = Interlocked.Increment(ref number);
        using var leaves = http.RequestAborted.UnsafeRegister(static l => ((Listener)l!).End(), listener);
        listeners.TryAdd(id, listener);
        try
        {
            await listener.Ended;
        }
        finally
        {
            listeners.TryRemove(id, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.LiveSeconds));
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                Tell();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        foreach (var listener in listeners.Values)
            listener.End();
    }

    void Tell()
    {
        if (listeners.IsEmpty)
            return;
        others.Look();
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        var (changed, alive) = (Bytes(Event("changed")), Bytes(Event("alive")));
        foreach (var listener in listeners.Values)
        {
            if (!listener.Ready)
                continue;
            if (Stopwatch.GetElapsedTime(listener.Since) > Longest)
            {
                listener.End();
                continue;
            }
            var last = Last(listener.Territories, known);
            if (last != listener.Seen)
                listener.Seen = last;
            else if (Stopwatch.GetElapsedTime(listener.Told) < Alive)
                continue;
            else
            {
                _ = listener.Send(alive);
                continue;
            }
            _ = listener.Send(changed);
        }
    }

    long Last(IReadOnlyList<string> territories, Dictionary<string, long> known)
    {
        var last = 0L;
        foreach (var territory in territories)
        {
            if (!known.TryGetValue(territory, out var its))
                known.Add(territory, its = store.Changes.Of(territory));
            last = Math.Max(last, its);
        }
        return last;
    }

    /// <summary>The time as pages show it, and over how many milliseconds the pages spread what they load, so that thousands do not come at one moment.</summary>
    string Event(string name) => string.Create(CultureInfo.InvariantCulture,
        $"event: {name}\ndata: {{\"at\":\"{TimeZoneInfo.ConvertTime(store.Clock.GetUtcNow(), days.Zone):HH:mm:ss}\",\"spread\":{Math.Max(150, listeners.Count * 5)}}}\n\n");

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    sealed class Listener(HttpResponse response, IReadOnlyList<string> territories, long since)
    {
        readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task sending = Task.CompletedTask;

        public IReadOnlyList<string> Territories => territories;

        public long Since => since;

        public long Seen { get; set; }

        public long Told { get; private set; }

        /// <summary>False while the line before is still on its way to somebody slow.</summary>
        public bool Ready => sending.IsCompleted;

        public Task Ended => ended.Task;

        public void End() => ended.TrySetResult();

        public Task Send(byte[] line)
        {
            Told = Stopwatch.GetTimestamp();
            return sending = Write(line);
        }

        async Task Write(byte[] line)
        {
            try
            {
                var flushed = await response.BodyWriter.WriteAsync(line);
                if (flushed.IsCompleted || flushed.IsCanceled)
                    End();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                End();
            }
        }
    }

    /// <summary>
    /// What other servers wrote into a store that several share: the last entry of each county's trail, one look along the index for each county. An embedded
    /// store has one server.
    /// </summary>
    sealed class OtherNodes(Store store)
    {
        readonly Dictionary<string, Guid> tops = new(StringComparer.Ordinal);

        public void Look()
        {
            if (store.Kind != StoreKind.Postgres)
                return;
            var rows = store.Read(s => s.Query<Top>("""
                WITH RECURSIVE county(code) AS (
                  SELECT min(owner) FROM trail
                  UNION ALL SELECT (SELECT min(owner) FROM trail WHERE owner > county.code) FROM county WHERE county.code IS NOT NULL)
                SELECT code, (SELECT id FROM trail WHERE owner = code ORDER BY id DESC LIMIT 1) AS id FROM county WHERE code IS NOT NULL
                """));
            var fresh = tops.Count == 0 ? [] : rows.Where(r => tops.GetValueOrDefault(r.Code) != r.Id).Select(r => r.Code).ToList();
            foreach (var row in rows)
                tops[row.Code] = row.Id;
            if (fresh.Count > 0)
                store.Changes.Note(fresh);
        }

        sealed class Top
        {
            public string Code { get; init; } = "";

            public Guid Id { get; init; }
        }
    }
}
