using NJsonSchema;
using NJsonSchema.Validation;
using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>The JSON schema of a protocol, <c>protocols/protocol.schema.json</c>, and its complaints as findings.</summary>
static class ProtocolSchema
{
    /// <summary>The schema's text, as editors may use it.</summary>
    public static string Text { get; } = System.Text.Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/protocol.schema.json"));

    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(Text).GetAwaiter().GetResult());

    /// <summary>Every complaint of the schema, one for each place.</summary>
    public static IEnumerable<Finding> Check(string file, YamlTree tree)
    {
        var json = tree.ToJson()?.ToJsonString() ?? "null";
        return Schema.Value.Validate(json).SelectMany(Leaves)
            .Select(e => (Error: e, Path: (e.Path ?? "").TrimStart('#', '/')))
            .DistinctBy(e => e.Path)
            .Select(e => Of(file, tree, e.Path, e.Error));
    }

    static IEnumerable<ValidationError> Leaves(ValidationError error) => error is ChildSchemaValidationError child
        ? child.Errors.Values.SelectMany(e => e).SelectMany(Leaves)
        : [error];

    static Finding Of(string file, YamlTree tree, string path, ValidationError error)
    {
        var place = tree.PlaceOf(path);
        var (code, sentence) = SchemaSentences.Of(path, (tree.At(path) as YamlScalar)?.Text, error);
        return new Finding(file, place.Line, place.Column, path, code, sentence);
    }
}
