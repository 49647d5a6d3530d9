using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Reads the place tree 地点树. Codes are the tree: everything in a place has a code that begins with the place's.</summary>
public static class PlaceTree
{
    const string Columns = "code, name, name_en, official, grid, lat, lon, population, valid_from, valid_to";

    /// <summary>The places of these codes, those that are there.</summary>
    public static Dictionary<string, Place> ByCodes(Session session, IReadOnlyCollection<string> codes) => codes.Count == 0 ? [] :
        session.Query<Place>($"SELECT {Columns} FROM place WHERE code {session.In("codes")}", new { codes = session.Keys(codes.Distinct()) })
            .ToDictionary(p => p.Code, StringComparer.Ordinal);

    /// <summary>What lies directly under a place, by code; the provinces for null. <paramref name="after"/> is the last code of the page before.</summary>
    public static List<Place> Children(Session session, string? parent, string after = "", int take = 200) => session.Query<Place>(
        $"SELECT {Columns} FROM place WHERE {(parent is null ? "parent IS NULL" : "parent = @parent")} AND code > @after ORDER BY code LIMIT @take",
        new { parent, after, take });

    /// <summary>All places of one level in a place, by code. Small for levels down to the community; not for rooms.</summary>
    public static List<Place> Below(Session session, string territory, PlaceLevel level) => session.Query<Place>(
        $"SELECT {Columns} FROM place WHERE code >= @territory AND code < @end AND level = @level ORDER BY code",
        new { territory, end = EndOf(territory), level = (short)level });

    /// <summary>The names of each code's place and of those above it down from the county: 船营区 德胜街道 … A code without a place shows as itself.</summary>
    public static Dictionary<string, string> FullNames(Session session, IReadOnlyCollection<string> codes)
    {
        var chains = codes.Distinct().ToDictionary(c => c, PlaceCode.SelfAndAbove);
        var names = ByCodes(session, [.. chains.Values.SelectMany(c => c).Where(c => c.Length >= 6)]);
        return chains.ToDictionary(c => c.Key, c => c.Value.Any(names.ContainsKey) || c.Key.Length < 6
            ? string.Join(' ', c.Value.Reverse().Where(code => code.Length >= Math.Min(6, c.Key.Length)).Select(code => names.TryGetValue(code, out var p) ? p.Name : Tail(code)))
            : c.Key);
    }

    /// <summary>
    /// The code that stands for this one now: a county that was renumbered takes everything under it along (220381 became 220184).
    /// A code without history is itself.
    /// </summary>
    public static string Current(IReadOnlyDictionary<string, string> changes, string code)
    {
        for (var round = 0; round < 4; round++)
        {
            var old = PlaceCode.SelfAndAbove(code).FirstOrDefault(changes.ContainsKey);
            if (old is null)
                return code;
            code = changes[old] + code[old.Length..];
        }
        return code;
    }

    /// <summary>The last change of each renumbered code, for <see cref="Current"/>; a handful of rows.</summary>
    public static Dictionary<string, string> Changes(Session session)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in session.Query<CodeChange>("SELECT old_code, new_code FROM place_code_change ORDER BY changed_on"))
            changes[change.OldCode] = change.NewCode;
        return changes;
    }

    /// <summary>The end of the range of codes that begin with this one.</summary>
    internal static string EndOf(string prefix) => prefix + '\uffff';

    static string Tail(string code) => code[(code.LastIndexOf('.') + 1)..];

    sealed class CodeChange
    {
        public string OldCode { get; init; } = "";

        public string NewCode { get; init; } = "";
    }
}
