using System.Diagnostics;

namespace Qipan.EngineBench;

/// <summary>Times of the same thing done many times, in milliseconds: on the wall's clock and of the processor.</summary>
sealed class Measured
{
    readonly List<double> times = [];
    readonly List<double> processor = [];

    public double Total => times.Sum();

    public double Median => At(times, 0.5);

    public double P99 => At(times, 0.99);

    public double Least => At(times, 0);

    public double ProcessorTotal => processor.Sum();

    public double ProcessorMedian => At(processor, 0.5);

    public double ProcessorP99 => At(processor, 0.99);

    public double ProcessorLeast => At(processor, 0);

    /// <summary>Does it and takes both times; the processor's is this thread's, or with <paramref name="allThreads"/> the process's.</summary>
    public void Time(Action what, bool allThreads = false)
    {
        var start = Stopwatch.GetTimestamp();
        var before = allThreads ? ProcessorClock.OfProcess : ProcessorClock.OfThread;
        what();
        processor.Add((allThreads ? ProcessorClock.OfProcess : ProcessorClock.OfThread) - before);
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public void Add(double milliseconds)
    {
        lock (times)
            times.Add(milliseconds);
    }

    /// <summary>For each thing that every round did in the same order, the least of its times.</summary>
    public static Measured LeastOf(IReadOnlyList<Measured> rounds)
    {
        var least = new Measured();
        for (var i = 0; i < rounds[0].times.Count; i++)
        {
            least.times.Add(rounds.Min(r => r.times[i]));
            least.processor.Add(rounds.Min(r => r.processor[i]));
        }
        return least;
    }

    static double At(List<double> of, double share)
    {
        var sorted = of.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, share * sorted.Count)];
    }
}
