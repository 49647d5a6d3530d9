using System.Globalization;

namespace Qipan.Drill.City;

/// <summary>People who are together on working days: a class 班级, a shift 班组.</summary>
/// <param name="Number">0, 1, 2 … in the city.</param>
/// <param name="IsClass">A class of a school; otherwise colleagues of one workplace.</param>
/// <param name="Name">As a list of it is headed.</param>
/// <param name="Place">The community where it meets.</param>
/// <param name="Members">Who.</param>
public sealed record Circle(int Number, bool IsClass, string Name, string Place, IReadOnlyList<Citizen> Members);

/// <summary>
/// What people do on working days: children go to kindergarten and school with those of their age and neighbourhood, most adults work, the others
/// are at home. The same city gives the same lives.
/// <para>
/// Class sizes are the most that the schools' standards allow: kindergarten 30, primary school 45, middle and high school 50. That 68 in 100 people of
/// 18 to 59 work is the national share of the 2020 census (men and women together); groups of colleagues who share a room, of 4 to 16, are assumed.
/// </para>
/// </summary>
public sealed class Lives
{
    const double Works = 0.68;

    readonly int[] circleOf;

    Lives(FictionalCity city, IReadOnlyList<Circle> circles)
    {
        Circles = circles;
        circleOf = new int[city.Everybody.Count + 1];
        Array.Fill(circleOf, -1);
        foreach (var circle in circles)
            foreach (var member in circle.Members)
                circleOf[member.Number] = circle.Number;
    }

    public IReadOnlyList<Circle> Circles { get; }

    /// <summary>With whom somebody spends working days; null: with the household alone.</summary>
    public Circle? Of(Citizen citizen) => circleOf[citizen.Number] is >= 0 and var number ? Circles[number] : null;

    public static Lives Of(FictionalCity city, DateOnly today)
    {
        var circles = new List<Circle>();
        var random = new Random(city.Plan.Seed + 1);
        var campus = city.Plan.Kind == CityKind.Campus;
        foreach (var (level, perClass, name) in campus ? Colleges : Schools)
        {
            var school = city.People.Where(p => Level(p.Citizen, today, campus) == level)
                .GroupBy(p => (Area: p.Household.Room[..(level <= 2 && !campus ? 12 : 9)], Age: Age(p.Citizen, today)))
                .OrderBy(g => g.Key.Area, StringComparer.Ordinal).ThenBy(g => g.Key.Age);
            foreach (var year in school)
            {
                var pupils = year.ToList();
                var classes = (pupils.Count + perClass - 1) / perClass;
                for (var c = 0; c < classes; c++)
                    circles.Add(new Circle(circles.Count, IsClass: true,
                        string.Create(CultureInfo.InvariantCulture, $"{name}{year.Key.Age}岁{c + 1}班-{year.Key.Area[^3..]}"),
                        year.Key.Area.Length == 12 ? year.Key.Area : pupils[0].Household.Room[..12],
                        [.. pupils.Where((_, i) => i % classes == c).Select(p => p.Citizen)]));
            }
        }
        // Half work near home, half anywhere in the city.
        var workers = city.People.Where(p => Level(p.Citizen, today, campus) == 0 && Age(p.Citizen, today) is >= 18 and < 60 && random.NextDouble() < (campus ? 1 : Works))
            .Select(p => (p.Citizen, Where: random.Next(2) == 0 ? p.Household.Room[..12] : city.Communities[random.Next(city.Communities.Count)]))
            .GroupBy(w => w.Where, w => w.Citizen).OrderBy(g => g.Key, StringComparer.Ordinal);
        foreach (var community in workers)
        {
            var left = new Queue<Citizen>(community.OrderBy(_ => random.Next()));
            for (var shop = 1; left.Count > 0; shop++)
                circles.Add(new Circle(circles.Count, IsClass: false, string.Create(CultureInfo.InvariantCulture, $"单位{community.Key[^6..]}-{shop}"), community.Key,
                    [.. Enumerable.Range(0, Math.Min(left.Count, random.Next(4, 17))).Select(_ => left.Dequeue())]));
        }
        return new Lives(city, circles);
    }

    static readonly (int Level, int PerClass, string Name)[] Schools = [(1, 30, "幼儿园"), (2, 45, "小学"), (3, 50, "初中"), (4, 50, "高中")];

    static readonly (int Level, int PerClass, string Name)[] Colleges = [(5, 40, "学院")];

    /// <summary>0 for who goes to no school.</summary>
    static int Level(Citizen citizen, DateOnly today, bool campus) => Age(citizen, today) switch
    {
        < 3 => 0,
        < 6 => 1,
        < 12 => 2,
        < 15 => 3,
        < 18 => 4,
        < 23 when campus => 5,
        _ => 0,
    };

    static int Age(Citizen citizen, DateOnly today) => today.Year - citizen.Birth.Year - (today.DayOfYear < citizen.Birth.DayOfYear ? 1 : 0);
}
