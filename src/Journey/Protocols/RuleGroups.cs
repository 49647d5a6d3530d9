using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>A kind of group: its key in the file and how its record is read.</summary>
sealed record RuleGroup(string Key, Type Type, Func<JsonNode, object> Read)
{
    public static RuleGroup Of<TRule>()
        where TRule : class, IRule => new(TRule.Key, typeof(TRule), node => node.Deserialize<TRule>(RuleGroups.Json)!);
}

/// <summary>
/// All groups that a protocol can have. A new group is one record and one line here; the schema and the tests say the rest.
/// </summary>
static class RuleGroups
{
    /// <summary>snake_case keys; unknown keys, missing keys and nulls where none may be are errors.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PoolKindJson(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static IReadOnlyList<RuleGroup> All { get; } =
    [
        RuleGroup.Of<ContactRule>(),
        RuleGroup.Of<SituationsRule>(),
        RuleGroup.Of<TransportRule>(),
        RuleGroup.Of<QuarantineRule>(),
        RuleGroup.Of<FollowupRule>(),
        RuleGroup.Of<OutbreakRule>(),
        RuleGroup.Of<ClassificationRule>(),
        RuleGroup.Of<DischargeRule>(),
        RuleGroup.Of<SeverityRule>(),
        RuleGroup.Of<ZonesRule>(),
        RuleGroup.Of<CompoundsRule>(),
        RuleGroup.Of<PoolRule>(),
        RuleGroup.Of<SuspectPoolRule>(),
        RuleGroup.Of<Deadlines>(),
        RuleGroup.Of<SocialRule>(),
        RuleGroup.Of<ScreeningRule>(),
        RuleGroup.Of<TestingRule>(),
        RuleGroup.Of<AntigenRule>(),
        RuleGroup.Of<AssayRule>(),
        RuleGroup.Of<StrategiesRule>(),
        RuleGroup.Of<IsolationRule>(),
        RuleGroup.Of<FangcangRule>(),
        RuleGroup.Of<GoodsPass>(),
        RuleGroup.Of<OutingPass>(),
        RuleGroup.Of<HealthCodeRule>(),
        RuleGroup.Of<VenuesRule>(),
        RuleGroup.Of<TracingRule>(),
        RuleGroup.Of<SerialIntervalRule>(),
    ];
}
