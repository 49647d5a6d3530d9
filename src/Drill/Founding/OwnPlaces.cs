using System.Text.Json;
using Qipan.Drill.Actors;
using Qipan.Drill.City;

namespace Qipan.Drill.Founding;

/// <summary>The place tree that a city has imported, read through the public interface: what a drill on one's own places stands on.</summary>
public static class OwnPlaces
{
    const int Page = 200;

    /// <summary>Every place at, above and below a code, parents before children; empty: the whole tree.</summary>
    /// <param name="administrator">May see the tree.</param>
    /// <param name="at">A place code; empty for everything.</param>
    /// <param name="mostCommunities">Reading stops when there are more.</param>
    /// <param name="cancel">Stops between two pages.</param>
    public static async Task<List<CityPlace>> Read(StaffMember administrator, string at, int mostCommunities, CancellationToken cancel)
    {
        var (found, communities) = (new List<CityPlace>(), 0);
        var open = new Stack<string?>([null]);
        while (open.TryPop(out var parent) && communities <= mostCommunities)
            foreach (var place in await Children(administrator, parent, cancel))
            {
                if (!place.Code.StartsWith(at, StringComparison.Ordinal) && !at.StartsWith(place.Code, StringComparison.Ordinal))
                    continue;
                found.Add(place);
                communities += place.Code.Length == 12 ? 1 : 0;
                open.Push(place.Code);
            }
        return [.. found.OrderBy(p => p.Code, StringComparer.Ordinal)];
    }

    static async Task<List<CityPlace>> Children(StaffMember administrator, string? parent, CancellationToken cancel)
    {
        var all = new List<CityPlace>();
        var after = "";
        while (true)
        {
            var page = await administrator.Get($"/api/registers/places?take={Page}&after={after}{(parent is null ? "" : "&parent=" + parent)}", cancel);
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(Place));
            if (page.GetProperty("next").GetString() is not { } next)
                return all;
            after = next;
        }
    }

    static CityPlace Place(JsonElement place) => new(
        place.GetProperty("code").GetString()!, place.GetProperty("name").GetString()!, place.TryGetProperty("nameEn", out var english) ? english.GetString() ?? "" : "",
        Number(place, "lat"), Number(place, "lon"));

    static double? Number(JsonElement place, string name) =>
        place.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>The plan of a drill on these places: their counties are its districts.</summary>
    public static CityPlan Plan(IReadOnlyList<CityPlace> places, int people, int seed)
    {
        var communities = places.Where(p => p.Code.Length == 12).Select(p => p.Code).ToList();
        var counties = places.Where(p => p.Code.Length == 6 && communities.Exists(c => c.StartsWith(p.Code, StringComparison.Ordinal))).ToList();
        var above = counties.TrueForAll(c => c.Code[..4] == counties[0].Code[..4]) ? counties[0].Code[..4] : counties[0].Code[..2];
        var city = places.FirstOrDefault(p => p.Code == above);
        return new CityPlan
        {
            Name = city?.Name ?? counties[0].Name,
            EnglishName = city?.EnglishName is { Length: > 0 } english ? english : "Drill",
            Population = people,
            Seed = seed,
            CityCode = above,
            Districts = [.. counties.Select(c => (c.Code, c.Name, "c" + c.Code))],
            DesksPerPoint = Math.Clamp((people / communities.Count / 700) + 1, 1, 8),
            Instruments = [Math.Clamp(people / counties.Count / 8_000, 2, 12)],
        };
    }
}
