using System.Globalization;

namespace Qipan.Drill.City;

/// <summary>
/// A whole invented city: places with a geometry of their own and households with people in them. Ages and household sizes follow
/// the census of 2020 of Chuanying district, Jilin City (National Bureau of Statistics). The same plan gives the same city.
/// </summary>
public sealed class FictionalCity
{
    readonly List<Household> homes;

    FictionalCity(CityPlan plan, IReadOnlyList<CityPlace> places, IReadOnlyList<Household> households)
    {
        Plan = plan;
        Places = places;
        Households = households;
        Everybody = [.. People.Select(p => p.Citizen).OrderBy(c => c.Number)];
        homes = [.. People.OrderBy(p => p.Citizen.Number).Select(p => p.Household)];
        Communities = [.. places.Where(p => p.Code.Length == 12).Select(p => p.Code).Order(StringComparer.Ordinal)];
    }

    public CityPlan Plan { get; }

    /// <summary>Parents before children.</summary>
    public IReadOnlyList<CityPlace> Places { get; }

    public IReadOnlyList<Household> Households { get; }

    /// <summary>Everybody, household by household.</summary>
    public IEnumerable<(Household Household, Citizen Citizen)> People =>
        Households.SelectMany(h => h.Members.Select(c => (h, c)));

    /// <summary>Everybody, in the order of their numbers.</summary>
    public IReadOnlyList<Citizen> Everybody { get; }

    /// <summary>Codes of the communities, in order.</summary>
    public IReadOnlyList<string> Communities { get; }

    /// <summary>Where a person lives.</summary>
    public Household HomeOf(Citizen citizen) => homes[citizen.Number - 1];

    public static FictionalCity Build(CityPlan plan, DateOnly today)
    {
        var places = new List<CityPlace>();
        var rooms = Streets(plan, places);
        var random = new Random(plan.Seed);
        var families = new Families(random, today, plan.Districts[0].Code, plan.AgesByCensus);
        var households = new List<Household>();
        var people = 0;
        // Every n-th room is filled, so that all communities are lived in whatever the population.
        var order = rooms.OrderBy(_ => random.Next()).ToList();
        foreach (var room in order)
        {
            if (people >= plan.Population)
                break;
            var household = plan.Kind == CityKind.Campus ? families.Dormitory(room, households.Count, people) : families.MoveIn(room, households.Count, people);
            households.Add(household);
            people += household.Members.Count;
        }
        if (people < plan.Population)
            throw new ArgumentException($"{rooms.Count} rooms hold {people} people; the plan asks for {plan.Population}.", nameof(plan));
        return new FictionalCity(plan, places, [.. households.OrderBy(h => h.Room, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// Invented people in places that are somebody's own: the same families, spread over the communities by chance. Where a community has entrances or
    /// buildings they live in them, otherwise in the community itself. Documents still belong to no division (P-31).
    /// </summary>
    /// <param name="plan">Population, seed, desks; its districts are the counties of the places.</param>
    /// <param name="places">A tree down to communities at least, parents before children.</param>
    /// <param name="today">Ages are counted on it.</param>
    public static FictionalCity On(CityPlan plan, IReadOnlyList<CityPlace> places, DateOnly today)
    {
        var communities = places.Where(p => p.Code.Length == 12).Select(p => p.Code).ToList();
        if (communities.Count == 0)
            throw new ArgumentException("There is no community among the places.", nameof(places));
        var entrances = places.Where(p => p.Code.Length > 12).GroupBy(p => p.Code[..12], p => p.Code).ToDictionary(g => g.Key, Finest);
        var (random, families, households, people) = (new Random(plan.Seed), new Families(new Random(plan.Seed + 2), today, NoDivision), new List<Household>(), 0);
        while (people < plan.Population)
        {
            var community = communities[households.Count % communities.Count];
            var door = entrances.TryGetValue(community, out var doors) ? $"{doors[random.Next(doors.Count)]}.{random.Next(1, 8)}{random.Next(1, 5):D2}" : community;
            var household = families.MoveIn(door, households.Count, people);
            households.Add(household);
            people += household.Members.Count;
        }
        return new FictionalCity(plan, places, [.. households.OrderBy(h => h.Room, StringComparer.Ordinal)]);
    }

    /// <summary>GB/T 2260 gives it to no county.</summary>
    const string NoDivision = "990199";

    static List<string> Finest(IEnumerable<string> codes)
    {
        var all = codes.ToList();
        var deepest = all.Max(c => c.Count(x => x == '.'));
        return all.FindAll(c => c.Count(x => x == '.') == deepest);
    }

    static List<string> Streets(CityPlan plan, List<CityPlace> places)
    {
        places.Add(new(plan.Province, "棋盘省", "Qipan Province"));
        places.Add(new(plan.CityCode, plan.Name, plan.EnglishName));
        var rooms = new List<string>();
        var (streets, communities) = (0, 0);
        for (var d = 0; d < plan.Districts.Count; d++)
        {
            var (district, name, english) = plan.Districts[d];
            var ground = Ground.District(d, plan.Districts.Count);
            places.Add(CityPlace.Of(district, name, english, ground));
            for (var s = 1; s <= plan.StreetsPerDistrict; s++)
            {
                var street = Code(district, s, 3);
                var band = ground.Part(0, 1, s - 1, plan.StreetsPerDistrict);
                var called = Named(plan.StreetNames, streets++, ($"{Ordinal(s)}街道", $"Street {s}"));
                places.Add(CityPlace.Of(street, called.Name, called.EnglishName, band));
                for (var c = 1; c <= plan.CommunitiesPerStreet; c++)
                {
                    var here = Named(plan.CommunityNames, communities++, ($"{Ordinal(c)}社区", $"Community {c}"));
                    Community(plan, places, rooms,
                        CityPlace.Of(Code(street, c, 3), here.Name, here.EnglishName, band.Part(c - 1, plan.CommunitiesPerStreet, 0, 1)));
                }
            }
        }
        return rooms;
    }

    static (string Name, string EnglishName) Named(IReadOnlyList<(string Name, string EnglishName)> names, int index, (string, string) otherwise) =>
        names.Count == 0 ? otherwise : names[index % names.Count];

    static void Community(CityPlan plan, List<CityPlace> places, List<string> rooms, CityPlace community)
    {
        places.Add(community);
        var rows = plan.CompoundsPerCommunity > 3 ? 2 : 1;
        var columns = (plan.CompoundsPerCommunity + rows - 1) / rows;
        for (var p = 1; p <= plan.CompoundsPerCommunity; p++)
        {
            var compound = CityPlace.Of($"{community.Code}.c{p:D2}", $"{Ordinal(p)}小区", $"Compound {p}",
                community.Cell!.Value.Part((p - 1) % columns, columns, (p - 1) / columns, rows, margin: 0.06));
            if (plan.Kind == CityKind.Campus)
                compound = compound with { Name = $"{Ordinal(p)}苑", EnglishName = $"Court {p}" };
            places.Add(compound);
            for (var b = 1; b <= plan.BuildingsPerCompound; b++)
            {
                var building = $"{compound.Code}.b{b:D2}";
                places.Add(CityPlace.Of(building, $"{b}号楼", $"Building {b}",
                    compound.Cell!.Value.Part((b - 1) % 3, 3, (b - 1) / 3, (plan.BuildingsPerCompound + 2) / 3, margin: 0.22)));
                for (var e = 1; e <= plan.EntrancesPerBuilding; e++)
                {
                    places.Add(new($"{building}.u{e}", $"{e}单元", $"Entrance {e}"));
                    for (var f = 1; f <= plan.FloorsPerEntrance; f++)
                        for (var r = 1; r <= plan.RoomsPerFloor; r++)
                            rooms.Add($"{building}.u{e}.{f}{r:D2}");
                }
            }
        }
    }

    static string Code(string parent, int number, int digits) =>
        parent + number.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static string Ordinal(int number) => "零一二三四五六七八九十"[Math.Min(number, 10)] + (number > 10 ? (number - 10).ToString(CultureInfo.InvariantCulture) : "");
}
