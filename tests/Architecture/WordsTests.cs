using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Qipan.Contracts;
using Xunit;

namespace Qipan.Architecture;

/// <summary>
/// docs/words.md is the dictionary. Every public type of the journey is named with its words: a word stands there in backticks with
/// its Chinese term, and a type is called by one word or by several of them (`TubeState` is Tube and State).
/// </summary>
public sealed class WordsTests
{
    static readonly Dictionary<string, string> Words = Tree.Read("docs/words.md").Split('\n')
        .Select(l => Regex.Match(l, @"^\| `(?<word>[A-Z][A-Za-z0-9]+)` \| (?<chinese>[^|]+) \|"))
        .Where(m => m.Success).ToDictionary(m => m.Groups["word"].Value, m => m.Groups["chinese"].Value.Trim());

    [Fact]
    public void Every_public_type_of_the_journey_is_named_with_words_of_the_dictionary()
    {
        var unknown = DomainTypes().Select(t => (t, Unknown(t))).Where(t => t.Item2.Count > 0)
            .Select(t => $"{t.t} ({string.Join(", ", t.Item2)})").Order().ToList();
        Assert.True(unknown.Count == 0, $"docs/words.md lacks the words of: {string.Join("; ", unknown)}");
    }

    [Fact]
    public void Every_word_has_its_Chinese_term() => Assert.Empty(Words.Where(w => !w.Value.Any(IsChinese)).Select(w => w.Key));

    [Fact]
    public void A_word_that_is_not_in_the_dictionary_is_seen() => Assert.Equal(["Gizmo"], Unknown("TubeGizmoState"));

    static List<string> Unknown(string type) =>
        Words.ContainsKey(type) ? [] : [.. Regex.Matches(type, "[A-Z][a-z0-9]*").Select(m => m.Value).Where(w => !IsKnown(w))];

    static bool IsKnown(string word) => Words.ContainsKey(word) || (word.EndsWith('s') && Words.ContainsKey(word[..^1]))
        || (word.EndsWith("ies") && Words.ContainsKey(word[..^3] + "y")) || (word.EndsWith("xes") && Words.ContainsKey(word[..^2]));

    static IEnumerable<string> DomainTypes() => Tree.Assemblies
        .Where(a => Tree.Journey.Any(j => a.GetName().Name == $"Qipan.{j}"))
        .SelectMany(a => a.GetExportedTypes())
        .Where(t => !t.IsNested && !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !(t.IsAbstract && t.IsSealed))
        .Where(t => !typeof(Kernel.Refusal).IsAssignableFrom(t) && !t.Name.EndsWith("Handler") && !typeof(IEvent).IsAssignableFrom(t))
        .Select(t => (t.IsInterface ? t.Name[1..] : t.Name).Split('`')[0]).Distinct();

    static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';
}
