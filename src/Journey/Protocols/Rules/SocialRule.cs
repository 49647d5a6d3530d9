using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>
/// Social-face zero 社会面清零 (domain 2.5). The definitions of the texts contradict each other on whom to leave out, so it is data.
/// </summary>
public sealed record SocialRule : IRule
{
    public static string Key => "social_face";

    /// <summary>Days in a row.</summary>
    public required int Days { get; init; }

    /// <summary>New positives in society per 100,000 of the unit's people and day, at most; 0 is none at all.</summary>
    [JsonPropertyName("threshold_per_100k")]
    public required double ThresholdPer100k { get; init; }

    /// <summary>Where a positive does not count as society: <c>central</c>, <c>home</c>, <c>sealed</c>, <c>closed_loop</c>.</summary>
    public required IReadOnlyList<string> Excludes { get; init; }

    /// <summary>Who signs: <c>expert</c>, <c>command</c>, <c>none</c>.</summary>
    public required string Sign { get; init; }

    /// <summary>The unit for which it is declared: <c>district</c>, <c>city</c>; null: not said.</summary>
    public string? Unit { get; init; }

    /// <summary>"Basically zero" 基本清零; null: not known here.</summary>
    public ZeroLimit? Basically { get; init; }
}

/// <param name="Days">Days in a row.</param>
/// <param name="BelowPer100k">New positives per 100,000 people and day, below.</param>
public sealed record ZeroLimit(int Days, [property: JsonPropertyName("below_per_100k")] double BelowPer100k);
