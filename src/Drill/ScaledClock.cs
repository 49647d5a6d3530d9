namespace Qipan.Drill;

/// <summary>
/// A clock that starts at a given instant and runs at a multiple of real time. Timers and delays stay in real time: only the
/// calendar runs faster. Safe for all threads.
/// </summary>
/// <param name="start">What it shows at first.</param>
/// <param name="speed">Simulated seconds in a real one; 0 stands still.</param>
public sealed class ScaledClock(DateTimeOffset start, double speed) : TimeProvider
{
    readonly Lock gate = new();
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

    /// <summary>Moves the clock on to an instant; one that has passed is left as it is.</summary>
    public void JumpTo(DateTimeOffset instant)
    {
        lock (gate)
            if (instant > Now())
                (from, since) = (instant, System.GetTimestamp());
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return Now();
    }

    DateTimeOffset Now() => from + (System.GetElapsedTime(since) * factor);
}
