using System.ComponentModel.DataAnnotations;

namespace Qipan.Tracing;

/// <summary>How contacts are looked for and followed.</summary>
public sealed record TracingSettings
{
    /// <summary>How many days of visits are kept; older ones are forgotten. Longer than any protocol looks back.</summary>
    [Range(7, 3650)]
    public int KeepVisitsDays { get; init; } = 60;

    /// <summary>How often visits that are too old are forgotten, in hours.</summary>
    [Range(1, 168)]
    public int ForgetEveryHours { get; init; } = 24;

    /// <summary>The disease whose protocol says how long people usually stay in a kind of venue, where nobody checked out.</summary>
    [Required]
    public string StaysDisease { get; init; } = "COVID-19";

    /// <summary>How long after its time a visit of a contact counts as missed, in hours.</summary>
    [Range(1, 72)]
    public int MissedAfterHours { get; init; } = 24;

    /// <summary>How long somebody has to decide and control a contact where the protocol names no deadline, in hours.</summary>
    [Range(1, 168)]
    public int ControlHours { get; init; } = 24;

    /// <summary>How long the receiver of a hand-over has to answer; then it is late for the first time.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "7.00:00:00")]
    public TimeSpan HandoverAnswerWithin { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long after the request it is late a second time.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "14.00:00:00")]
    public TimeSpan HandoverSecondAfter { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long after the request it is late a third time.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan HandoverThirdAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many days before a case fell ill its source is looked for, where the protocol does not say how long contacts are followed up.</summary>
    [Range(1, 90)]
    public int SourceDays { get; init; } = 14;

    /// <summary>How often the program looks for cases whose contacts are to be proposed again, in milliseconds.</summary>
    [Range(50, 60_000)]
    public int LookMilliseconds { get; init; } = 500;
}
