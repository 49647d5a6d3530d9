using System.Globalization;
using System.Text.Json.Nodes;

namespace Qipan.Protocols;

/// <summary>One value of a ruled group with its source.</summary>
/// <param name="Path">Into the protocol's file.</param>
/// <param name="Value">As it is written there; lists of words and numbers in brackets.</param>
/// <param name="Note">The nearest note on the value or above it; null only for what a record filled in by default.</param>
public sealed record RuledValue(string Path, string Value, SourceNote? Note)
{
    /// <summary>The values of a group in the order of its record.</summary>
    public static IReadOnlyList<RuledValue> Of(RuledGroup group) =>
        [.. Leaves(group.Group, group.Values).Select(leaf => new RuledValue(leaf.Path, leaf.Value, Nearest(group.Notes, leaf.Path)))];

    static IEnumerable<(string Path, string Value)> Leaves(string path, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } map => map.SelectMany(e => Leaves($"{path}.{e.Key}", e.Value)),
        JsonArray list when list.Any(i => i is JsonObject) =>
            list.SelectMany((item, i) => Leaves(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), item)),
        JsonArray list => [(path, $"[{string.Join(", ", list)}]")],
        _ => [(path, node?.ToString() ?? "null")],
    };

    static SourceNote? Nearest(IReadOnlyList<SourceNote> notes, string path) => notes
        .Where(n => path == n.Path || (path.StartsWith(n.Path, StringComparison.Ordinal) && path[n.Path.Length] is '.' or '['))
        .MaxBy(n => n.Path.Length);
}
