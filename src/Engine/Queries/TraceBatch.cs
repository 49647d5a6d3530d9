using System.Diagnostics;

namespace Qipan.Engine;

/// <summary>Traces many index persons on several threads, with one tracer for each thread.</summary>
public sealed class TraceBatch(PresenceView view, int threads)
{
    readonly Tracer[] tracers = [.. Enumerable.Range(0, Math.Max(1, threads)).Select(_ => new Tracer(view))];

    /// <summary>
    /// Traces every index person; <paramref name="take"/> is called with its position, the tracer that holds its result and the time
    /// that the query took, on the thread of that tracer and in no certain order.
    /// </summary>
    public void Run(IReadOnlyList<TraceIndex> indexes, TraceRule rule, Action<int, Tracer, TimeSpan> take, bool withEpisodes = false)
    {
        var next = -1;
        Parallel.For(0, tracers.Length, new ParallelOptions { MaxDegreeOfParallelism = tracers.Length }, worker =>
        {
            for (var i = Interlocked.Increment(ref next); i < indexes.Count; i = Interlocked.Increment(ref next))
            {
                var start = Stopwatch.GetTimestamp();
                tracers[worker].Trace(indexes[i], rule, withEpisodes);
                take(i, tracers[worker], Stopwatch.GetElapsedTime(start));
            }
        });
    }
}
