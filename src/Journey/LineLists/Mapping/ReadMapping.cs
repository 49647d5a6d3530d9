using System.Text;
using NJsonSchema;
using Qipan.Protocols;
using Qipan.Protocols.Yaml;

namespace Qipan.LineLists;

/// <summary>A mapping's file after it was checked: what is wrong with it, each with its line, or the mapping.</summary>
public sealed record CheckedMapping(string File, ListMapping? Mapping, IReadOnlyList<Finding> Findings);

/// <summary>Reads a mapping from YAML: the schema first, then what a schema cannot say.</summary>
public static class ReadMapping
{
    /// <summary>The JSON schema's text, as editors may use it.</summary>
    public static string SchemaText { get; } = Encoding.UTF8.GetString(MappingBook.Shipped("mappings/mapping.schema.json"));

    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(SchemaText).GetAwaiter().GetResult());

    /// <summary>Everything that is wrong, or the mapping. Never throws for what is in the file.</summary>
    /// <param name="file">As findings name it.</param>
    /// <param name="bytes">The file.</param>
    /// <param name="ready">True for those that the program ships.</param>
    public static CheckedMapping Of(string file, ReadOnlySpan<byte> bytes, bool ready = false)
    {
        var (tree, problems) = ReadYaml.From(bytes);
        var findings = problems.Select(p => new Finding(file, p.Place.Line, p.Place.Column, "", p.Code, p.Sentence)).ToList();
        if (tree is not null)
            findings.AddRange(SchemaFindings.Of(Schema.Value, file, tree));
        if (tree is not YamlMap root || findings.Count > 0)
            return new CheckedMapping(file, null, findings);
        var mapping = Make(root, Encoding.UTF8.GetString(bytes), ready);
        findings.AddRange(MappingChecks.Of(file, root, mapping));
        return new CheckedMapping(file, findings.Count == 0 ? mapping : null, findings);
    }

    static ListMapping Make(YamlMap root, string text, bool ready) => new()
    {
        Name = Word(root, "mapping")!,
        Title = Word(root, "title")!,
        Chinese = Word(root, "chinese") ?? Word(root, "title")!,
        Kind = Word(root, "kind") switch
        {
            "contacts" => ListKind.Contacts,
            "links" => ListKind.Links,
            _ => ListKind.Cases,
        },
        List = Word(root, "list")!,
        Source = Word(root, "source") ?? "",
        SkipRows = int.Parse(Word(root, "skip_rows") ?? "0", System.Globalization.CultureInfo.InvariantCulture),
        Sheet = Word(root, "sheet"),
        Clocks = Word(root, "clocks") == "true",
        Ready = ready,
        Text = text,
        Columns = Fields(root, "columns", node => (IReadOnlyList<string>)Texts(node)),
        Values = Fields(root, "values", node => (IReadOnlyDictionary<string, string>)((YamlMap)node).Entries
            .GroupBy(e => e.Key.Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => ((YamlScalar)g.First().Value).Text, StringComparer.OrdinalIgnoreCase)),
        Defaults = Fields(root, "defaults", node => ((YamlScalar)node).Text),
        Dates = root.Find("dates") is { } dates ? Texts(dates) : DateForms.Usual,
        Missing = root.Find("missing") is { } missing ? Texts(missing).ToHashSet(StringComparer.Ordinal) : ListMapping.UsualMissing,
        Drop = root.Find("drop") is { } drop ? Texts(drop).Select(ListFields.Named).OfType<ListField>().ToHashSet() : new HashSet<ListField>(),
    };

    static Dictionary<ListField, T> Fields<T>(YamlMap root, string key, Func<YamlTree, T> read) => root.Find(key) is YamlMap map
        ? map.Entries.Where(e => ListFields.Named(e.Key) is not null).ToDictionary(e => ListFields.Named(e.Key)!.Value, e => read(e.Value))
        : [];

    static string? Word(YamlMap root, string key) => (root.Find(key) as YamlScalar)?.Text;

    static List<string> Texts(YamlTree node) => node is YamlList list ? [.. list.Items.OfType<YamlScalar>().Select(s => s.Text)] : [((YamlScalar)node).Text];
}
