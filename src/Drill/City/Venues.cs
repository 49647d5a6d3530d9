using System.Globalization;

namespace Qipan.Drill.City;

/// <summary>A place where people check in: a shop, a market, a canteen, a bus.</summary>
/// <param name="Index">0, 1, 2 … in the city.</param>
/// <param name="Number">Its own number in files.</param>
/// <param name="Name">As on its door.</param>
/// <param name="Category">shop, market, restaurant, canteen, bus, library.</param>
/// <param name="Place">Its community.</param>
/// <param name="Areas">Parts that are told apart: stalls, tables; 1 where there are none.</param>
public sealed record Venue(int Index, string Number, string Name, string Category, string Place, int Areas);

/// <summary>The venues of a city, by who goes where.</summary>
public sealed class Venues
{
    /// <summary>Buses that start in a street: so many that a dozen people ride together.</summary>
    const int BusesPerStreet = 60;

    readonly Dictionary<string, List<Venue>> near = new(StringComparer.Ordinal);
    readonly List<Venue> all = [];

    Venues()
    {
    }

    public IReadOnlyList<Venue> All => all;

    /// <summary>Of a category, in a community or along its street.</summary>
    public IReadOnlyList<Venue> Near(string category, string place) => near.GetValueOrDefault(category + place) ?? [];

    public static Venues Of(FictionalCity city)
    {
        var venues = new Venues();
        foreach (var street in city.Places.Where(p => p.Code.Length == 9))
        {
            var communities = city.Places.Where(p => p.Code.Length == 12 && p.Code.StartsWith(street.Code, StringComparison.Ordinal)).ToList();
            if (city.Plan.Kind == CityKind.Campus)
                foreach (var community in communities)
                    venues.Campus(community);
            else
                venues.Street(street, communities);
        }
        return venues;
    }

    void Street(CityPlace street, List<CityPlace> communities)
    {
        Add("market", $"{street.Name}农贸市场", communities[0].Code, street.Code, areas: 20);
        for (var bus = 1; bus <= BusesPerStreet; bus++)
            Add("bus", string.Create(CultureInfo.InvariantCulture, $"{street.Name}环线公交{bus:D2}号车"), communities[0].Code, street.Code, areas: 1);
        foreach (var community in communities)
        {
            foreach (var shop in (ReadOnlySpan<string>)["便民超市", "生鲜店"])
                Add("shop", community.Name + shop, community.Code, community.Code, areas: 6);
            foreach (var table in (ReadOnlySpan<string>)["面馆", "饺子馆"])
                Add("restaurant", community.Name + table, community.Code, community.Code, areas: 24);
        }
    }

    void Campus(CityPlace campus)
    {
        foreach (var canteen in (ReadOnlySpan<string>)["第一食堂", "第二食堂", "第三食堂"])
            Add("restaurant", campus.Name + canteen, campus.Code, campus.Code, areas: 120);
        Add("shop", campus.Name + "校园超市", campus.Code, campus.Code, areas: 8);
        Add("shop", campus.Name + "水果店", campus.Code, campus.Code, areas: 3);
        Add("library", campus.Name + "图书馆", campus.Code, campus.Code, areas: 60);
    }

    void Add(string category, string name, string place, string serves, int areas)
    {
        var venue = new Venue(all.Count, string.Create(CultureInfo.InvariantCulture, $"DRILL-{place}-{all.Count + 1:D4}"), name, category, place, areas);
        all.Add(venue);
        if (!near.TryGetValue(category + serves, out var list))
            near[category + serves] = list = [];
        list.Add(venue);
    }
}
