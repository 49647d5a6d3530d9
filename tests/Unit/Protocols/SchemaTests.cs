using System.Collections;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>The schema and the records say the same, so that neither can be changed alone.</summary>
public sealed class SchemaTests
{
    static readonly JsonObject Schema = JsonNode.Parse(ProtocolSchema.Text)!.AsObject();

    [Fact]
    public void Every_property_of_the_schema_is_one_of_the_record_and_the_other_way_round()
    {
        var wrong = new List<string>();
        var properties = Schema["properties"]!.AsObject();
        Assert.Equal(RuleGroups.All.Select(g => g.Key).Append("protocol").Append("notes").Order(), properties.Select(p => p.Key).Order());
        foreach (var group in RuleGroups.All)
            Compare(group.Key, Resolve(properties[group.Key]!), group.Type, wrong);
        Compare("protocol", Resolve(properties["protocol"]!), typeof(ProtocolHeader), wrong);
        Compare("notes", Resolve(properties["notes"]!["items"]!), typeof(SourceNote), wrong);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_property_has_a_description_that_says_its_unit()
    {
        var wrong = new List<string>();
        Walk("", Schema, wrong);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    static void Compare(string path, JsonObject schema, Type type, List<string> wrong)
    {
        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        var properties = schema["properties"]!.AsObject();
        var members = RuleGroups.Json.GetTypeInfo(type).Properties.ToDictionary(p => p.Name);
        wrong.AddRange(properties.Select(p => p.Key).Except(members.Keys).Select(k => $"{path}.{k} is only in the schema"));
        wrong.AddRange(members.Keys.Except(properties.Select(p => p.Key)).Select(k => $"{path}.{k} is only in {type.Name}"));
        foreach (var (key, member) in members.Where(m => properties.ContainsKey(m.Key)))
        {
            if (IsRequired(member) != required.Contains(key))
                wrong.Add($"{path}.{key} is required in one of them only");
            var child = Resolve(properties[key]!);
            var inner = Inner(member.PropertyType);
            if (child["type"]?.GetValueKind() == System.Text.Json.JsonValueKind.String && (string?)child["type"] == "array")
                child = Resolve(child["items"]!);
            else if (child["additionalProperties"] is JsonObject values)
                child = Resolve(values);
            if (child.ContainsKey("properties") && !typeof(IDictionary).IsAssignableFrom(member.PropertyType) && !inner.IsEnum)
                Compare($"{path}.{key}", child, inner, wrong, member.PropertyType);
        }
    }

    static void Compare(string path, JsonObject schema, Type inner, List<string> wrong, Type declared)
    {
        // by_risk: the schema lists the keys that an enum has.
        if (declared.IsGenericType && declared.GetGenericArguments() is [{ IsEnum: true } keys, _])
        {
            var names = Enum.GetNames(keys).Select(System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName).Order();
            if (!names.SequenceEqual(schema["properties"]!.AsObject().Select(p => p.Key).Order()))
                wrong.Add($"{path} does not list the words of {keys.Name}");
            return;
        }
        Compare(path, schema, inner, wrong);
    }

    static bool IsRequired(JsonPropertyInfo member) => member.IsRequired;

    static Type Inner(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsGenericType ? type.GetGenericArguments()[^1] : type;
    }

    static JsonObject Resolve(JsonNode node) =>
        node["$ref"] is { } reference ? Schema["definitions"]![((string)reference!).Split('/')[^1]]!.AsObject() : node.AsObject();

    static void Walk(string path, JsonObject schema, List<string> wrong)
    {
        foreach (var (name, node) in schema["properties"]?.AsObject() ?? [])
        {
            var child = Resolve(node!);
            var text = (string?)child["description"];
            if (string.IsNullOrWhiteSpace(text))
                wrong.Add($"{path}.{name} has no description");
            else if (Units.FirstOrDefault(u => name.EndsWith(u.Suffix, StringComparison.Ordinal)
                && !Lowest.Contains(name)) is { Unit: not null } unit && !text.Contains(unit.Unit, StringComparison.Ordinal))
                wrong.Add($"{path}.{name} does not say that it is in {unit.Unit}");
            if ((string?)child["type"]?.ToString() == "array")
                child = Resolve(child["items"]!);
            if (child["additionalProperties"] is JsonObject values)
                child = Resolve(values);
            Walk($"{path}.{name}", child, wrong);
        }
    }

    // Here min is the lowest of a range.
    static readonly string[] Lowest = ["ct_min", "persons_per_point_min", "persons_per_desk_min", "drivers_per_coach_min"];

    static readonly (string Suffix, string Unit)[] Units =
        [("_h", "Hours."), ("_min", "Minutes"), ("_minutes", "Minutes."), ("_percent", "Per cent"), ("_ct", "Cycles."),
            ("_c", "Degrees Celsius."), ("_distance_m", "Metres.")];
}
