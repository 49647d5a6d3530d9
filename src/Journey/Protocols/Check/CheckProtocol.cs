using System.Text.Json;
using System.Text.Json.Nodes;
using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>A file that was checked: the protocol when nothing is wrong, else every finding in the order of the lines.</summary>
public sealed record CheckedFile(string File, Protocol? Protocol, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads one file and says everything that is wrong with it: text, schema, then what a schema cannot say. Only mistakes of the
/// text itself hide later ones, because without a tree there is nothing to look at.
/// </summary>
static class CheckProtocol
{
    /// <summary>Checks the bytes of a file; the name is only printed.</summary>
    public static CheckedFile Of(string file, ReadOnlySpan<byte> bytes)
    {
        var findings = new List<Finding>();
        var (tree, problems) = ReadYaml.From(bytes);
        findings.AddRange(problems.Select(p => new Finding(file, p.Place.Line, p.Place.Column, "", p.Code, p.Sentence)));
        if (tree is null)
            return new CheckedFile(file, null, findings);
        var json = tree.ToJson();
        var protocol = findings.Count == 0 ? Read(file, tree, json, findings) : null;
        return new CheckedFile(file, protocol, [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)]);
    }

    static Protocol? Read(string file, YamlTree tree, JsonNode? json, List<Finding> findings)
    {
        try
        {
            var header = json!["protocol"].Deserialize<ProtocolHeader>(RuleGroups.Json)!;
            var notes = json["notes"].Deserialize<List<SourceNote>>(RuleGroups.Json)!;
            var groups = RuleGroups.All.Where(g => json[g.Key] is not null).ToDictionary(g => g.Key, g => g.Read(json[g.Key]!));
            return new Protocol(header, Jurisdiction.Parse(header.Jurisdiction)!, groups, notes, file);
        }
        catch (JsonException e)
        {
            findings.Add(new Finding(file, tree.Place.Line, tree.Place.Column, "", "unreadable", e.Message));
            return null;
        }
    }
}
