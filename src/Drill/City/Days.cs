namespace Qipan.Drill.City;

/// <summary>Somebody was at a venue. Minutes are of the local day.</summary>
public readonly record struct Stay(int Citizen, int Venue, int Area, int From, int Until);

/// <summary>
/// Where everybody checks in on a day: shopping, a meal out, the bus to work and back, on a campus the canteen and the library. A day of a seed is
/// always the same, whoever asks and in whatever order.
/// <para>
/// How often people go out is assumed, of the size of the mean number of contacts in the community of the matrix of Jilin (Mistry and others 2021,
/// https://doi.org/10.1038/s41467-020-20544-y): a third of the adults shop on a day, one in ten eats out, one in five of those who work takes the bus.
/// </para>
/// </summary>
public sealed class Days(FictionalCity city, Lives lives, Venues venues)
{
    const int Throws = 7;
    readonly Citizen[] people = [.. city.Everybody];
    readonly string[] home = [.. city.People.OrderBy(p => p.Citizen.Number).Select(p => p.Household.Room[..12])];

    public Venues Venues => venues;

    public Lives Lives => lives;

    /// <summary>All stays of a day, in the order in which they end.</summary>
    /// <param name="day">Of the drill's calendar; days before the first are negative.</param>
    /// <param name="on">The date: on Saturdays and Sundays nobody goes to school or work.</param>
    /// <param name="stays">Who is not at home anyway.</param>
    public List<Stay> Of(int day, DateOnly on, Func<int, bool> stays)
    {
        var all = new List<Stay>(people.Length);
        var work = on.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        for (var i = 0; i < people.Length; i++)
            if (!stays(people[i].Number))
                Add(all, people[i], home[i], Dice.For(city.Plan.Seed, Throws, people[i].Number, day), on, work);
        all.Sort((a, b) => a.Until != b.Until ? a.Until.CompareTo(b.Until) : a.Citizen.CompareTo(b.Citizen));
        return all;
    }

    /// <summary>The stays of one person, in order.</summary>
    public List<Stay> Of(Citizen citizen, int day, DateOnly on)
    {
        var own = new List<Stay>();
        Add(own, citizen, home[citizen.Number - 1], Dice.For(city.Plan.Seed, Throws, citizen.Number, day), on, on.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        return [.. own.OrderBy(s => s.From)];
    }

    void Add(List<Stay> all, Citizen citizen, string near, Dice dice, DateOnly on, bool work)
    {
        var age = on.Year - citizen.Birth.Year;
        var circle = lives.Of(citizen);
        if (city.Plan.Kind == CityKind.Campus)
        {
            foreach (var meal in (ReadOnlySpan<int>)[420, 700, 1060])
                if (dice.Comes(0.8))
                    Stay(all, ref dice, citizen, "restaurant", near, meal, 70, 15, 20);
            if (dice.Comes(0.3))
                Stay(all, ref dice, citizen, "library", near, 1120, 60, 60, 90);
            if (dice.Comes(0.25))
                Stay(all, ref dice, citizen, "shop", near, 1000, 240, 5, 15);
            return;
        }
        if (age >= 18 && dice.Comes(0.33))
        {
            var market = dice.Comes(0.3);
            var (begin, spread) = age >= 60 || !work || circle is null ? (420, 300) : (1030, 150);
            Stay(all, ref dice, citizen, market ? "market" : "shop", market ? near[..9] : near, begin, spread, 8, 20);
        }
        if (age >= 14 && dice.Comes(0.1))
            Stay(all, ref dice, citizen, "restaurant", circle is { IsClass: false } ? circle.Place : near, 685, 60, 20, 25);
        if (work && circle is not null && age >= 12 && dice.Comes(0.2))
        {
            Stay(all, ref dice, citizen, "bus", near[..9], 410, 80, 12, 18);
            Stay(all, ref dice, citizen, "bus", near[..9], 1030, 90, 12, 18);
        }
    }

    void Stay(List<Stay> all, ref Dice dice, Citizen citizen, string category, string place, int begin, int spread, int least, int more)
    {
        var here = venues.Near(category, place);
        if (here.Count == 0)
            return;
        var venue = here[dice.Below(here.Count)];
        var from = begin + dice.Below(spread);
        all.Add(new Stay(citizen.Number, venue.Index, venue.Areas == 1 ? 0 : 1 + dice.Below(venue.Areas), from, from + least + dice.Below(more)));
    }
}
