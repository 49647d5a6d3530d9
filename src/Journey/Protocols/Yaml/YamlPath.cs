using System.Globalization;

namespace Qipan.Protocols.Yaml;

/// <summary>One step of a path: a key of a map, or an index into a list.</summary>
readonly record struct YamlStep(string Key, int? Index);

/// <summary>Paths into a document: keys joined by dots, indexes in brackets from 0, as <c>quarantine.close[0].tests</c>.</summary>
static class YamlPath
{
    /// <summary>The steps of a path. A piece that is neither a key nor an index becomes a key that no document has.</summary>
    public static IEnumerable<YamlStep> Steps(string path)
    {
        foreach (var piece in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = piece.IndexOf('[', StringComparison.Ordinal);
            if (bracket != 0)
                yield return new YamlStep(bracket < 0 ? piece : piece[..bracket], null);
            if (bracket < 0)
                continue;
            foreach (var index in piece[(bracket + 1)..].Split('['))
                yield return index.EndsWith(']') && int.TryParse(index.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var number)
                    ? new YamlStep("", number)
                    : new YamlStep(index, null);
        }
    }
}
