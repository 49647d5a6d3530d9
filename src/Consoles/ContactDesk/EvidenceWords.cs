using Qipan.Consoles.Shell;
using Qipan.Tracing;

namespace Qipan.Consoles.ContactDesk;

/// <summary>What a contact stands on, in the reader's language; words that have none stand as they are.</summary>
static class EvidenceWords
{
    public static string Said(this Reader reader, EvidenceFact fact) => reader.Language == "zh" ? fact.Chinese ?? fact.Said : fact.Said;

    /// <summary>"situation shared_meal 0.8 · overlap 45 min 0.8": each factor with what was known and what it gave.</summary>
    public static string Rating(this Reader reader, string? rating) =>
        rating is null ? "" : string.Join(" · ", rating.Split(" · ").Select(factor => Factor(reader, factor.Split(' '))));

    static string Factor(Reader reader, string[] words)
    {
        if (words.Length < 3)
            return string.Join(' ', words);
        var known = string.Join(' ', words[1..^1]);
        var said = words[0] switch
        {
            "situation" => reader.Word("situation", known),
            "overlap" => reader.Say("{0} min", words[1]),
            _ => reader.Word("known", known),
        };
        return $"{reader.Word("factor", words[0])} {said} {words[^1]}";
    }
}
