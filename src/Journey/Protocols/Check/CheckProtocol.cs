using System.Security.Cryptography;
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
        if (Tree(file, bytes, findings) is not { } tree)
            return new CheckedFile(file, null, findings);
        findings.AddRange(ProtocolSchema.Check(file, tree));
        var look = new Look(file, tree, findings);
        HeaderChecks.Run(look);
        RuleChecks.Run(look);
        if (findings.Count == 0)
            return Read(file, tree, bytes);
        return new CheckedFile(file, null, [.. findings.DistinctBy(f => (f.Line, f.Path, f.Code))
            .OrderBy(f => f.Line).ThenBy(f => f.Column)]);
    }

    /// <summary>
    /// Reads a pack of the program without asking the schema again: the tests have, and a start should be quick. Broken packs throw.
    /// </summary>
    public static CheckedFile OfPack(string file, ReadOnlySpan<byte> bytes) => Read(file, Tree(file, bytes, [])!, bytes);

    static YamlTree? Tree(string file, ReadOnlySpan<byte> bytes, List<Finding> findings)
    {
        var (tree, problems) = ReadYaml.From(bytes);
        findings.AddRange(problems.Select(p => new Finding(file, p.Place.Line, p.Place.Column, "", p.Code, p.Sentence)));
        return tree;
    }

    static CheckedFile Read(string file, YamlTree tree, ReadOnlySpan<byte> bytes)
    {
        JsonNode json = tree.ToJson()!;
        var header = json["protocol"].Deserialize<ProtocolHeader>(RuleGroups.Json)!;
        var notes = json["notes"].Deserialize<List<SourceNote>>(RuleGroups.Json)!;
        var groups = RuleGroups.All.Where(g => json[g.Key] is not null).ToDictionary(g => g.Key, g => g.Read(json[g.Key]!));
        return new CheckedFile(file, new Protocol(header, Jurisdiction.Parse(header.Jurisdiction)!, groups, notes, file,
            Convert.ToHexStringLower(SHA256.HashData(bytes))), []);
    }
}
