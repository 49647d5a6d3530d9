using System.Diagnostics;
using System.Text.Json;
using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>
/// The queries of the benchmark table on a store. Each line has wall time and processor time; the last one is JSON with the names that
/// the peers' programs use.
/// </summary>
static class QueryBench
{
    const int Rounds = 5;

    static readonly TraceRule Ring1 = new() { MinOverlap = 900 };
    static readonly TraceRule Ring2 = new() { MinOverlap = 900, Rings = 2, WholeWindow = true };

    public static int Run(string folder, Func<VisitStore, List<TraceIndex>> indexesOf, long at)
    {
        var start = Stopwatch.GetTimestamp();
        using var store = VisitStore.OpenForReading(folder).Value;
        using var view = store.Read();
        var report = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["open"] = Stopwatch.GetElapsedTime(start).TotalMilliseconds,
            ["residentMb"] = Environment.WorkingSet >> 20,
        };
        Console.WriteLine($"open {report["open"]:F1} ms, resident {report["residentMb"]} MB, visits {view.Count}");
        var indexes = indexesOf(store);
        var few = indexes.Take(100).ToList();
        var threads = Environment.ProcessorCount;
        var (one, contacts, _, episodes) = OneByOne(view, "ring 1", indexes, Ring1);
        (report["ring1"], report["episodes1"]) = (contacts, episodes);
        (report["ring1Median"], report["ring1P99"], report["batchOneThread"]) = (one.Median, one.P99, one.Total);
        report["batch1000"] = Batch(view, "ring 1", indexes, Ring1, threads).Least;
        (var two, _, var second, _) = OneByOne(view, "ring 1+2", few, Ring2);
        (report["ring2"], report["ring2Median"], report["ring2Total"]) = (second, two.Median, two.Total);
        report["ring2Batch"] = Batch(view, "ring 1+2", few, Ring2, threads).Least;
        var counts = new Measured();
        foreach (var used in new[] { 1, threads })
            report["present"] = Occupancy(view, at, used, counts = new Measured());
        (report["occupancyMedian"], report["occupancyLeast"]) = (counts.Median, counts.Least);
        Console.WriteLine(JsonSerializer.Serialize(report));
        return 0;
    }

    /// <summary>
    /// Each query alone, several times over; a query's time is the least of its rounds, because other programs on the machine only
    /// ever add. The first round, in which code is compiled and pages are compared with their checksums, has a line of its own.
    /// </summary>
    static (Measured Times, long Ring1, long Ring2, long Episodes1) OneByOne(
        PresenceView view, string what, List<TraceIndex> indexes, TraceRule rule)
    {
        var tracer = new Tracer(view);
        var rounds = new List<Measured>();
        long ring1 = 0, ring2 = 0, episodes1 = 0, episodes2 = 0;
        for (var round = 0; round < Rounds; round++)
        {
            rounds.Add(new Measured());
            ring1 = ring2 = episodes1 = episodes2 = 0;
            foreach (var index in indexes)
            {
                rounds[^1].Time(() => tracer.Trace(index, rule));
                ring1 += tracer.Ring1.Length;
                ring2 += tracer.Ring2.Length;
                foreach (var contact in tracer.Ring1)
                    episodes1 += contact.Episodes;
                foreach (var contact in tracer.Ring2)
                    episodes2 += contact.Episodes;
            }
        }
        Print($"{what}, {indexes.Count} one by one, first round", rounds[0], $"contacts {ring1} {ring2}, episodes {episodes1} {episodes2}");
        var least = Measured.LeastOf(rounds);
        Print($"{what}, {indexes.Count} one by one, least of {Rounds} rounds", least, "");
        return (least, ring1, ring2, episodes1);
    }

    static Measured Batch(PresenceView view, string what, List<TraceIndex> indexes, TraceRule rule, int threads)
    {
        var batch = new TraceBatch(view, threads);
        var all = new Measured();
        for (var round = 0; round < 2 * Rounds; round++)
            all.Time(() => batch.Run(indexes, rule, static (_, _, _) => { }), allThreads: true);
        Console.WriteLine($"{what}, {indexes.Count} on {threads} threads: least {all.Least:F1} ms, median {all.Median:F1}; "
            + $"processor of both least {all.ProcessorLeast:F1}, median {all.ProcessorMedian:F1}");
        return all;
    }

    static long Occupancy(PresenceView view, long at, int threads, Measured times)
    {
        for (var i = 0; i < 60; i++)
            times.Time(() => view.Occupancy(VisitCity.Start + 86400 * (i % 12 + 1) + 3600 * (8 + i % 12), threads), threads > 1);
        Print($"occupancy of all places, {threads} threads", times, "");
        return view.Occupancy(at, threads).Sum(p => (long)p.Count);
    }

    static void Print(string what, Measured times, string found) => Console.WriteLine(
        $"{what}: median {times.Median:F4} ms, p99 {times.P99:F4}, all {times.Total:F1}; "
        + $"processor median {times.ProcessorMedian:F4}, p99 {times.ProcessorP99:F4}, all {times.ProcessorTotal:F1}; {found}");
}
