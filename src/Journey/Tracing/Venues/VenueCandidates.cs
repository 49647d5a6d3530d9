using Qipan.Cases;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Registered venues 场所 as candidates for the places that an itinerary's text names.</summary>
public static class VenueCandidates
{
    /// <summary>The venues of these counties, at most <paramref name="limit"/> of each; a candidate's code is the venue's id as "N".</summary>
    public static List<PlaceCandidate> Load(Session session, IReadOnlyCollection<string> counties, int limit = 100_000)
    {
        var venues = counties.Distinct()
            .SelectMany(owner => session.Query<Named>("SELECT id, name, place FROM venue WHERE owner = @owner ORDER BY id LIMIT @limit", new { owner, limit })).ToList();
        var names = PlaceTree.ByCodes(session, [.. venues.Select(v => v.Place).Distinct().SelectMany(PlaceCode.SelfAndAbove).Distinct()]);
        return venues.ConvertAll(v => new PlaceCandidate(v.Id.ToString("N"), v.Name,
            string.Join(' ', PlaceCode.SelfAndAbove(v.Place).Reverse().Where(names.ContainsKey).Select(c => names[c].Name).Append(v.Name))));
    }

    sealed class Named
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public string Place { get; init; } = "";
    }
}
