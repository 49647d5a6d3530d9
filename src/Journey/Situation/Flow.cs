namespace Qipan.Situation;

/// <summary>The four stages of a sample 采→送→检→报.</summary>
public enum FlowStage
{
    /// <summary>采: persons who are to be sampled.</summary>
    Sampling = 1,

    /// <summary>送: persons in tubes that no laboratory has received.</summary>
    Transport = 2,

    /// <summary>检: persons in tubes that wait for a plate.</summary>
    Testing = 3,

    /// <summary>报: persons in tubes that are on a plate or read, and not released.</summary>
    Reporting = 4,
}

/// <summary>Why a stage is the one that the others wait for.</summary>
public enum BottleneckReason
{
    /// <summary>It needs the longest for what lies before it at its pace of the last hour.</summary>
    Slowest = 1,

    /// <summary>Something waits, and in the last hour nothing left it.</summary>
    Stopped = 2,

    /// <summary>Something waits, and nothing has ever left it: how fast it is nobody knows yet.</summary>
    NotBegun = 3,

    /// <summary>Nothing has ever left it, and it is reckoned with at what it is registered for.</summary>
    Rated = 4,
}

/// <summary>What is known of one stage of a round.</summary>
/// <param name="Waiting">Persons who wait in it.</param>
/// <param name="PerHour">Persons who left it in an hour, at the pace of the last one.</param>
/// <param name="Oldest">Since when the one that has waited longest is in it.</param>
/// <param name="Passage">How long those took that left it in the last hour, on average.</param>
/// <param name="Left">Persons who have left it since the round began.</param>
public sealed record FlowLoad(FlowStage Stage, long Waiting, double PerHour, DateTimeOffset? Oldest, TimeSpan Passage, long Left)
{
    /// <summary>Tubes that wait in it; none where persons are not in tubes yet.</summary>
    public long Tubes { get; init; }

    /// <summary>Persons an hour that it is fitted for: of sampling by the desks that are open, of the laboratory by what is registered; null where nobody says it.</summary>
    public double? Most { get; init; }

    /// <summary>What the forecast reckons with: the pace of the last hour, and not more than it is fitted for. One good hour is not the night.</summary>
    public double Pace => Math.Min(PerHour, Most ?? PerHour);
}

/// <summary>The stage that the others wait for.</summary>
/// <param name="Hours">How long it needs for everything that lies before it; null where its pace is not known.</param>
/// <param name="Persons">What lies before it.</param>
public sealed record Bottleneck(FlowStage Stage, BottleneckReason Reason, double? Hours, long Persons, double PerHour);

/// <summary>When the last result of a round will be there.</summary>
/// <param name="LastResult">Null where it cannot be said: a stage has stopped or has not begun.</param>
/// <param name="Bottleneck">Null where nothing is on the way.</param>
public sealed record FlowForecast(DateTimeOffset? LastResult, Bottleneck? Bottleneck)
{
    /// <summary>
    /// Three servers in a row, each with its backlog b and its pace r (persons an hour over the last hour, at most what it is fitted for; of a laboratory from which
    /// nothing has come yet, what it is fitted for, its d not known and taken as none) and the time d that a sample takes through it: sampling (1), transport (2), laboratory (3; testing and reporting together, because a released result is what leaves).
    /// <code>
    /// T1 = min(b1 / r1, end of the window)          those who have not come by then are missing, and nobody waits for them
    /// c1 = r1 T1                                    those who will come
    /// T2 = max(T1 + d2 if c1 &gt; 0, (c1 + b2) / r2)   a server works through everything before it, and not before the last of it arrives
    /// T3 = max(T2 + d3 if c1 + b2 &gt; 0, (c1 + b2 + b3) / r3)
    /// </code>
    /// The last result is expected at now + T3. The bottleneck is the server with the largest of T1, (c1 + b2) / r2 and (c1 + b2 + b3) / r3, and
    /// before any of these one that has work and no pace. Of the laboratory's two stages the one with more persons is named. It says what
    /// follows from the last hour's pace, not more: a second shift or a night without one changes it. Pure.
    /// </summary>
    public static FlowForecast Of(DateTimeOffset now, DateTimeOffset windowEnd, FlowLoad sampling, FlowLoad transport, FlowLoad testing, FlowLoad reporting)
    {
        var window = Math.Max(0, (windowEnd - now).TotalHours);
        var first = sampling.Waiting == 0 || window <= 0 ? 0 : sampling.Pace > 0 ? Math.Min(sampling.Waiting / sampling.Pace, window) : window;
        var coming = sampling.Waiting == 0 ? 0 : Math.Min(sampling.Waiting, sampling.Pace * first);
        var carry = coming + transport.Waiting;
        var lab = carry + testing.Waiting + reporting.Waiting;
        var named = reporting.Waiting > testing.Waiting ? reporting : testing;
        var rated = reporting is { PerHour: <= 0, Left: 0, Most: > 0 };
        var pace = rated ? reporting.Most!.Value : reporting.Pace;
        if (lab < 0.5)
            return new FlowForecast(null, sampling.Waiting > 0 && window > 0
                ? new Bottleneck(FlowStage.Sampling, sampling.Left > 0 ? BottleneckReason.Stopped : BottleneckReason.NotBegun, null, sampling.Waiting, 0) : null);
        if (carry >= 0.5 && transport.PerHour <= 0)
            return new FlowForecast(null, Still(transport, transport.Left, (long)Math.Round(carry)));
        if (pace <= 0)
            return new FlowForecast(null, Still(named, reporting.Left, (long)Math.Round(lab)));
        var (second, third) = (carry / Math.Max(transport.PerHour, double.Epsilon), lab / pace);
        second = carry < 0.5 ? 0 : second;
        var carried = carry < 0.5 ? first : Math.Max(coming > 0 ? first + transport.Passage.TotalHours : 0, second);
        var last = Math.Max(carry >= 0.5 ? carried + reporting.Passage.TotalHours : 0, third);
        var slowest = third >= second && third >= first ? new Bottleneck(named.Stage, rated ? BottleneckReason.Rated : BottleneckReason.Slowest, third, (long)Math.Round(lab), pace)
            : second >= first ? new Bottleneck(FlowStage.Transport, BottleneckReason.Slowest, second, (long)Math.Round(carry), transport.PerHour)
            : new Bottleneck(FlowStage.Sampling, BottleneckReason.Slowest, first, sampling.Waiting, sampling.Pace);
        return new FlowForecast(now.AddHours(Math.Min(last, 24 * 365)), slowest);
    }

    static Bottleneck Still(FlowLoad stage, long left, long persons) =>
        new(stage.Stage, left > 0 ? BottleneckReason.Stopped : BottleneckReason.NotBegun, null, persons, 0);
}
