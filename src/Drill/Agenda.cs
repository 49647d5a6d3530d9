namespace Qipan.Drill;

/// <summary>
/// What is going to happen, in the order of the drill's calendar; of two things at one instant the one that was noted first. One thing
/// happens at a time, so that a seed always gives the same day. Not safe for several threads.
/// </summary>
public sealed class Agenda(ScaledClock clock)
{
    /// <summary>How often a waiting agenda looks whether it was cancelled or something was added; real time.</summary>
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>How far the clock may run ahead of what happens; simulated time.</summary>
    static readonly TimeSpan MostBehind = TimeSpan.FromMinutes(2);

    readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, int Order)> coming = new();
    int order;

    public ScaledClock Clock => clock;

    /// <summary>When the thing that happens now was to happen; the clock may be a little later.</summary>
    public DateTimeOffset Now { get; private set; } = clock.GetUtcNow();

    public void At(DateTimeOffset instant, Func<CancellationToken, Task> act) => coming.Enqueue(act, (instant, order++));

    public void In(TimeSpan span, Func<CancellationToken, Task> act) => At(Now + span, act);

    /// <summary>Lets everything happen at once up to an instant, moving the clock from one thing to the next; it stands still then.</summary>
    public async Task Hurry(DateTimeOffset until, CancellationToken cancel)
    {
        clock.Speed = 0;
        while (coming.TryPeek(out _, out var next) && next.At <= until)
            await Next(cancel);
        clock.JumpTo(until);
        Now = until;
    }

    /// <summary>
    /// Lets things happen when the clock says so, until it is cancelled. Where the machine is too slow for the speed, the clock waits for
    /// what was to happen, so that nobody in the city is late because of the machine.
    /// </summary>
    /// <param name="speed">Simulated seconds in a real one.</param>
    /// <param name="cancel">Stops between two things.</param>
    public async Task Live(double speed, CancellationToken cancel)
    {
        while (coming.TryPeek(out _, out var next))
        {
            var early = next.At - clock.GetUtcNow();
            clock.Speed = -early > MostBehind ? 0 : speed;
            if (early <= TimeSpan.Zero)
            {
                await Next(cancel);
                continue;
            }
            var left = early / Math.Max(speed, 0.001);
            await Task.Delay(left < Look ? left : Look, cancel);
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
