using System.Collections.Frozen;
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
    static readonly TrailPatterns Titles = new("title.");

    static readonly TrailPatterns Facts = new("fact.");

    static readonly FrozenDictionary<string, string> Duties = DutyKinds.All.ToFrozenDictionary(k => k.English, k => k.Chinese, StringComparer.Ordinal);

    /// <summary>A node's title.</summary>
    public static string Title(Reader reader, string english) =>
        reader.Language != "zh" ? english : Sentence.Trail.GetValueOrDefault("title." + english) ?? Titles.Chinese(english, Said) ?? english;

    /// <summary>The name of a fact; things that were done to a person stand among its facts by their action.</summary>
    public static string Fact(Reader reader, string name) =>
        Word(reader, "fact", name) ?? (reader.Language == "zh" ? Facts.Chinese(name, Said) : null) ?? Action(reader, name);

    /// <summary>What was done.</summary>
    public static string Action(Reader reader, string action) => Word(reader, "action", action) ?? action.Replace('_', ' ');

    static string? Word(Reader reader, string list, string word) => reader.Language == "zh" ? Sentence.Trail.GetValueOrDefault($"{list}.{word}") : null;

    static string Said(string value) => Duties.TryGetValue(value, out var duty) ? duty
        : Sentence.Trail.GetValueOrDefault("titled." + value.Replace('_', ' '), value);
}
