namespace Qipan.Engine;

/// <summary>How the end of a stay is known. The numbers reach disk: append only.</summary>
public enum LeaveKind
{
    /// <summary>Somebody or something recorded the leave.</summary>
    Explicit = 0,

    /// <summary>Nobody checked out; the leave is the usual stay at such a place. Evidence that rests on it is marked.</summary>
    Inferred = 1,

    /// <summary>Not left yet, or never known: the stay goes on.</summary>
    Open = 2,
}

/// <summary>
/// A stay 到访: one visitor in one place from <see cref="Enter"/> (inclusive) to <see cref="Leave"/> (exclusive). Ids are the
/// dense ids of the store's id books; times are Unix seconds. The default is a zero-length stay, which the store refuses.
/// </summary>
public readonly record struct Visit(
    uint Visitor, uint Place, long Enter, long Leave, ushort Area = 0, LeaveKind Kind = LeaveKind.Explicit)
{
    /// <summary>The leave of a stay that goes on.</summary>
    public const long NotLeft = long.MaxValue;

    /// <summary>The latest instant that can be stored: the end of the year 9999.</summary>
    public const long LatestTime = 253402300799;

    /// <summary>Dense ids stay below this.</summary>
    public const uint IdLimit = 1u << 31;

    /// <summary>A stay whose end is not known.</summary>
    public static Visit Open(uint visitor, uint place, long enter, ushort area = 0) =>
        new(visitor, place, enter, NotLeft, area, LeaveKind.Open);

    /// <summary>UTC day of the enter, counted from 1970-01-01: the segment that holds this stay.</summary>
    internal int Day => (int)(Enter / Seconds.PerDay);

    /// <summary>Two rows with the same key tell of the same stay; see <see cref="Outranks"/>.</summary>
    internal bool SameStay(in Visit other) =>
        Visitor == other.Visitor && Place == other.Place && Enter == other.Enter && Area == other.Area;

    /// <summary>
    /// Of two different rows of the same stay: an explicit leave replaces an inferred or open one, an inferred one replaces an
    /// open one, the longer of two inferred ones stays. Two explicit leaves are two stays.
    /// </summary>
    internal bool Outranks(in Visit other) =>
        other.Kind != LeaveKind.Explicit && (Kind < other.Kind || (Kind == other.Kind && Leave > other.Leave));
}

/// <summary>Spans of time in seconds.</summary>
static class Seconds
{
    public const long PerDay = 86_400;
}
