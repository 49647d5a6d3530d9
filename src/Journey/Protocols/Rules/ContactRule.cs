using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>The day from which one counts back, or the thing that happened on it.</summary>
public enum ContactAnchor : short
{
    /// <summary>Day of the first symptom 发病日期.</summary>
    OnsetDate = 1,

    /// <summary>Day of the rash 出疹日期.</summary>
    RashOnsetDate = 2,

    /// <summary>Time at which the first positive specimen was taken 阳性标本采样时间.</summary>
    FirstPositiveSampleTime = 3,
}

/// <summary>Until when somebody counts as infectious for the finding of contacts.</summary>
public enum ContactEnd : short
{
    /// <summary>Until the person was isolated.</summary>
    IsolationStart = 1,

    /// <summary>A number of days after the anchor: <see cref="ContactRule.UntilDays"/>.</summary>
    DaysAfterAnchor = 2,

    /// <summary>Until recovery, or until burial: the dead are infectious.</summary>
    RecoveryDeathOrBurial = 3,

    /// <summary>Until the lesions have healed.</summary>
    Healed = 4,
}

/// <summary>Who counts as a contact 密接判定: the window and the exposure (domain 2.1, 2.9, 2.10).</summary>
public sealed record ContactRule : IRule
{
    public static string Key => "contact";

    public required ContactAnchors Anchor { get; init; }

    /// <summary>Whole days before the anchor from which contacts are looked for.</summary>
    public required int LookbackDays { get; init; }

    public required ContactEnd Until { get; init; }

    /// <summary>Days after the anchor; only with <see cref="ContactEnd.DaysAfterAnchor"/>.</summary>
    public int? UntilDays { get; init; }

    /// <summary>Days without symptoms that must have passed besides; null: none.</summary>
    public int? SymptomFreeDays { get; init; }

    /// <summary>What makes an exposure where no situation is named; null: the situations alone decide.</summary>
    public ExposureRule? Exposure { get; init; }

    /// <summary>What a venue scan must show before a contact is proposed to a person who decides; null: scans propose nothing.</summary>
    public CopresenceRule? Copresence { get; init; }

    /// <summary>Contacts of contacts 次密接.</summary>
    public required SecondaryRule Secondary { get; init; }

    /// <summary>General contacts 一般接触者; null: not determined.</summary>
    public GeneralContacts? General { get; init; }
}

/// <param name="Symptomatic">For suspect and confirmed cases.</param>
/// <param name="Asymptomatic">For infections without symptoms; null where the disease has none.</param>
public sealed record ContactAnchors(ContactAnchor Symptomatic, ContactAnchor? Asymptomatic = null);

/// <summary>The exposure that makes a contact; what is null is not asked for.</summary>
public sealed record ExposureRule
{
    /// <summary>Metres.</summary>
    public double? MaxDistanceM { get; init; }

    [JsonPropertyName("min_minutes"), Minutes]
    public TimeSpan? MinDuration { get; init; }

    /// <summary>The minutes are added up within so many hours; null: one stay.</summary>
    [JsonPropertyName("cumulative_within_h"), Hours]
    public TimeSpan? CumulativeWithin { get; init; }

    /// <summary>Only when neither was effectively protected 无有效防护.</summary>
    public bool WithoutProtection { get; init; }

    /// <summary>Having breathed the same air is enough, whatever the distance.</summary>
    public bool SameAirspace { get; init; }
}

/// <summary>Co-presence in venue data proposes a contact; a person decides (P-30, INV-43).</summary>
public sealed record CopresenceRule
{
    /// <summary>The least overlap of both stays; null: any overlap.</summary>
    [JsonPropertyName("min_overlap_min"), Minutes]
    public TimeSpan? MinOverlap { get; init; }

    /// <summary>Only within the same sub-area of a venue.</summary>
    public required bool SameSubarea { get; init; }

    /// <summary>How long something stays in the air after the index person left; null: not at all.</summary>
    [JsonPropertyName("lag_min"), Minutes]
    public TimeSpan? Lag { get; init; }
}

/// <param name="Enabled">Whether contacts of contacts are determined at all.</param>
/// <param name="UpgradeIfIndexContactPositiveInFirstTests">The secondary contact becomes a close contact when the contact turns
/// positive in so many first tests (INV-29).</param>
public sealed record SecondaryRule(bool Enabled, int? UpgradeIfIndexContactPositiveInFirstTests = null);

/// <param name="Measures">What happens to them: <c>inform</c>, <c>self_monitor</c>, <c>present_tests</c>, <c>risk_graded</c>.</param>
public sealed record GeneralContacts(IReadOnlyList<string> Measures);
