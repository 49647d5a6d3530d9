using System.Diagnostics;
using System.Globalization;
using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>`append FOLDER THREADS SECONDS`: many threads append batches of 100 visits, each durable at its return.</summary>
static class AppendBench
{
    const int BatchSize = 100;

    public static int Run(string[] args)
    {
        var threads = int.Parse(args[2], CultureInfo.InvariantCulture);
        var limit = TimeSpan.FromSeconds(double.Parse(args[3], CultureInfo.InvariantCulture));
        using var store = VisitStore.OpenForWriting(args[1], new VisitStoreSettings { SealRows = 20_000_000 }).Value;
        var start = Stopwatch.GetTimestamp();
        long visits = 0;
        var waits = new Measured();
        var workers = Enumerable.Range(0, threads).Select(worker => new Thread(() =>
        {
            var bits = new SeededBits((ulong)worker);
            var batch = new Visit[BatchSize];
            for (var second = 0L; Stopwatch.GetElapsedTime(start) < limit; second++)
            {
                for (var i = 0; i < BatchSize; i++)
                {
                    var enter = VisitCity.Start + second;
                    batch[i] = new Visit((uint)(bits.Unit() * 1_000_000), (uint)(bits.Unit() * 50_000), enter, enter + 60 + (long)(3600 * bits.Unit()));
                }
                var before = Stopwatch.GetTimestamp();
                Interlocked.Add(ref visits, store.Append(batch).Value.Accepted);
                waits.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }
        })).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"{threads} threads: {visits} visits in {took:F2} s, {visits / took:F0}/s; a batch waits median {waits.Median:F2} ms, p99 {waits.P99:F2} ms");
        return 0;
    }
}
