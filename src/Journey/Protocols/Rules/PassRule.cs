using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>Passes of vehicles and households, checkpoints 通行证 (domain 2.8).</summary>
public sealed record PassRule : IRule
{
    public static string Key => "passes";

    public GoodsPass? Goods { get; init; }

    public OutingPass? Outing { get; init; }

    /// <summary>Whether a checkpoint needs an approval; null: not ruled.</summary>
    public bool? CheckpointNeedsApproval { get; init; }
}

/// <summary>The pass for key goods 重点物资运输车辆通行证.</summary>
public sealed record GoodsPass
{
    public required int VehiclesPerPass { get; init; }

    public required int RoutesPerPass { get; init; }

    /// <summary>The number: digits of the division code, then digits of the serial.</summary>
    public required int DivisionDigits { get; init; }

    public required int SerialDigits { get; init; }

    /// <summary>The crew's negative test is not older than this.</summary>
    [JsonPropertyName("pcr_max_age_h"), Hours]
    public required TimeSpan PcrMaxAge { get; init; }

    /// <summary>What must be shown: <c>plate</c>, <c>crew</c>, <c>goods_class</c>, <c>route</c>, …</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Of an articulated vehicle only the tractor's plate counts.</summary>
    public required bool TractorPlateOnly { get; init; }

    /// <summary>Paper and electronic form are equal.</summary>
    public required bool PaperEqualsElectronic { get; init; }

    /// <summary>Needed only when one end of the route runs the scheme.</summary>
    public required bool OnlyIfAnEndRunsIt { get; init; }

    /// <summary>Who sets how long it is valid: <c>province</c>.</summary>
    public required string ValiditySetBy { get; init; }
}

/// <summary>Going out of a household, by turns.</summary>
public sealed record OutingPass
{
    public required int Persons { get; init; }

    public required int EveryDays { get; init; }

    /// <summary>Null: not limited.</summary>
    [JsonPropertyName("max_h"), Hours]
    public TimeSpan? Max { get; init; }

    /// <summary>Taken away when the time is exceeded; null: not ruled.</summary>
    public bool? RevokedWhenOverdue { get; init; }
}
