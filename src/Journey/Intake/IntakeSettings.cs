using System.ComponentModel.DataAnnotations;

namespace Qipan.Intake;

/// <summary>How much is taken at once, and when a fact is remarkable.</summary>
public sealed record IntakeSettings
{
    /// <summary>A longer batch is refused whole; the device splits it.</summary>
    [Range(1, 20_000)]
    public int MostFacts { get; init; } = 5_000;

    /// <summary>A bigger body, unpacked, is refused whole; the device splits it.</summary>
    [Range(1, 64)]
    public int MostMegabytes { get; init; } = 8;

    /// <summary>A fact that arrives so many hours after it happened is flagged as late (INV-40).</summary>
    [Range(1, 720)]
    public int LateAfterHours { get; init; } = 24;

    /// <summary>A device's clock may seem ahead of the last measure by so many seconds before its offset is taken to have changed.</summary>
    [Range(1, 3600)]
    public int ClockToleranceSeconds { get; init; } = 5;

    /// <summary>
    /// A device's clock may seem behind the last measure by so many seconds before its offset is taken to have changed: a batch may be under
    /// way for that long, and facts of one device must not change their order because one batch was slow.
    /// </summary>
    [Range(1, 3600)]
    public int LongestWaySeconds { get; init; } = 30;
}
