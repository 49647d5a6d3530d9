namespace Qipan.Drill;

/// <summary>
/// What is going to happen, in the order of the drill's calendar; of two things at one instant the one that was noted first. One thing
/// happens at a time, so that a seed always gives the same day. Not safe for several threads.
/// </summary>
public sealed class Agenda(ScaledClock clock)
{
    /// <summary>How often a waiting agenda looks whether somebody changed the clock's speed; real time.</summary>
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, int Order)> coming = new();
    int order;

    public ScaledClock Clock => clock;

    /// <summary>When the thing that happens now was to happen; the clock may be a little later.</summary>
    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public void At(DateTimeOffset instant, Func<CancellationToken, Task> act) => coming.Enqueue(act, (instant, order++));

    public void In(TimeSpan span, Func<CancellationToken, Task> act) => At(Now + span, act);

    /// <summary>Lets everything happen at once up to an instant, moving the clock from one thing to the next; the clock stands between them.</summary>
    public async Task Hurry(DateTimeOffset until, CancellationToken cancel)
    {
        var speed = clock.Speed;
        clock.Speed = 0;
        while (coming.TryPeek(out _, out var next) && next.At <= until)
            await Next(cancel);
        clock.JumpTo(until);
        Now = until;
        clock.Speed = speed;
    }

    /// <summary>Lets things happen when the clock says so, until it is cancelled.</summary>
    public async Task Live(CancellationToken cancel)
    {
        while (coming.TryPeek(out _, out var next))
        {
            var left = (next.At - clock.GetUtcNow()) / Math.Max(clock.Speed, 0.001);
            if (left > TimeSpan.Zero)
                await Task.Delay(left < Look ? left : Look, cancel);
            else
                await Next(cancel);
        }
    }

    Task Next(CancellationToken cancel)
    {
        coming.TryDequeue(out var act, out var next);
        Now = next.At;
        clock.JumpTo(next.At);
        return act!(cancel);
    }
}
