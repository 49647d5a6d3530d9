using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>How long each step may take 时限 (domain 2.1, 2.10). Each clock starts with the fact that the summary names.</summary>
public sealed record Deadlines : IRule
{
    public static string Key => "deadlines";

    /// <summary>From the finding of a positive until its direct report over the network 网络直报.</summary>
    [JsonPropertyName("direct_report_h"), Hours]
    public required TimeSpan DirectReport { get; init; }

    /// <summary>From the direct report until the disease control centre has reviewed it.</summary>
    [JsonPropertyName("review_h"), Hours]
    public required TimeSpan Review { get; init; }

    /// <summary>From the confirmation until the infected person has been transferred.</summary>
    [JsonPropertyName("transfer_positive_h"), Hours]
    public required TimeSpan TransferPositive { get; init; }

    /// <summary>From the report until the core of the investigation: who, where, with whom.</summary>
    [JsonPropertyName("investigation_core_h"), Hours]
    public required TimeSpan InvestigationCore { get; init; }

    /// <summary>From the report until the whole investigation.</summary>
    [JsonPropertyName("investigation_full_h"), Hours]
    public required TimeSpan InvestigationFull { get; init; }

    /// <summary>From a contact's name until the contact is controlled.</summary>
    [JsonPropertyName("contact_control_h"), Hours]
    public required TimeSpan ContactControl { get; init; }

    /// <summary>From another region's request until its person was looked for on the spot 落地核查; null: not ruled.</summary>
    [JsonPropertyName("landing_check_h"), Hours]
    public TimeSpan? LandingCheck { get; init; }

    /// <summary>From a pushed list of persons at risk until each has been handled.</summary>
    [JsonPropertyName("pushed_risk_person_h"), Hours]
    public required TimeSpan PushedRiskPerson { get; init; }

    /// <summary>From the start of a testing round until its last result.</summary>
    [JsonPropertyName("round_h"), Hours]
    public required TimeSpan Round { get; init; }
}
