using NJsonSchema;
using NJsonSchema.Validation;
using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>What a JSON schema says against a YAML document, each complaint with its line.</summary>
static class SchemaFindings
{
    /// <summary>Every complaint, one for each place.</summary>
    public static IEnumerable<Finding> Of(JsonSchema schema, string file, YamlTree tree)
    {
        var json = tree.ToJson()?.ToJsonString() ?? "null";
        return schema.Validate(json).SelectMany(Leaves)
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
