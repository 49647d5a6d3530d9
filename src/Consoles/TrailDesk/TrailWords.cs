using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Qipan.Consoles.Shell;
using Qipan.Consoles.Texts;
using Qipan.Duties;

namespace Qipan.Consoles.TrailDesk;

/// <summary>
/// What the trail says, in the reader's language. Sources of the trail speak English, for the command line too; a title is one of their sentences with values in
/// it, and its Chinese stands in trail-zh.txt. What is not found there shows in English.
/// </summary>
static class TrailWords
{
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>The sentence with the most fixed words first: of two that fit, it says more.</summary>
    static readonly IReadOnlyList<(Regex English, string Chinese)> Titles = [.. Sentence.Trail.Where(s => s.Key.StartsWith("title.", StringComparison.Ordinal))
        .OrderByDescending(s => s.Key.Replace("{0}", "", StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal).Length)
        .Select(s => (new Regex($"^{Regex.Replace(Regex.Escape(s.Key["title.".Length..]), @"\\\{\d}", "(.+)", RegexOptions.None, Longest)}$",
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Longest), s.Value))];

    static readonly FrozenDictionary<string, string> Duties = DutyKinds.All.ToFrozenDictionary(k => k.English, k => k.Chinese, StringComparer.Ordinal);

    /// <summary>A node's title.</summary>
    public static string Title(Reader reader, string english)
    {
        if (reader.Language != "zh")
            return english;
        foreach (var (pattern, chinese) in Titles)
            if (pattern.Match(english) is { Success: true } found)
                return string.Format(System.Globalization.CultureInfo.InvariantCulture, chinese, [.. found.Groups.Values.Skip(1).Select(g => (object)Said(g.Value))]);
        return english;
    }

    /// <summary>The name of a fact; things that were done to a person stand among its facts by their action.</summary>
    public static string Fact(Reader reader, string name) => Word(reader, "fact", name)
        ?? (name.Split(' ') is ["hand-over", var nth] && reader.Language == "zh" ? $"第{nth}次交接" : Action(reader, name));

    /// <summary>What was done.</summary>
    public static string Action(Reader reader, string action) => Word(reader, "action", action) ?? action.Replace('_', ' ');

    static string? Word(Reader reader, string list, string word) => reader.Language == "zh" ? Sentence.Trail.GetValueOrDefault($"{list}.{word}") : null;

    static string Said(string value) => Duties.TryGetValue(value, out var duty) ? duty
        : Sentence.Trail.GetValueOrDefault("titled." + value.Replace('_', ' '), value);
}
