using System.Globalization;
using Qipan.Protocols.Yaml;

namespace Qipan.Protocols;

/// <summary>
/// Looks into a document that may be wrong anywhere: what is not there, or of another type, is null, because the schema has said
/// so already. Collects findings.
/// </summary>
sealed class Look(string file, YamlTree tree, List<Finding> findings)
{
    public YamlTree Tree => tree;

    public string? Text(string path) => (tree.At(path) as YamlScalar)?.Text;

    public int? Whole(string path) =>
        int.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public double? Number(string path) =>
        double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public DateOnly? Date(string path) =>
        DateOnly.TryParseExact(Text(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    public bool Has(string path) => tree.At(path) is not null;

    public IEnumerable<string> Keys(string path) => (tree.At(path) as YamlMap)?.Entries.Select(e => e.Key) ?? [];

    /// <summary>The paths of a list's items.</summary>
    public IEnumerable<string> Items(string path) =>
        Enumerable.Range(0, (tree.At(path) as YamlList)?.Items.Count ?? 0)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"));

    public void Say(string path, string code, string sentence)
    {
        var place = tree.PlaceOf(path);
        findings.Add(new Finding(file, place.Line, place.Column, path, code, sentence));
    }
}
