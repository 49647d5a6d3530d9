using System.Globalization;

namespace Qipan.Drill.City;

/// <summary>
/// A whole invented city: places with a geometry of their own and households with people in them. Ages and household sizes follow
/// the census of 2020 of Chuanying district, Jilin City (National Bureau of Statistics). The same plan gives the same city.
/// </summary>
public sealed class FictionalCity
{
    FictionalCity(CityPlan plan, IReadOnlyList<CityPlace> places, IReadOnlyList<Household> households)
    {
        Plan = plan;
        Places = places;
        Households = households;
    }

    public CityPlan Plan { get; }

    /// <summary>Parents before children.</summary>
    public IReadOnlyList<CityPlace> Places { get; }

    public IReadOnlyList<Household> Households { get; }

    /// <summary>Everybody, household by household.</summary>
    public IEnumerable<(Household Household, Citizen Citizen)> People =>
        Households.SelectMany(h => h.Members.Select(c => (h, c)));

    public static FictionalCity Build(CityPlan plan, DateOnly today)
    {
        var places = new List<CityPlace>();
        var rooms = Streets(plan, places);
        var random = new Random(plan.Seed);
        var families = new Families(random, today);
        var households = new List<Household>();
        var people = 0;
        // Every n-th room is filled, so that all communities are lived in whatever the population.
        var order = rooms.OrderBy(_ => random.Next()).ToList();
        foreach (var room in order)
        {
            if (people >= plan.Population)
                break;
            var household = families.MoveIn(room, households.Count, people);
            households.Add(household);
            people += household.Members.Count;
        }
        if (people < plan.Population)
            throw new ArgumentException($"{rooms.Count} rooms hold {people} people; the plan asks for {plan.Population}.", nameof(plan));
        return new FictionalCity(plan, places, [.. households.OrderBy(h => h.Room, StringComparer.Ordinal)]);
    }

    static List<string> Streets(CityPlan plan, List<CityPlace> places)
    {
        places.Add(new(plan.Province, "棋盘省", "Qipan Province"));
        places.Add(new(plan.CityCode, plan.Name, plan.EnglishName));
        var rooms = new List<string>();
        for (var d = 0; d < plan.Districts.Count; d++)
        {
            var (district, name, english) = plan.Districts[d];
            places.Add(new(district, name, english));
            for (var s = 1; s <= plan.StreetsPerDistrict; s++)
            {
                var street = Code(district, s, 3);
                places.Add(new(street, $"{Ordinal(s)}街道", $"Street {s}"));
                for (var c = 1; c <= plan.CommunitiesPerStreet; c++)
                    Community(plan, places, rooms, Code(street, c, 3), (d, s, c));
            }
        }
        return rooms;
    }

    static void Community(CityPlan plan, List<CityPlace> places, List<string> rooms, string community, (int District, int Street, int Number) at)
    {
        // A grid of the drill's own: a district is 0.08 degrees wide, a street 0.02 high, a community one cell in it.
        var latitude = 43.80 + (at.Street * 0.02);
        var longitude = 126.50 + (at.District * 0.08) + (at.Number * 0.08 / (plan.CommunitiesPerStreet + 1));
        places.Add(new(community, $"{Ordinal(at.Number)}社区", $"Community {at.Number}", latitude, longitude));
        for (var p = 1; p <= plan.CompoundsPerCommunity; p++)
        {
            var compound = $"{community}.c{p:D2}";
            places.Add(new(compound, $"{Ordinal(p)}小区", $"Compound {p}", latitude + (p * 0.001), longitude));
            for (var b = 1; b <= plan.BuildingsPerCompound; b++)
            {
                var building = $"{compound}.b{b:D2}";
                places.Add(new(building, $"{b}号楼", $"Building {b}", latitude + (p * 0.001), longitude + (b * 0.0006)));
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
