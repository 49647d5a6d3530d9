using Qipan.Drill.City;

namespace Qipan.Drill.Spread;

/// <summary>How an outbreak begins.</summary>
/// <param name="Seeds">How many brought it along.</param>
/// <param name="FirstDay">On which day of the drill's calendar. Nobody knows of it before the drill's own first day, when the first go to a doctor.</param>
public sealed record EpidemicPlan(int Seeds, int FirstDay);

/// <summary>
/// An outbreak on the city's own days: a carrier infects people of the household, the class or shift, and whoever was in the same part of the
/// same venue at the same time; who is isolated meets nobody. The same city, plan and isolations give the same outbreak. Not safe for several threads.
/// </summary>
public sealed class Epidemic : IVirus
{
    /// <summary>
    /// Per day at full strength: somebody of the household, of the class or shift; per hour in the same part of a venue. Assumed: a third of a carrier's
    /// household, two or three of a class, one of a shift and one in venues catch it, so that an average carrier has about two and a half.
    /// </summary>
    const double Household = 0.11, Class = 0.017, Shift = 0.032, VenueHour = 0.4;

    const int Catches = 12;

    readonly FictionalCity city;
    readonly Days days;
    readonly Func<int, DateOnly> dateOf;
    readonly Dictionary<int, Course> courses = [];
    readonly HashSet<int> confined = [];

    /// <param name="city">Who lives where.</param>
    /// <param name="days">What they do.</param>
    /// <param name="plan">How it begins.</param>
    /// <param name="dateOf">The date of a day of the calendar.</param>
    public Epidemic(FictionalCity city, Days days, EpidemicPlan plan, Func<int, DateOnly> dateOf)
    {
        (this.city, this.days, this.dateOf, Plan) = (city, days, dateOf, plan);
        var dice = Dice.For(city.Plan.Seed, 10, 0);
        while (courses.Count < plan.Seeds)
        {
            var citizen = city.Everybody[dice.Below(city.Everybody.Count)];
            if (days.Lives.Of(citizen) is not null)
                courses[citizen.Number] = Course.Of(city.Plan.Seed, citizen.Number, plan.FirstDay, null, "outside");
        }
        Today = plan.FirstDay;
    }

    public EpidemicPlan Plan { get; }

    /// <summary>The day whose swabs are asked for.</summary>
    public int Today { get; private set; }

    /// <summary>Everybody who ever caught it, by the citizen's number.</summary>
    public IReadOnlyDictionary<int, Course> Courses => courses;

    /// <summary>The first who was found and isolated; null: nobody yet.</summary>
    public Citizen? FirstFound { get; private set; }

    /// <summary>From now on somebody meets nobody: transferred, isolated.</summary>
    public void Confine(Citizen citizen)
    {
        FirstFound ??= citizen;
        confined.Add(citizen.Number);
    }

    /// <summary>Whether somebody lives in a county or what lies in it.</summary>
    public bool LivesIn(Citizen citizen, string place) => city.HomeOf(citizen).Room.StartsWith(place, StringComparison.Ordinal);

    public bool IsConfined(int citizen) => confined.Contains(citizen);

    public void DayOver(int day)
    {
        Spread(day, days.Of(day, dateOf(day), confined.Contains));
        Today = day + 1;
    }

    /// <summary>Lets every day up to this one, without it, pass.</summary>
    public void Until(int day)
    {
        while (Today < day)
            DayOver(Today);
    }

    /// <summary>Who has symptoms since the day before and has not been found.</summary>
    public List<Citizen> FallIll(int day) =>
        [.. courses.Where(c => c.Value.Onset == day - 1 && !confined.Contains(c.Key)).Select(c => city.Everybody[c.Key - 1]).OrderBy(c => c.Number)];

    /// <summary>Where somebody checked in on a day.</summary>
    public List<Stay> StaysOf(Citizen citizen, int day) => days.Of(citizen, day, dateOf(day));

    public double? CtOf(IReadOnlyCollection<Citizen> swabs)
    {
        double? lowest = null;
        foreach (var citizen in swabs)
            if (courses.TryGetValue(citizen.Number, out var course) && course.Ct(Today) is { } ct && !(ct >= lowest))
                lowest = ct;
        return lowest + (swabs.Count > 1 ? Course.Dilution : 0);
    }

    void Spread(int day, List<Stay> stays)
    {
        var carriers = courses.Where(c => c.Value.Strength(day) > 0 && !confined.Contains(c.Key)).OrderBy(c => c.Key).ToList();
        var there = carriers.Select(c => c.Key).ToHashSet();
        var theirs = stays.Where(s => there.Contains(s.Citizen)).ToLookup(s => s.Citizen);
        var rooms = theirs.SelectMany(s => s).Select(s => (s.Venue, s.Area)).ToHashSet();
        var present = stays.Where(s => rooms.Contains((s.Venue, s.Area))).ToLookup(s => (s.Venue, s.Area));
        var works = dateOf(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        foreach (var (number, course) in carriers)
        {
            var (carrier, strength) = (city.Everybody[number - 1], course.Strength(day));
            foreach (var member in city.HomeOf(carrier).Members)
                Meet(member.Number, number, day, strength * Household, "household");
            if (works && days.Lives.Of(carrier) is { } circle)
                foreach (var member in circle.Members)
                    Meet(member.Number, number, day, strength * (circle.IsClass ? Class : Shift), "circle");
            foreach (var stay in theirs[number])
                foreach (var other in present[(stay.Venue, stay.Area)])
                    if (Math.Min(stay.Until, other.Until) - Math.Max(stay.From, other.From) is > 0 and var minutes)
                        Meet(other.Citizen, number, day, strength * VenueHour * minutes / 60, "venue");
        }
    }

    void Meet(int other, int carrier, int day, double force, string where)
    {
        if (other == carrier || confined.Contains(other) || courses.ContainsKey(other))
            return;
        var dice = Dice.For(city.Plan.Seed, Catches, (other * 31) ^ carrier, (day * 4) + where.Length);
        if (dice.Comes(1 - Math.Exp(-force)))
            courses[other] = Course.Of(city.Plan.Seed, other, day, carrier, where);
    }
}
