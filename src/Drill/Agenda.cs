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

    /// <summary>What counts as keeping up; simulated time.</summary>
    static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    readonly PriorityQueue<Func<CancellationToken, Task>, (DateTimeOffset At, int Order)> coming = new();
    int order;
    double speed = 60;
    long behind;

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

    /// <summary>Simulated seconds in a real one while it is live; 0 stands still. May be set by any thread, and holds within a fifth of a second.</summary>
    public double Speed
    {
        get => Volatile.Read(ref speed);
        set => Volatile.Write(ref speed, value);
    }

    /// <summary>False while it hurries, and before it began.</summary>
    public bool IsLive { get; private set; }

    /// <summary>How far what happens is behind the clock; zero where the machine keeps up.</summary>
    public TimeSpan Behind => new(Interlocked.Read(ref behind));

    /// <summary>
    /// Lets things happen when the clock says so, until it is cancelled. Where the machine is too slow for the speed, the clock waits for
    /// what was to happen, so that nobody in the city is late because of the machine.
    /// </summary>
    public async Task Live(CancellationToken cancel)
    {
        IsLive = true;
        while (coming.TryPeek(out _, out var next))
        {
            var early = next.At - clock.GetUtcNow();
            var now = Speed;
            Interlocked.Exchange(ref behind, early < -Slack ? -early.Ticks : 0);
            clock.Speed = -early > MostBehind ? 0 : now;
            if (early <= TimeSpan.Zero)
            {
                await Next(cancel);
                continue;
            }
            var left = early / Math.Max(now, 0.001);
            await Task.Delay(left < Look ? left : Look, cancel);
        }
    }

    /// <summary>What is done with something that the server refused; without it the drill ends, for it does nothing wrong by itself.</summary>
    public Action<Actors.DrillRefusedException>? OnRefused { get; set; }

    async Task Next(CancellationToken cancel)
    {
        coming.TryDequeue(out var act, out var next);
        Now = next.At;
        clock.JumpTo(next.At);
        try
        {
            await act!(cancel);
        }
        catch (Actors.DrillRefusedException refused) when (OnRefused is not null)
        {
            OnRefused(refused);
        }
    }
}
