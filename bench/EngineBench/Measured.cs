using System.Diagnostics;

namespace Qipan.EngineBench;

/// <summary>Times of the same thing done many times, in milliseconds.</summary>
sealed class Measured
{
    readonly List<double> times = [];

    public double Total => times.Sum();

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public void Time(Action what)
    {
        var start = Stopwatch.GetTimestamp();
        what();
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public void Add(double milliseconds)
    {
        lock (times)
            times.Add(milliseconds);
    }

    public static double Once(Action what)
    {
        var measured = new Measured();
        measured.Time(what);
        return measured.Total;
    }

    double At(double share)
    {
        times.Sort();
        return times.Count == 0 ? 0 : times[(int)Math.Min(times.Count - 1, share * times.Count)];
    }
}
