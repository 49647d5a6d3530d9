using Qipan.Drill.Actors;
using Qipan.Drill.Founding;
using Qipan.Drill.Spread;

namespace Qipan.Drill;

/// <summary>
/// The days of a drill: each morning a round is planned and published, the desks work their queues, couriers go round every 45 minutes,
/// laboratories run and release, the alert teams look after suspect pools, cases are investigated and their contacts followed to the release;
/// in the evening sampling is closed. The round stays open for its last results: closing it is left to whoever watches. Everything goes
/// through the public interface.
/// </summary>
public sealed partial class DrillDay
{
    /// <summary>How often a device sends what it has noted.</summary>
    static readonly TimeSpan Sync = TimeSpan.FromMinutes(20);

    /// <summary>Who does not come, whatever is done: one in so many.</summary>
    const int StaysAway = 60;

    readonly Scenario scenario;
    readonly Agenda agenda;
    readonly FoundedCity city;
    readonly IVirus virus;
    readonly Random random;
    readonly List<DistrictDay> districts;
    readonly InvestigationTeam investigators;
    int today;

    DrillDay(Scenario scenario, Agenda agenda, FoundedCity city, IVirus virus, Random random, List<DistrictDay> districts, InvestigationTeam investigators)
    {
        (this.scenario, this.agenda, this.city, this.virus, this.random, this.districts) = (scenario, agenda, city, virus, random, districts);
        this.investigators = investigators;
        today = scenario.FirstDay;
    }

    /// <summary>The round that is under way.</summary>
    public Guid Round { get; private set; }

    /// <summary>Everybody who gave a swab today.</summary>
    public int Sampled => districts.Sum(d => d.Desks.Sum(k => k.Taken));

    /// <summary>Runs whose results are out, of all days.</summary>
    public int Released => districts.Sum(d => d.Laboratory.Released);

    /// <summary>Items that the server refused from the field: the drill does nothing wrong, so this stays 0.</summary>
    public int Refused => districts.Sum(d => d.Refused);

    /// <summary>Contacts who were released, of all days.</summary>
    public int ContactsReleased => districts.Sum(d => d.Followup.Released);

    /// <summary>Visits that venues sent, of all days.</summary>
    public long Visits => scans?.Sent ?? 0;

    /// <summary>The outbreak as it really is, which nobody in the city knows; null where it is the plain one.</summary>
    public Epidemic? Truth => virus as Epidemic;

    /// <summary>Notes the first day in the agenda; what happens then is up to the agenda.</summary>
    public static DrillDay Begin(Scenario scenario, Agenda agenda, HttpClient http, FoundedCity city)
    {
        var dice = new Random(scenario.Plan.Seed);
        var doors = new Doors(city.Investigator, city.City);
        var days = scenario.Scans ? DaysOf(scenario, city.City) : null;
        IVirus carried = scenario.Outbreak is { } plan
            ? new Epidemic(city.City, days!, plan, scenario.DateOf)
            : new HouseholdOutbreak(city.City, city.City.People.Where(p => p.Household.Members.Count >= 3).Skip(8).Take(scenario.Infected).Select(p => p.Citizen));
        var all = city.Districts.Select((d, i) => new DistrictDay(d, new LaboratoryTeam(agenda, d.Laboratory, carried, dice)
        {
            SpoiledPlate = scenario.Mistakes && i == 1 ? 2 : 0,
        }, agenda, http, city, doors)).ToList();
        var papers = carried is Epidemic epidemic
            ? new CasePapers(city.Investigator, city.Reviewer, doors, epidemic, days!, person => all.Exists(d => d.IsConfirmed(person)), scenario.At) : null;
        var drill = new DrillDay(scenario, agenda, city, carried, dice, all, new InvestigationTeam(agenda, city.Investigator, city.Reviewer, papers));
        if (days is not null)
            drill.Live(days, doors);
        agenda.At(scenario.At(scenario.FirstDay, 5, 30), drill.Morning);
        return drill;
    }

    async Task Morning(CancellationToken cancel)
    {
        var day = today;
        if (day > scenario.FirstDay)
            virus.DayOver(day - 1);
        if (day >= 0 && day < scenario.Rounds)
            await Plan(day, null, cancel);
        else if (day < 0)
            await Before(day, cancel);
        agenda.At(scenario.At(day, 6), Opening);
        foreach (var district in districts)
        {
            agenda.At(scenario.At(day, 8, 30), district.Followup.Test);
            agenda.At(scenario.At(day, 10), district.Followup.Visit);
            agenda.At(scenario.At(day, 16), district.Followup.Visit);
            agenda.At(scenario.At(day, 20), district.Followup.Release);
        }
        Lives(day);
        today++;
        agenda.At(scenario.At(today, 5, 30), Morning);
    }

    /// <param name="day">Of the calendar.</param>
    /// <param name="place">Only this place; null: everybody.</param>
    /// <param name="cancel">Stops between two requests.</param>
    async Task Plan(int day, string? place, CancellationToken cancel)
    {
        var round = (Guid?)null;
        var concerned = districts.FindAll(d => place is null || place.StartsWith(d.Code, StringComparison.Ordinal));
        foreach (var district in concerned)
        {
            var planned = await city.Officer.Post("/api/sampling/rounds/", new
            {
                id = round,
                name = place is null ? $"第{day + 1}轮 Round {day + 1}" : "重点区域排查 Affected area",
                disease = "COVID-19",
                scope = new[] { place ?? district.Code },
                windowStart = scenario.At(day, 6),
                windowEnd = scenario.At(day, 18),
                poolPolicy = new Dictionary<string, string>(StringComparer.Ordinal) { ["default"] = "10" },
            }, cancel);
            Round = planned.GetProperty("id").GetGuid();
            round = Round;
            await city.Officer.Post($"/api/sampling/rounds/{Round}/publish", new { owner = district.Code }, cancel);
            await UntilRosterStands(district.Code, cancel);
            district.Open(scenario, Round, day, random, StaysAway, place ?? "", Truth);
        }
        agenda.At(scenario.At(day, 18, 30), stop => Evening(concerned, stop));
    }

    async Task UntilRosterStands(string owner, CancellationToken cancel)
    {
        while (true)
        {
            var board = await city.Officer.Get($"/api/sampling/rounds/{Round}?owner={owner}", cancel);
            var roster = board.GetProperty("roster");
            if (roster.GetProperty("waiting").GetInt64() == 0 && roster.GetProperty("opened").GetInt64() > 0)
                return;
            await Task.Delay(50, cancel);
        }
    }

    Task Opening(CancellationToken cancel)
    {
        var here = today;
        Every(TimeSpan.FromMinutes(30), here, investigators.Look);
        foreach (var district in districts)
        {
            Every(TimeSpan.FromMinutes(10), here, district.Laboratory.Start);
            Every(here > scenario.Rounds ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(4), here, district.Alerts.Look);
            if (district.Handovers is { } handovers)
                Every(TimeSpan.FromMinutes(25), here, handovers.Look);
            if (here > scenario.Rounds || district.Desks.Count == 0)
                continue;
            foreach (var desk in district.Desks)
                desk.Begin(agenda.Now);
            Every(TimeSpan.FromMinutes(45), here, stop => district.Courier.Tour(agenda, stop));
        }
        if (here <= scenario.Rounds)
            Every(Sync, here, Send);
        return Task.CompletedTask;
    }

    /// <summary>What all desks of the city have noted.</summary>
    Task Send(CancellationToken cancel)
    {
        foreach (var district in districts)
            district.Work(agenda.Now);
        return FieldDevice.Sync(districts.SelectMany(d => d.Desks).Select(d => d.Device), cancel);
    }

    /// <summary>Again and again until the next day's round begins.</summary>
    void Every(TimeSpan span, int here, Func<CancellationToken, Task> act) => agenda.In(span, async stop =>
    {
        // The next morning has set up other desks, which have not begun yet.
        if (today != here)
            return;
        try
        {
            await act(stop);
        }
        finally
        {
            Every(span, here, act);
        }
    });

    async Task Evening(List<DistrictDay> concerned, CancellationToken cancel)
    {
        var round = Round;
        foreach (var district in concerned)
            await city.Officer.Post($"/api/sampling/rounds/{round}/close-sampling", new { owner = district.Code }, cancel);
    }
}
