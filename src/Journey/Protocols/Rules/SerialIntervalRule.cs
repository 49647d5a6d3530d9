namespace Qipan.Protocols;

/// <summary>
/// From the onset of one case to the onset of the one who got it from them 代间距, as texts say it: assumed where too few links of the outbreak itself
/// are known (the reproduction number on the charts).
/// </summary>
public sealed record SerialIntervalRule : IRule
{
    public static string Key => "serial_interval";

    /// <summary>Days, above one.</summary>
    public required double MeanDays { get; init; }

    /// <summary>Standard deviation, days.</summary>
    public required double DeviationDays { get; init; }
}
