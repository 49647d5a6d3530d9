using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Loads candidates for <see cref="PlaceMatcher"/> from the place tree: some thousands, never a city's million rooms.</summary>
public static class PlaceCandidates
{
    static readonly PlaceLevel[] Above = [PlaceLevel.Province, PlaceLevel.City, PlaceLevel.County];
    static readonly PlaceLevel[] Inside = [PlaceLevel.Street, PlaceLevel.Community, PlaceLevel.Compound];

    /// <summary>
    /// All places down to the county, and of these territories (a county or a city's code) also streets, communities and compounds.
    /// At most <paramref name="limit"/> of each level of a territory.
    /// </summary>
    public static List<PlaceCandidate> Load(Session session, IReadOnlyCollection<string> territories, int limit = 20_000)
    {
        var places = Above.SelectMany(level => PlaceTree.Below(session, "", level)).ToList();
        foreach (var territory in territories.Distinct())
            foreach (var level in Inside)
                places.AddRange(PlaceTree.Below(session, territory, level).Take(limit));
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var place in places)
            names.TryAdd(place.Code, place.Name);
        return [.. places.DistinctBy(p => p.Code).Select(p => new PlaceCandidate(p.Code, p.Name,
            string.Join(' ', PlaceCode.SelfAndAbove(p.Code).Reverse().Where(names.ContainsKey).Select(c => names[c]))))];
    }
}
