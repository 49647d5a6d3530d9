using System.Diagnostics;
using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>The queries of the benchmark table on a loaded store.</summary>
static class QueryBench
{
    static readonly TraceRule Ring1 = new() { MinOverlap = 900 };
    static readonly TraceRule Ring2 = new() { MinOverlap = 900, Rings = 2, WholeWindow = true };

    public static void Run(VisitCity city, string folder, int threads)
    {
        var start = Stopwatch.GetTimestamp();
        using var store = VisitStore.OpenForReading(folder).Value;
        using var view = store.Read();
        Console.WriteLine($"open {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms, resident {Environment.WorkingSet >> 20} MB, visits {view.Count}");
        var indexes = city.Indexes(1000);
        var tracer = new Tracer(view);
        for (var round = 0; round < 3; round++)
        {
            var one = new Measured();
            long contacts = 0, episodes = 0, seconds = 0;
            foreach (var index in indexes)
            {
                one.Time(() => tracer.Trace(index, Ring1));
                contacts += tracer.Ring1.Length;
                foreach (var contact in tracer.Ring1)
                {
                    episodes += contact.Episodes;
                    seconds += contact.OverlapSeconds;
                }
            }
            Console.WriteLine($"ring 1, one thread: median {one.Median:F4} ms, p99 {one.P99:F4} ms, 1000 in {one.Total:F1} ms; contacts {contacts}, episodes {episodes}, seconds {seconds}");
        }
        var batch = new TraceBatch(view, threads);
        for (var round = 0; round < 3; round++)
            Console.WriteLine($"ring 1, {threads} threads: 1000 in {Measured.Once(() => batch.Run(indexes, Ring1, static (_, _, _) => { })):F1} ms");
        var few = indexes.Take(100).ToList();
        for (var round = 0; round < 2; round++)
        {
            var two = new Measured();
            long ring2 = 0, episodes = 0;
            foreach (var index in few)
            {
                two.Time(() => tracer.Trace(index, Ring2));
                ring2 += tracer.Ring2.Length;
                foreach (var contact in tracer.Ring2)
                    episodes += contact.Episodes;
            }
            Console.WriteLine($"ring 1+2, one thread: median {two.Median:F3} ms, p99 {two.P99:F3} ms, 100 in {two.Total:F1} ms; ring 2 {ring2}, episodes {episodes}");
        }
        for (var round = 0; round < 2; round++)
            Console.WriteLine($"ring 1+2, {threads} threads: 100 in {Measured.Once(() => batch.Run(few, Ring2, static (_, _, _) => { })):F1} ms");
        foreach (var used in new[] { 1, threads })
        {
            var all = new Measured();
            long present = 0;
            for (var i = 0; i < 30; i++)
                all.Time(() => present += view.Occupancy(VisitCity.Start + 86400 * (i % 12 + 1) + 3600 * (8 + i % 12), used).Sum(p => p.Count));
            Console.WriteLine($"occupancy of all places, {used} threads: median {all.Median:F3} ms, p99 {all.P99:F3} ms; people {present}");
        }
    }
}
