using NJsonSchema;
using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>The JSON schema of a protocol, <c>protocols/protocol.schema.json</c>, and its complaints as findings.</summary>
static class ProtocolSchema
{
    /// <summary>The schema's text, as editors may use it.</summary>
    public static string Text { get; } = System.Text.Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/protocol.schema.json"));

    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(Text).GetAwaiter().GetResult());

    /// <summary>Every complaint of the schema, one for each place.</summary>
    public static IEnumerable<Finding> Check(string file, YamlTree tree) => SchemaFindings.Of(Schema.Value, file, tree);
}
