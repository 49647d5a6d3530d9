using System.Globalization;
using System.Text.Json.Nodes;

namespace Qipan.Protocols.Yaml;

/// <summary>Where something stands in a file, counted from 1.</summary>
readonly record struct Place(int Line, int Column);

/// <summary>A node of a YAML document that remembers where it stands. Immutable once read.</summary>
abstract class YamlTree(Place place)
{
    public Place Place => place;

    /// <summary>The same as JSON; plain scalars get the types of YAML's core schema.</summary>
    public abstract JsonNode? ToJson();

    /// <summary>The node at a path such as <c>quarantine.close[0].tests</c>, or null.</summary>
    public YamlTree? At(string path)
    {
        YamlTree? node = this;
        foreach (var step in YamlPath.Steps(path))
            node = (node, step) switch
            {
                (YamlMap map, { Index: null }) => map.Find(step.Key),
                (YamlList list, { Index: { } index }) when index < list.Items.Count => list.Items[index],
                _ => null,
            };
        return node;
    }

    /// <summary>Where the thing at the path stands: its key if it has one, else itself, else the nearest node above that exists.</summary>
    public Place PlaceOf(string path)
    {
        var node = this;
        var at = place;
        foreach (var step in YamlPath.Steps(path))
        {
            if (node is YamlMap map && step.Index is null && map.Entry(step.Key) is { } entry)
                (at, node) = (entry.KeyPlace, entry.Value);
            else if (node is YamlList list && step.Index is { } index && index < list.Items.Count)
                (at, node) = (list.Items[index].Place, list.Items[index]);
            else
                return at;
        }
        return at;
    }
}

sealed class YamlMap(Place place, IReadOnlyList<YamlEntry> entries) : YamlTree(place)
{
    public IReadOnlyList<YamlEntry> Entries => entries;

    public YamlEntry? Entry(string key) => entries.FirstOrDefault(e => e.Key == key);

    public YamlTree? Find(string key) => Entry(key)?.Value;

    public override JsonNode ToJson() => new JsonObject(entries.Select(e => KeyValuePair.Create(e.Key, e.Value.ToJson())));
}

sealed record YamlEntry(string Key, Place KeyPlace, YamlTree Value);

sealed class YamlList(Place place, IReadOnlyList<YamlTree> items) : YamlTree(place)
{
    public IReadOnlyList<YamlTree> Items => items;

    public override JsonNode ToJson() => new JsonArray([.. items.Select(i => i.ToJson())]);
}

sealed class YamlScalar(Place place, string text, bool quoted) : YamlTree(place)
{
    public string Text => text;

    public override JsonNode? ToJson()
    {
        if (quoted)
            return JsonValue.Create(text);
        if (text is "" or "~" or "null" or "Null" or "NULL")
            return null;
        if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
            return JsonValue.Create(text[0] is 't' or 'T');
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return JsonValue.Create(whole);
        if (text.Any(char.IsAsciiDigit) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
            return JsonValue.Create(number);
        return JsonValue.Create(text);
    }
}
