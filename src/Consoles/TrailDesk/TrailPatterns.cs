using System.Globalization;
using System.Text.RegularExpressions;
using Qipan.Consoles.Texts;

namespace Qipan.Consoles.TrailDesk;

/// <summary>
/// Sentences of one list of trail-zh.txt with values in them: <c>{t}</c> an instant, <c>{n}</c> a number, <c>{0}</c> anything. Of two that fit, the one with
/// the most fixed words says more. Safe for all threads.
/// </summary>
sealed class TrailPatterns(string list)
{
    /// <summary>As the sources of the trail write it, with and without thousandths.</summary>
    public const string Instant = @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? ?(?:Z|[+-]\d\d:\d\d)";

    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    readonly IReadOnlyList<(Regex English, string Chinese)> sentences = [.. Sentence.Trail
        .Where(s => s.Key.StartsWith(list, StringComparison.Ordinal) && s.Key.Contains('{', StringComparison.Ordinal))
        .OrderByDescending(s => s.Key.Replace("{t}", "", StringComparison.Ordinal).Length)
        .Select(s => (Pattern(s.Key[list.Length..]), s.Value))];

    /// <summary>The Chinese sentence with what stands in the English one, each said again; null where none fits.</summary>
    public string? Chinese(string english, Func<string, string> said)
    {
        foreach (var (pattern, chinese) in sentences)
            if (pattern.Match(english) is { Success: true } found)
                return string.Format(CultureInfo.InvariantCulture, chinese, [.. found.Groups.Values.Skip(1).Select(g => (object)said(g.Value))]);
        return null;
    }

    static Regex Pattern(string sentence)
    {
        var escaped = Regex.Escape(sentence).Replace(@"\{t}", $"({Instant})", StringComparison.Ordinal).Replace(@"\{n}", @"(\d+)", StringComparison.Ordinal);
        return new Regex($"^{Regex.Replace(escaped, @"\\\{\d}", "(.+?)", RegexOptions.None, Longest)}$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking, Longest);
    }
}
