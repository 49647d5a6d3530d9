namespace Qipan.Cases.Reading;

/// <summary>A word that the reader knows, and what it is to it.</summary>
readonly record struct RuleWord(string Word, TokenKind Kind, int Value = 0)
{
    /// <summary>Words of one kind and value, parted by "|".</summary>
    public static IEnumerable<RuleWord> Of(TokenKind kind, int value, string words) =>
        words.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(w => new RuleWord(w, kind, value));

    public static IEnumerable<RuleWord> Of(TokenKind kind, string words) => Of(kind, 0, words);
}
