using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// The words under which a place is found: 德胜街道 as itself, 胜街道 …, deshengjiedao, shengjiedao …, dsjd; Desheng Street as deshengstreet, street. Kept in the
/// unit that writes the place; found by their beginnings. A former name still finds its place.
/// </summary>
static class PlaceTerms
{
    const int MostTerms = 24;

    static readonly Table<(Place Place, string Term)> Rows = new("place_term",
        new("owner", ColumnType.Text, t => t.Place.Owner, Key: true),
        new("term", ColumnType.Text, t => t.Term, Key: true),
        new("code", ColumnType.Text, t => t.Place.Code, Key: true),
        new("level", ColumnType.Small, t => (short)t.Place.Level));

    /// <summary>All words of a place's names, without repetition.</summary>
    public static IEnumerable<string> Of(Place place)
    {
        var key = NameKeys.Of(place.Name);
        // Digits and letters in a Chinese name are read as they stand: 2期 is 2qi.
        var read = key.Select(c => Pinyin.Of(c) is > 0 and var number ? Pinyin.Word(number) : c.ToString()).ToList();
        var terms = new List<string> { key };
        if (key.Any(c => Pinyin.Of(c) > 0))
        {
            terms.Add(string.Concat(read.Select(r => r[0])));
            for (var i = 0; i < read.Count; i++)
            {
                terms.Add(string.Concat(read.Skip(i)));
                terms.Add(key[i..]);
            }
        }
        terms.AddRange(Words(place.Name).Concat(Words(place.NameEn ?? "")));
        return terms.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).Take(MostTerms);
    }

    /// <summary>Makes places findable; what is findable already stays.</summary>
    public static void Keep(WriteSession session, IEnumerable<Place> places) =>
        session.Insert(Rows, places.Where(p => p.Level <= PlaceLevel.Compound).SelectMany(p => Of(p).Select(t => (p, t))).ToList(), IfThere.Skip);

    static IEnumerable<string> Words(string name)
    {
        var words = name.Split([' ', '-', '·', ','], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            if (NameKeys.Of(string.Concat(words[i..])) is var term && !term.Any(c => Pinyin.Of(c) > 0))
                yield return term;
    }
}
