namespace Qipan.Testing;

/// <summary>A clock that stands still until it is told to move. Timers made from it fire only when it moves past them.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    long ticks = start.UtcTicks;

    public FakeClock()
        : this(new DateTimeOffset(2022, 3, 21, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref ticks, now.UtcTicks);
}
