using System.ComponentModel.DataAnnotations;

namespace Qipan.Sampling;

/// <summary>Deadlines of the field that no protocol names.</summary>
public sealed record SamplingSettings
{
    /// <summary>A box that was handed over is received within so many hours.</summary>
    [Range(1, 72)]
    public int ReceiveBoxHours { get; init; } = 4;

    /// <summary>A discrepancy is settled within so many hours.</summary>
    [Range(1, 168)]
    public int ResolveDiscrepancyHours { get; init; } = 24;

    /// <summary>A tube of no known round has its result within so many hours.</summary>
    [Range(1, 168)]
    public int ResultHours { get; init; } = 24;

    /// <summary>A member of a lost, rejected or doubled tube of no known round is sampled again within so many hours.</summary>
    [Range(1, 168)]
    public int ResampleHours { get; init; } = 24;
}
