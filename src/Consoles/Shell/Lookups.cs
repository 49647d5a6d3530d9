using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Consoles.Shell;

/// <summary>Names of places and units for a page, each with one query for all that the page shows.</summary>
static class Lookups
{
    /// <summary>By place code; a code that is not in the tree stands for itself.</summary>
    public static Dictionary<string, string> Places(Session session, IEnumerable<string?> codes, string language)
    {
        var asked = codes.OfType<string>().Where(c => c.Length > 0).ToHashSet(StringComparer.Ordinal);
        var names = asked.ToDictionary(c => c, c => c, StringComparer.Ordinal);
        if (asked.Count == 0)
            return names;
        foreach (var place in session.Query<Named>($"SELECT code, name, name_en FROM place WHERE code {session.In("codes")}", new { codes = session.Keys(asked) }))
            names[place.Code] = language == "en" && !string.IsNullOrEmpty(place.NameEn) ? place.NameEn : place.Name;
        return names;
    }

    /// <summary>
    /// As <see cref="Places"/>, and what lies below a community in full from its street on: 一街道三社区2小区4号楼1单元302. Where somebody lives or is now
    /// says nothing as 302 alone, and as a code nothing to people.
    /// </summary>
    public static Dictionary<string, string> Addresses(Session session, IEnumerable<string?> codes, string language)
    {
        var asked = codes.OfType<string>().Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var ways = asked.ToDictionary(c => c, c => PlaceCode.SelfAndAbove(c).Where(a => c.Length <= Community ? a == c : a.Length >= Street).Reverse().ToList(), StringComparer.Ordinal);
        var names = Places(session, ways.Values.SelectMany(w => w), language);
        return ways.ToDictionary(w => w.Key, w => string.Join(language == "zh" ? "" : ", ", w.Value.Select(place => names[place] == place ? Last(place) : names[place])), StringComparer.Ordinal);
    }

    const int Street = 9;
    const int Community = 12;

    /// <summary>Rooms stand in no tree: their number is all there is.</summary>
    static string Last(string code) => code.Length <= Community ? code : code[(code.LastIndexOf('.') + 1)..];

    /// <summary>By unit id; an unknown unit stands as the first digits of its id.</summary>
    public static Dictionary<Guid, string> Units(Session session, IEnumerable<Guid> ids)
    {
        var asked = ids.ToHashSet();
        var names = asked.ToDictionary(i => i, Short);
        if (asked.Count == 0)
            return names;
        foreach (var unit in session.Query<Unit>($"SELECT id, name FROM org_unit WHERE id {session.InIds("ids")}", new { ids = session.Keys(asked) }))
            names[unit.Id] = unit.Name;
        return names;
    }

    /// <summary>
    /// The county that has the thing, or null. The counties of the table are walked from one to the next along its key, so this costs
    /// one look per county however many rows there are.
    /// </summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="table">A table whose key is owner and id; a word of the program's own.</param>
    /// <param name="id">The thing's id.</param>
    public static string? OwnerOf(Session session, string table, Guid id) => session.Query<string>($"""
        WITH RECURSIVE county(code) AS (
          SELECT min(owner) FROM {table}
          UNION ALL SELECT (SELECT min(owner) FROM {table} WHERE owner > county.code) FROM county WHERE county.code IS NOT NULL)
        SELECT t.owner FROM county JOIN {table} t ON t.owner = county.code AND t.id = @id
        """, new { id }).FirstOrDefault();

    /// <summary>An id as people compare it: its last eight digits, which differ where the first are a time.</summary>
    public static string Short(Guid id) => id.ToString("N")[^8..];

    sealed class Named
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? NameEn { get; init; }
    }

    sealed class Unit
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";
    }
}
