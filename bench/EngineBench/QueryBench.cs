using System.Diagnostics;
using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>The queries of the benchmark table on a loaded store; each line has wall time and processor time.</summary>
static class QueryBench
{
    const int Rounds = 5;

    static readonly TraceRule Ring1 = new() { MinOverlap = 900 };
    static readonly TraceRule Ring2 = new() { MinOverlap = 900, Rings = 2, WholeWindow = true };

    public static void Run(VisitCity city, string folder, int threads)
    {
        var start = Stopwatch.GetTimestamp();
        using var store = VisitStore.OpenForReading(folder).Value;
        using var view = store.Read();
        Console.WriteLine($"open {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms, resident {Environment.WorkingSet >> 20} MB, visits {view.Count}");
        var indexes = city.Indexes(1000);
        var few = indexes.Take(100).ToList();
        OneByOne(view, "ring 1", indexes, Ring1);
        Batch(view, "ring 1", indexes, Ring1, threads);
        OneByOne(view, "ring 1+2", few, Ring2);
        Batch(view, "ring 1+2", few, Ring2, threads);
        foreach (var used in new[] { 1, threads })
            Occupancy(view, used);
    }

    /// <summary>
    /// Each query alone, several times over; a query's time is the least of its rounds, because other programs on the machine only
    /// ever add. The first round, in which code is compiled and pages are compared with their checksums, has a line of its own.
    /// </summary>
    static void OneByOne(PresenceView view, string what, List<TraceIndex> indexes, TraceRule rule)
    {
        var tracer = new Tracer(view);
        var rounds = new List<Measured>();
        long ring1 = 0, ring2 = 0, episodes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(new Measured());
            ring1 = ring2 = episodes = 0;
            foreach (var index in indexes)
            {
                rounds[^1].Time(() => tracer.Trace(index, rule));
                ring1 += tracer.Ring1.Length;
                ring2 += tracer.Ring2.Length;
                foreach (var contact in tracer.Ring1)
                    episodes += contact.Episodes;
                foreach (var contact in tracer.Ring2)
                    episodes += contact.Episodes;
            }
        }
        Print($"{what}, {indexes.Count} one by one, first round", rounds[0], $"contacts {ring1} {ring2}, episodes {episodes}");
        Print($"{what}, {indexes.Count} one by one, least of {Rounds} rounds", Measured.LeastOf(rounds), "");
    }

    static void Batch(PresenceView view, string what, List<TraceIndex> indexes, TraceRule rule, int threads)
    {
        var batch = new TraceBatch(view, threads);
        var all = new Measured();
        for (var round = 0; round < Rounds; round++)
            all.Time(() => batch.Run(indexes, rule, static (_, _, _) => { }), allThreads: true);
        Console.WriteLine($"{what}, {indexes.Count} on {threads} threads: least {all.Least:F1} ms, median {all.Median:F1}; "
            + $"processor of both least {all.ProcessorLeast:F1}, median {all.ProcessorMedian:F1}");
    }

    static void Occupancy(PresenceView view, int threads)
    {
        var all = new Measured();
        long present = 0;
        for (var i = 0; i < 60; i++)
            all.Time(() => present += view.Occupancy(VisitCity.Start + 86400 * (i % 12 + 1) + 3600 * (8 + i % 12), threads).Sum(p => p.Count), threads > 1);
        Print($"occupancy of all places, {threads} threads", all, $"people {present}");
    }

    static void Print(string what, Measured times, string found) => Console.WriteLine(
        $"{what}: median {times.Median:F4} ms, p99 {times.P99:F4}, all {times.Total:F1}; "
        + $"processor median {times.ProcessorMedian:F4}, p99 {times.ProcessorP99:F4}, all {times.ProcessorTotal:F1}; {found}");
}
