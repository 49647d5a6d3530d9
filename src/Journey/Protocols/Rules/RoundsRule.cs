namespace Qipan.Protocols;

/// <summary>How rounds follow each other 轮次 (domain 2.3).</summary>
public sealed record RoundsRule
{
    /// <summary>Full rounds at least, when the source is unknown; null where not ruled.</summary>
    public int? MinFullRounds { get; init; }

    /// <summary>How often a street is tested afterwards, by what was found there; the first that fits holds.</summary>
    public IReadOnlyList<RoundFrequency>? ByHistory { get; init; }

    /// <summary>What holds where; the September 2022 rule by kind of city.</summary>
    public IReadOnlyList<RoundSetting>? BySetting { get; init; }
}

/// <summary>A frequency by history: exactly one condition is given.</summary>
public sealed record RoundFrequency
{
    /// <summary>A positive in the last so many rounds.</summary>
    public int? PositiveInLastRounds { get; init; }

    /// <summary>A positive in so many days, but not in the rounds before.</summary>
    public int? PositiveInDays { get; init; }

    /// <summary>No positive in so many days.</summary>
    public int? NoneInDays { get; init; }

    /// <summary>A round every so many days; 1 is daily.</summary>
    public required int EveryDays { get; init; }
}

/// <summary>Rounds by kind of place.</summary>
public sealed record RoundSetting
{
    /// <summary><c>big_city_affected</c>, <c>big_city_other</c>, <c>ordinary_city</c> or <c>rural</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>What is tested: <c>district</c>, <c>urban_area</c>, <c>village</c>, <c>township_seat</c>, <c>county_seat</c>.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    public required int EveryDays { get; init; }

    /// <summary>Rounds in a row without a positive in society before it pauses or ends.</summary>
    public required int CleanRounds { get; init; }

    /// <summary>Days of pause after the clean rounds; null: it ends at once.</summary>
    public int? PauseDays { get; init; }

    /// <summary>Rounds after the pause, then it ends; null: none.</summary>
    public int? RoundsAfterPause { get; init; }
}
