using Qipan.Drill.City;
using Qipan.Drill.Spread;

namespace Qipan.Drill;

/// <summary>What a drill shows. The same scenario gives the same city, the same people and the same day.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Plan">The city.</param>
/// <param name="Infected">How many people carry the virus on the first morning, where no outbreak is told.</param>
/// <param name="Mistakes">Whether people make mistakes: a lost tube, a device that is offline, a wrong clock, a failed control.</param>
public sealed record Scenario(string Name, CityPlan Plan, int Infected, bool Mistakes)
{
    /// <summary>20,000 people, one positive pool: a morning that docs/way-of-a-sample.md follows, in seconds.</summary>
    public static Scenario Morning { get; } = new("morning", CityPlan.County, Infected: 1, Mistakes: true);

    /// <summary>The first is what a visitor gets who asks for nothing.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("county", CityPlan.Town, Infected: 0, Mistakes: true)
        {
            Scans = true,
            FirstDay = -2,
            Opens = new(8, 0),
            Outbreak = new EpidemicPlan(Seeds: 12, FirstDay: -10),
        },
        new("school", CityPlan.Campus, Infected: 0, Mistakes: true) { Scans = true, FirstDay = -2, Outbreak = new EpidemicPlan(Seeds: 2, FirstDay: -9) },
        new("quiet", CityPlan.Town, Infected: 0, Mistakes: false) { Scans = true, Opens = new(7, 30) },
        Morning,
    ];

    /// <summary>How many mornings begin with a round for everybody; afterwards alerts, cases and contacts go on by themselves.</summary>
    public int Rounds { get; init; } = int.MaxValue;

    /// <summary>The day on which the drill begins; days before 0 are hurried through.</summary>
    public int FirstDay { get; init; }

    /// <summary>At this time of day 0 a visitor comes in.</summary>
    public TimeOnly Opens { get; init; } = new(9, 40);

    /// <summary>Whether venues scan who comes, so that contacts can be proposed from their visits.</summary>
    public bool Scans { get; init; }

    /// <summary>For so many days before the first, visits are there already.</summary>
    public int ScannedBefore { get; init; } = 2;

    /// <summary>An outbreak on the city's days; null: the plain one of <see cref="Infected"/>.</summary>
    public EpidemicPlan? Outbreak { get; init; }

    /// <summary>China Standard Time, in which the drill's day is told.</summary>
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The first day, always the same; the exercise protocol gives it the rules of spring 2022.</summary>
    public DateOnly Day { get; init; } = new(2026, 3, 23);

    public DateOnly DateOf(int day) => Day.AddDays(day);

    /// <summary>An instant of a day of the drill, by the city's own clock.</summary>
    public DateTimeOffset At(int day, int hour, int minute = 0) =>
        new DateTimeOffset(Day.AddDays(day).ToDateTime(TimeOnly.MinValue), China).AddMinutes((hour * 60) + minute);
}
