namespace Qipan.Cases;

/// <summary>
/// When a stay was, as the text says it, in local days and times. The default is a stay of which no time is known.
/// </summary>
public sealed record StayTime
{
    /// <summary>The day, or the first of several; null when the text names none or one that there is not.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The last day where it is another: a range of days, or a stay over midnight.</summary>
    public DateOnly? LastDay { get; init; }

    public TimeOnly? From { get; init; }

    public TimeOnly? To { get; init; }

    /// <summary>左右, 许, 约: the times are about right.</summary>
    public bool About { get; init; }

    public DayPart Part { get; init; }

    /// <summary>The text gives this stay no time of its own: it follows the one before it (后, 随后).</summary>
    public bool Follows { get; init; }

    /// <summary>
    /// The widest span in which the stay may lie, local, end exclusive; null without a day. For a stay that follows another, or has no
    /// end, the reader narrows it by the stays around it.
    /// </summary>
    public StaySpan? Span { get; init; }
}

/// <summary>A span of local time, end exclusive.</summary>
/// <param name="Exact">Begin and end were both said, and not "about".</param>
public readonly record struct StaySpan(DateTime From, DateTime To, bool Exact)
{
    public bool Overlaps(StaySpan other) => From < other.To && other.From < To;
}
