using Qipan.Drill.City;

namespace Qipan.Drill;

/// <summary>What a drill shows. The same scenario gives the same city, the same people and the same day.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Plan">The city.</param>
/// <param name="Infected">How many people carry the virus on the first morning.</param>
/// <param name="Mistakes">Whether people make mistakes: a lost tube, a device that is offline, a wrong clock, a failed control.</param>
public sealed record Scenario(string Name, CityPlan Plan, int Infected, bool Mistakes)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("county", CityPlan.County, Infected: 1, Mistakes: true),
        new("quiet", CityPlan.County, Infected: 0, Mistakes: false),
    ];

    /// <summary>How many mornings begin with a round for everybody; afterwards alerts, cases and contacts go on by themselves.</summary>
    public int Rounds { get; init; } = int.MaxValue;

    /// <summary>China Standard Time, in which the drill's day is told.</summary>
    static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The first day, always the same; the exercise protocol gives it the rules of spring 2022.</summary>
    public DateOnly Day { get; } = new(2026, 3, 23);

    /// <summary>An instant of a day of the drill, by the city's own clock.</summary>
    public DateTimeOffset At(int day, int hour, int minute = 0) => new(Day.AddDays(day).ToDateTime(new TimeOnly(hour, minute)), China);
}
