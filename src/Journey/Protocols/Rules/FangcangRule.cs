using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>Shelter hospitals 方舱医院 (domain 2.7).</summary>
public sealed record FangcangRule : IRule
{
    public static string Key => "fangcang";

    /// <summary>Which clinical classes are admitted.</summary>
    public required IReadOnlyList<string> Severities { get; init; }

    public required int RoadAccesses { get; init; }

    public required int Entrances { get; init; }

    /// <summary>Degrees Celsius.</summary>
    public required TemperatureLimits Winter { get; init; }

    public required TemperatureLimits Summer { get; init; }

    /// <summary>Staff per 100 beds, where observed; null: no figure.</summary>
    [JsonPropertyName("staff_per_100_beds")]
    public double? StaffPer100Beds { get; init; }

    /// <summary>What opens it: <c>assessment</c>.</summary>
    public required string OpensAfter { get; init; }

    /// <summary>How it closes 休舱, in order.</summary>
    public required IReadOnlyList<string> Closing { get; init; }

    /// <summary>Figures that are shared for turnover: <c>forecast_in</c>, <c>forecast_out</c>, <c>free_beds</c>.</summary>
    public required IReadOnlyList<string> SharedFigures { get; init; }
}

public sealed record TemperatureLimits(double MinC, double MaxC);
