using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// The words under which a name is found: 张三丰 as 张三丰, 三丰, 丰, zhangsanfeng, sanfeng, feng, zsf; Anna Maria as annamaria, maria. Kept by name and
/// county in the unit that writes the name; found by their beginnings.
/// </summary>
static class NameTerms
{
    const int MostTerms = 24;

    static readonly Table<NameTerm> Rows = new("name_term",
        new("owner", ColumnType.Text, t => t.Owner, Key: true),
        new("term", ColumnType.Text, t => t.Term, Key: true),
        new("name_key", ColumnType.Text, t => t.NameKey, Key: true));

    /// <summary>All words of a name, its key first.</summary>
    public static List<string> Of(string name, string nameKey)
    {
        var terms = new List<string> { nameKey };
        var syllables = Pinyin.Syllables(nameKey);
        if (syllables.Length > 0)
        {
            for (var i = 1; i < nameKey.Length; i++)
                terms.Add(nameKey[i..]);
            for (var i = 0; i < syllables.Length; i++)
                terms.Add(string.Concat(syllables[i..].Select(Pinyin.Word)));
            if (syllables.Length > 1)
                terms.Add(string.Concat(syllables.Select(s => Pinyin.Word(s)[0])));
        }
        else
        {
            var words = name.Split([' ', '-', '·', '•', '.', ','], StringSplitOptions.RemoveEmptyEntries);
            for (var i = 1; i < words.Length; i++)
                terms.Add(NameKeys.Of(string.Concat(words[i..])));
        }
        return [.. terms.Where(t => t.Length > 0).Distinct().Take(MostTerms)];
    }

    /// <summary>Makes names findable; those that are already cost a look.</summary>
    public static void Keep(WriteSession session, IEnumerable<(string Owner, string Name, string NameKey)> names) => Add(session, Missing(session, names));

    /// <summary>The words of those names that cannot be found yet.</summary>
    public static List<NameTerm> Missing(Session session, IEnumerable<(string Owner, string Name, string NameKey)> names)
    {
        var fresh = new List<NameTerm>();
        foreach (var county in names.Where(n => n.NameKey.Length > 0).GroupBy(n => n.Owner))
        {
            var byKey = county.GroupBy(n => n.NameKey).ToDictionary(g => g.Key, g => g.First().Name, StringComparer.Ordinal);
            var had = session.Each<string>("SELECT name_key FROM name_term WHERE owner = @owner AND term = @key AND name_key = @key", byKey.Keys, new { owner = county.Key })
                .ToHashSet(StringComparer.Ordinal);
            fresh.AddRange(byKey.Where(n => !had.Contains(n.Key)).SelectMany(n => Of(n.Value, n.Key).Select(t => new NameTerm(county.Key, t, n.Key))));
        }
        // Sorted by their keys, rows of one page are written together.
        fresh.Sort((a, b) => string.CompareOrdinal(a.Owner, b.Owner) is not 0 and var owner ? owner : string.CompareOrdinal(a.Term, b.Term));
        return fresh;
    }

    /// <summary>Words that are there already stay as they are.</summary>
    public static void Add(WriteSession session, IReadOnlyCollection<NameTerm> terms)
    {
        if (terms.Count > 0)
            session.Insert(Rows, terms, IfThere.Skip);
    }
}

/// <summary>A word under which a name of a county is found.</summary>
readonly record struct NameTerm(string Owner, string Term, string NameKey);
