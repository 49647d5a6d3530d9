using System.Collections.Frozen;

namespace Qipan.Cases.Reading;

/// <summary>All rule words, found by the longest that begins at a place. A new word goes into the table of its kind beside this
/// file.</summary>
static class RuleWords
{
    static readonly FrozenDictionary<char, RuleWord[]> ByFirst = Make();

    /// <summary>The longest rule word at this place of a folded text; an English one only as a whole word.</summary>
    public static RuleWord? At(string text, int at)
    {
        if (!ByFirst.TryGetValue(char.ToLowerInvariant(text[at]), out var words))
            return null;
        foreach (var word in words)
            if (text.Length - at >= word.Word.Length && string.Compare(text, at, word.Word, 0, word.Word.Length,
                StringComparison.OrdinalIgnoreCase) == 0
                && EndsThere(text, at, word.Word))
                return word;
        return null;
    }

    static bool EndsThere(string text, int at, string word)
    {
        var end = at + word.Length;
        return !char.IsAsciiLetter(word[^1]) || end == text.Length
            || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] == '\'' || text[end] == '-');
    }

    /// <summary>Two tables may hold one word; then the table that stands first in this list has it.</summary>
    static FrozenDictionary<char, RuleWord[]> Make()
    {
        IEnumerable<RuleWord> all =
        [
            .. TimeWords.All, .. HealthWords.All, .. PersonWords.All, .. MoveWords.All, .. TransportWords.All, .. PlaceWords.All,
                .. ActivityWords.All,
            .. FillerWords.All,
        ];
        return all.DistinctBy(w => w.Word).GroupBy(w => w.Word[0])
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Word.Length).ToArray());
    }
}
