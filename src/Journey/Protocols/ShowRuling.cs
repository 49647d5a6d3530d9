using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qipan.Protocols;

/// <summary>One group of a ruling: its values as they stand in the file, and who says so.</summary>
/// <param name="Group">The group's key.</param>
/// <param name="Protocol">The version that answers.</param>
/// <param name="Jurisdiction">Where that protocol holds.</param>
/// <param name="File">Where it was read from.</param>
/// <param name="Values">With the keys and units of the file.</param>
/// <param name="Notes">The sources of the values.</param>
/// <param name="Passed">Protocols that hold here too and rule on the group, but rank behind.</param>
public sealed record RuledGroup(string Group, string Protocol, string Jurisdiction, string File, JsonNode Values,
    IReadOnlyList<SourceNote> Notes, IReadOnlyList<string> Passed);

/// <summary>Everything that holds for a disease at a place on a day.</summary>
public sealed record RulingView(string Disease, string Place, DateOnly On, IReadOnlyList<RuledGroup> Groups);

/// <summary>One protocol alone, as a decision names it.</summary>
public sealed record ProtocolView(ProtocolLine Protocol, string Source, IReadOnlyList<RuledGroup> Groups);

/// <summary>`qipan protocol show` and <c>GET /api/protocols/ruling</c>: what holds, and where each value comes from.</summary>
public static class ShowRuling
{
    public static RulingView Of(Ruling ruling) => new(ruling.Disease, ruling.Place, ruling.On,
    [
        .. ruling.Answers().Select(a => View(a.Group, a.Protocol,
            [.. ruling.Protocols.Where(p => p != a.Protocol && p.Has(a.Group)).Select(p => p.Version.ToString())])),
    ]);

    /// <summary>The protocol alone, whatever ranks before it elsewhere.</summary>
    public static ProtocolView Of(Protocol protocol) =>
        new(ProtocolLine.Of(protocol), protocol.Source, [.. protocol.Groups.Select(g => View(g, protocol, []))]);

    static RuledGroup View(string group, Protocol protocol, IReadOnlyList<string> passed) =>
        new(group, protocol.Version.ToString(), protocol.Jurisdiction.Code,
        Path.GetFileName(protocol.File), Values(group, protocol), [.. protocol.Notes.Where(n => Under(n.Path, group))], passed);

    static JsonNode Values(string group, Protocol protocol) =>
        JsonSerializer.SerializeToNode(protocol.Group(group), RuleGroups.All.First(g => g.Key == group).Type, RuleGroups.Json)!;

    static bool Under(string path, string group) => path == group
        || (path.StartsWith(group, StringComparison.Ordinal) && path[group.Length] is '.' or '[');
}
