namespace Qipan.Drill;

/// <summary>
/// A clock that starts at a given instant and runs at a multiple of real time. Timers and delays stay in real time: only the
/// calendar runs faster. Safe for all threads.
/// </summary>
public sealed class ScaledClock(DateTimeOffset start, double speed) : TimeProvider
{
    readonly Lock gate = new();
    readonly long began = System.GetTimestamp();
    DateTimeOffset from = start;
    long since = System.GetTimestamp();
    double factor = speed;

    /// <summary>Simulated seconds in a real one; changing it never moves the clock backwards.</summary>
    public double Speed
    {
        get
        {
            lock (gate)
                return factor;
        }
        set
        {
            lock (gate)
                (from, since, factor) = (Now(), System.GetTimestamp(), value);
        }
    }

    /// <summary>Real time since the clock was made.</summary>
    public TimeSpan RealElapsed => System.GetElapsedTime(began);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return Now();
    }

    DateTimeOffset Now() => from + (System.GetElapsedTime(since) * factor);
}
