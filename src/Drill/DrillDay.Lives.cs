using Qipan.Drill.Actors;
using Qipan.Drill.City;

namespace Qipan.Drill;

/// <summary>What happens besides rounds where people have days of their own: visits, fever clinics, the first cases, hand-overs, the register's mistakes.</summary>
public sealed partial class DrillDay
{
    /// <summary>How many patients a clinic reports on a day.</summary>
    const int MostPatients = 6;

    VenueScans? scans;
    RegistryDesk? registry;
    SettlingDesk? settling;

    /// <summary>What everybody of a city does on every day; again for a drill that goes on.</summary>
    static Days DaysOf(Scenario scenario, FictionalCity city) => new(city, City.Lives.Of(city, scenario.Day), Venues.Of(city));

    void Live(Days days, Doors doors)
    {
        scans = new VenueScans(agenda, city.Investigator, days, city.City, scenario.At);
        registry = scenario.Mistakes ? new RegistryDesk(city.Officer, doors, city.City) : null;
        settling = scenario.Mistakes ? new SettlingDesk(city.Officer, city.Investigator) : null;
        for (var i = 0; i < districts.Count; i++)
            districts[i].Settle(Truth, doors, scenario.DateOf, refusesFirst: scenario.Mistakes && i == districts.Count - 1);
        Truth?.Until(scenario.FirstDay);
    }

    /// <summary>Venues and the visits of the days before the first; nothing where venues do not scan.</summary>
    public async Task Past(CancellationToken cancel)
    {
        if (scans is null)
            return;
        await scans.Register(cancel);
        for (var day = scenario.FirstDay - scenario.ScannedBefore; day < scenario.FirstDay; day++)
            await scans.Whole(day, scenario.DateOf(day), cancel);
    }

    /// <summary>The evening before the city is asked to come: whoever lives where the first cases do is tested.</summary>
    async Task Before(int day, CancellationToken cancel)
    {
        foreach (var district in districts)
            district.Rest();
        if (day > scenario.FirstDay && Truth is { } truth && truth.FirstFound is { } first)
            await Plan(day, city.City.HomeOf(first).Room[..12], cancel);
    }

    void Lives(int day)
    {
        scans?.Day(day, scenario.DateOf(day), citizen => Truth?.IsConfined(citizen) == true);
        if (Truth is not null)
            foreach (var district in districts.Where(d => d.Clinic is not null))
                agenda.At(scenario.At(day, 8, 40), stop => district.Clinic!.Open(day, MostPatients, stop));
        if (registry is not null)
            agenda.At(scenario.At(day, 9, 20), async stop =>
            {
                foreach (var district in districts)
                    await registry.Mistake(district.Code, random, stop);
            });
        if (settling is not null)
            foreach (var hour in new[] { 11, 15, 19 })
                agenda.At(scenario.At(day, hour, 10), async stop =>
                {
                    foreach (var district in districts)
                        await settling.Settle(district.Code, stop);
                });
    }
}
