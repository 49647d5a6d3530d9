using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qipan.Sampling;

/// <summary>What a fact claims of a tube; stands as JSON in <c>tube_event.note</c>, so that the tube can be recomputed from its events.</summary>
sealed record ClaimNote
{
    public const string Opened = "opened";
    public const string Sealed = "sealed";
    public const string Boxed = "boxed";
    public const string Voided = "voided";
    public const string SampleVoided = "sample_voided";

    /// <summary>Its box was sent: follows from the box's custody, and is no claim of a device.</summary>
    public const string Sent = "sent";

    public required string Op { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Code { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Round { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Capacity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Session { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Priority { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Alert { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Device { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Seal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Box { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? Registration { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, FactJson.Default.ClaimNote);

    public static ClaimNote FromJson(string json) => JsonSerializer.Deserialize(json, FactJson.Default.ClaimNote)!;
}

/// <summary>One claim of a tube: who says it, when it was by corrected time, and what.</summary>
sealed record TubeClaim(Guid Fact, long At, string Actor, ClaimNote Note);
