using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>How a population is tested 核酸检测组织实施 (domain 2.3): time, points, desks, samplers, rounds, retention.</summary>
public sealed record TestingRule : IRule
{
    public static string Key => "testing";

    /// <summary><c>everybody</c> 全员 or <c>region</c> 区域: an area drawn by need.</summary>
    public required string Scope { get; init; }

    /// <summary>Limits by population, smallest first; the last has no upper bound.</summary>
    public required IReadOnlyList<TimeLimit> TimeLimits { get; init; }

    public PointRule? Points { get; init; }

    /// <summary>Samplers = population / this; null where the guide gives no figure.</summary>
    public double? PersonsPerSampler { get; init; }

    public RoundsRule? Rounds { get; init; }

    /// <summary>Spare laboratory sites by population, smallest first.</summary>
    public IReadOnlyList<LabReserve>? LabReserve { get; init; }

    public ResultTimes? Results { get; init; }

    public RetentionRule? Retention { get; init; }

    public FirstScreen? FirstScreen { get; init; }

    /// <summary>The time within which a round of so many people must be over.</summary>
    public TimeSpan TimeLimitFor(long population) =>
        TimeLimits.First(l => l.PopulationUpTo is null || population <= l.PopulationUpTo).Limit;

    /// <summary>Samplers that a population needs, rounded up; null where the guide gives no figure. 9.0 M / 360 = 25,000.</summary>
    public int? SamplersFor(long population) => PersonsPerSampler is { } persons ? (int)Math.Ceiling(population / persons) : null;
}

/// <summary>
/// The limit for populations up to a size; null is without bound. Where the guide gives a range (3 to 5 days) this is its end.
/// </summary>
public sealed record TimeLimit
{
    public long? PopulationUpTo { get; init; }

    [JsonPropertyName("limit_h"), Hours]
    public required TimeSpan Limit { get; init; }
}

/// <summary>Persons per sampling point 采样点 and per desk 采样台; null where the guide gives no figure.</summary>
public sealed record PointRule
{
    public int? PersonsPerPointMin { get; init; }

    public int? PersonsPerPointMax { get; init; }

    public int? PersonsPerDeskMin { get; init; }

    public int? PersonsPerDeskMax { get; init; }

    /// <summary>From the order until the points stand.</summary>
    [JsonPropertyName("ready_within_h"), Hours]
    public TimeSpan? ReadyWithin { get; init; }
}

/// <summary>Spare laboratory sites for populations up to a size; null is without bound.</summary>
public sealed record LabReserve
{
    public long? PopulationUpTo { get; init; }

    public required int SpareSites { get; init; }
}

/// <summary>From the sample until its result.</summary>
public sealed record ResultTimes
{
    [JsonPropertyName("pooled_h"), Hours]
    public required TimeSpan Pooled { get; init; }

    [JsonPropertyName("single_h"), Hours]
    public required TimeSpan Single { get; init; }
}

/// <summary>How long samples are kept in the laboratory.</summary>
public sealed record RetentionRule
{
    /// <summary>Positive samples are never thrown away by this program.</summary>
    public required bool PositiveAlways { get; init; }

    /// <summary>Days for negative samples; null where the guide does not ask for it.</summary>
    public int? NegativeDays { get; init; }
}

/// <summary>From the drawing of a zone until everybody in it has been tested once.</summary>
public sealed record FirstScreen
{
    [JsonPropertyName("sealed_h"), Hours]
    public required TimeSpan Sealed { get; init; }

    [JsonPropertyName("controlled_h"), Hours]
    public required TimeSpan Controlled { get; init; }
}
