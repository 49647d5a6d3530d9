using Qipan.Http;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A place that was found.</summary>
/// <param name="Place">The place.</param>
/// <param name="Above">What it lies in, from the county down; empty for counties and above.</param>
public sealed record FoundPlace(Place Place, IReadOnlyList<Place> Above)
{
    /// <summary>Its name in a language: "en", where there is an English one, else as it is registered.</summary>
    public string Name(string language) => In(Place, language);

    /// <summary>What it lies in, in the same language.</summary>
    public string Within(string language) => string.Join(' ', Above.Select(p => In(p, language)));

    static string In(Place place, string language) => language == "en" && !string.IsNullOrEmpty(place.NameEn) ? place.NameEn : place.Name;
}

/// <summary>
/// Finds places by the beginning of a part of their name, of its pinyin or initials, or of their code; after a space, what lies in them: 德胜 3号楼. Of their own
/// territories callers find every place, of others counties and what is above them. Costs a few looks at an index, however many places there are.
/// </summary>
public static class FindPlaces
{
    /// <summary>Places of one word that are looked into for the next.</summary>
    const int MostLookedInto = 8;

    /// <param name="session">The snapshot.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="take">The most that are wanted.</param>
    public static List<FoundPlace> By(Session session, Caller caller, string typed, int take)
    {
        var own = caller.Grants.Select(g => g.Territory).Distinct().ToList();
        var words = typed.Split([' ', ',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return [];
        var codes = IsCode(words[0]) ? ByCode(session, words[0].ToLowerInvariant(), take) : ByWord(session, own, NameKeys.Of(words[0]), Math.Max(take, MostLookedInto));
        foreach (var word in words.Skip(1))
            codes = [.. codes.Take(MostLookedInto).SelectMany(c => Below(session, c, word, take)).Distinct()];
        var places = PlaceTree.ByCodes(session, codes);
        var shown = codes.Where(places.ContainsKey).Select(c => places[c]).Where(p => p.Level <= PlaceLevel.County || own.Exists(t => PlaceCode.Covers(t, p.Code))).Take(take).ToList();
        var above = PlaceTree.ByCodes(session, [.. shown.SelectMany(Above)]);
        return shown.ConvertAll(p => new FoundPlace(p, [.. Above(p).Where(above.ContainsKey).Select(c => above[c])]));
    }

    static IEnumerable<string> Above(Place place) => PlaceCode.SelfAndAbove(place.Code).Skip(1).Where(c => c.Length >= 6).Reverse();

    static bool IsCode(string word) => word.Length >= 2 && char.IsAsciiDigit(word[0]) && char.IsAsciiDigit(word[1]) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');

    static List<string> ByCode(Session session, string code, int take) => session.Query<string>(
        "SELECT code FROM place WHERE code >= @code AND code < @end ORDER BY code LIMIT @take", new { code, end = PlaceTree.EndOf(code), take });

    static List<string> ByWord(Session session, List<string> own, string term, int take)
    {
        if (term.Length == 0)
            return [];
        var found = new List<Term>();
        for (var level = PlaceLevel.Province; level <= PlaceLevel.County; level++)
            found.AddRange(OfLevel(session, level, term, "", take));
        foreach (var territory in own)
            if (territory.Length >= 6)
                found.AddRange(session.Query<Term>(
                    "SELECT term AS value, code, level FROM place_term WHERE owner = @owner AND term >= @term AND term < @end AND code >= @territory AND code < @beyond ORDER BY term, code LIMIT @most",
                    new { owner = territory[..6], term, end = PlaceTree.EndOf(term), territory, beyond = PlaceTree.EndOf(territory), most = take * 4 }));
            else
                for (var level = PlaceLevel.Street; level <= PlaceLevel.Compound; level++)
                    found.AddRange(OfLevel(session, level, term, territory, take));
        // The whole word first, then the wider place, then the nearer name.
        return [.. found.OrderBy(t => t.Value != term).ThenBy(t => t.Level).ThenBy(t => t.Value.Length).ThenBy(t => t.Code, StringComparer.Ordinal).Select(t => t.Code).Distinct().Take(take)];
    }

    static List<Term> OfLevel(Session session, PlaceLevel level, string term, string territory, int take) => session.Query<Term>(
        "SELECT term AS value, code, level FROM place_term WHERE level = @level AND term >= @term AND term < @end AND code >= @territory AND code < @beyond ORDER BY term, code LIMIT @take",
        new { level = (short)level, term, end = PlaceTree.EndOf(term), territory, beyond = PlaceTree.EndOf(territory), take });

    /// <summary>What lies in a place: by its words down to compounds, by the beginning of its name below.</summary>
    static List<string> Below(Session session, string code, string word, int take)
    {
        var (term, beyond) = (NameKeys.Of(word), PlaceTree.EndOf(code));
        var found = code.Length < 6 ? [] : session.Query<string>(
            "SELECT code FROM place_term WHERE owner = @owner AND term >= @term AND term < @end AND code > @code AND code < @beyond ORDER BY term, code LIMIT @take",
            new { owner = code[..6], term, end = PlaceTree.EndOf(term), code, beyond, take });
        if (code.Length >= 9)
            found.AddRange(session.Query<string>(
                "SELECT code FROM place WHERE owner = @owner AND code > @code AND code < @beyond AND level > @compound AND name >= @word AND name < @last ORDER BY level, code LIMIT @take",
                new { owner = code[..6], code, beyond, compound = (short)PlaceLevel.Compound, word, last = PlaceTree.EndOf(word), take }));
        return found;
    }

    sealed class Term
    {
        public string Value { get; init; } = "";

        public string Code { get; init; } = "";

        public short Level { get; init; }
    }
}
