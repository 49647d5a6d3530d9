using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>What happens when every member of a suspect pool is negative singly (INV-08).</summary>
public enum AllNegative : short
{
    /// <summary>A second single sample; until then the alert stays unresolved.</summary>
    SecondResample = 1,

    /// <summary>Somebody signs.</summary>
    ExpertDecision = 2,
}

/// <summary>
/// The clocks of a suspect pool 一键即报 (domain 2.3, 2.10; INV-07 to 10). The public texts name no numbers for this chain, so the
/// packs' values are proposals ([D]).
/// </summary>
public sealed record SuspectPoolRule : IRule
{
    public static string Key => "suspect_pool";

    /// <summary>From the alert until the responsible team has acknowledged it.</summary>
    [JsonPropertyName("ack_min"), Minutes]
    public required TimeSpan Acknowledge { get; init; }

    /// <summary>From the alert until every member is held where he or she is 暂时隔离.</summary>
    [JsonPropertyName("hold_min"), Minutes]
    public required TimeSpan Hold { get; init; }

    /// <summary>From the alert until every member has given a sample in a tube of his or her own.</summary>
    [JsonPropertyName("resample_h"), Hours]
    public required TimeSpan Resample { get; init; }

    /// <summary>From the single sample until its result.</summary>
    [JsonPropertyName("result_h"), Hours]
    public required TimeSpan Result { get; init; }

    public required AllNegative MembersAllNegative { get; init; }

    /// <summary>From the first single sample until the second, where <see cref="MembersAllNegative"/> asks for one.</summary>
    [JsonPropertyName("second_resample_after_h"), Hours]
    public TimeSpan? SecondResampleAfter { get; init; }

    /// <summary>Calls of a pool that count as suspect: everything that is not negative (INV-10), as <c>POS</c>, <c>GREY</c>.</summary>
    public required IReadOnlyList<string> SuspectCalls { get; init; }

    /// <summary>
    /// What starts when a member is confirmed, in order: <c>transfer</c>, <c>trace_contacts</c>,
    /// <c>trace_secondary_contacts</c>.
    /// </summary>
    public required IReadOnlyList<string> OnConfirmed { get; init; }
}
