namespace Qipan.Protocols;

/// <summary>How people may move in a zone.</summary>
public enum Movement : short
{
    /// <summary>足不出户、服务上门.</summary>
    StayHome = 1,

    /// <summary>人不出区、错峰取物、严禁聚集.</summary>
    StayInArea = 2,

    /// <summary>Free inside; leaving may ask for a test.</summary>
    Inside = 3,
}

/// <summary>The classes of zones, what turns one into another and what releases it 三区划定与解除 (domain 2.1).</summary>
public sealed record ZonesRule : IRule
{
    public static string Key => "zones";

    /// <summary>The strictest first.</summary>
    public required IReadOnlyList<ZoneClass> Classes { get; init; }

    /// <summary>By class: what releases it. All conditions that are given must hold.</summary>
    public required IReadOnlyDictionary<string, ZoneRelease> Release { get; init; }

    /// <summary>By class: what it becomes at once when a positive is found inside.</summary>
    public required IReadOnlyDictionary<string, string> OnPositive { get; init; }

    /// <summary>Risk levels that are announced beside the zones, as 高/中/低 in 2021; null: none.</summary>
    public IReadOnlyList<string>? ParallelLevels { get; init; }

    /// <summary>Numbers from which a level follows; null: drawn by judgement.</summary>
    public IReadOnlyList<LevelLimit>? Thresholds { get; init; }

    /// <summary>A local authority may set another class, with a reason.</summary>
    public bool OverrideWithReason { get; init; }
}

/// <param name="Extent">What is drawn, in words.</param>
/// <param name="LeaveCityPcrH">Hours; leaving the city needs a negative test not older than this. Null: not ruled.</param>
public sealed record ZoneClass(string Code, string Zh, string En, Movement Movement, string? Extent = null, int? LeaveCityPcrH = null);

/// <summary>Conditions of a release, days whole. What is null is not asked for.</summary>
public sealed record ZoneRelease
{
    /// <summary>The class it becomes; null: no zone any more.</summary>
    public string? To { get; init; }

    /// <summary>Days without a new case or asymptomatic infection.</summary>
    public int? NoNewDays { get; init; }

    /// <summary>The same for a zone that was of a stricter class before; null: no difference.</summary>
    public int? NoNewDaysAfterStricter { get; init; }

    /// <summary>Days since the last exposure of the last contact, who is negative.</summary>
    public int? LastContactDays { get; init; }

    /// <summary>Everybody was tested once, negative, within so many days before the release.</summary>
    public int? FullScreenWithinDays { get; init; }

    /// <summary>Everybody is tested, negative, on this day of the count.</summary>
    public int? FullScreenOnDay { get; init; }

    /// <summary>Ends when all sealed and controlled areas of the county have ended.</summary>
    public bool WhenCountyClear { get; init; }

    /// <summary>
    /// Where the count may begin: <c>last_case</c>, <c>last_exposure_of_last_contact</c>, <c>transfer_of_last_contact</c>; the
    /// first holds, others are local variants.
    /// </summary>
    public IReadOnlyList<string>? CountFrom { get; init; }
}

/// <summary>A level by numbers of one unit 2020 style. What is null is not asked for.</summary>
/// <param name="Unit">What is counted: <c>county</c>.</param>
/// <param name="WindowDays">Days looked back.</param>
/// <param name="NewCases">Whether there are new cases in the window.</param>
/// <param name="CumulativeOver">More than so many cases in all.</param>
/// <param name="CumulativeUpTo">At most so many.</param>
/// <param name="Cluster">Whether there is a cluster in the window.</param>
public sealed record LevelLimit(string Level, string Unit, int WindowDays, bool NewCases, int? CumulativeOver = null,
    int? CumulativeUpTo = null, bool? Cluster = null);
