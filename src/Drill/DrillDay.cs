using Qipan.Drill.Actors;
using Qipan.Drill.Founding;

namespace Qipan.Drill;

/// <summary>
/// The days of a drill: each morning a round is planned and published, the desks work their queues, couriers go round every 45 minutes,
/// laboratories run and release, the alert teams look after suspect pools, cases are investigated and their contacts followed to the release;
/// in the evening sampling is closed. The round stays open for its last results: closing it is left to whoever watches. Everything goes
/// through the public interface.
/// </summary>
public sealed class DrillDay
{
    /// <summary>How often a device sends what it has noted.</summary>
    static readonly TimeSpan Sync = TimeSpan.FromMinutes(20);

    /// <summary>Who does not come, whatever is done: one in so many.</summary>
    const int StaysAway = 60;

    readonly Scenario scenario;
    readonly Agenda agenda;
    readonly FoundedCity city;
    readonly Outbreak outbreak;
    readonly Random random;
    readonly List<DistrictDay> districts;
    readonly InvestigationTeam investigators;
    int day;

    DrillDay(Scenario scenario, Agenda agenda, FoundedCity city, Outbreak outbreak, Random random, List<DistrictDay> districts)
    {
        (this.scenario, this.agenda, this.city, this.outbreak, this.random, this.districts) = (scenario, agenda, city, outbreak, random, districts);
        investigators = new InvestigationTeam(agenda, city.Investigator, city.Reviewer);
    }

    /// <summary>The round that is under way.</summary>
    public Guid Round { get; private set; }

    /// <summary>Everybody who gave a swab today.</summary>
    public int Sampled => districts.Sum(d => d.Desks.Sum(k => k.Taken));

    /// <summary>Runs whose results are out, of all days.</summary>
    public int Released => districts.Sum(d => d.Laboratory.Released);

    /// <summary>Items that the server refused from the field: the drill does nothing wrong, so this stays 0.</summary>
    public int Refused => districts.Sum(d => d.Desks.Sum(k => k.Device.Refused.Count));

    /// <summary>Notes the first day in the agenda; what happens then is up to the agenda.</summary>
    public static DrillDay Begin(Scenario scenario, Agenda agenda, HttpClient http, FoundedCity city)
    {
        var dice = new Random(scenario.Plan.Seed);
        var first = city.City.People.Where(p => p.Household.Members.Count >= 3).Skip(8).Take(scenario.Infected).Select(p => p.Citizen);
        var virus = new Outbreak(city.City, first);
        var all = city.Districts.Select((d, i) => new DistrictDay(d, new LaboratoryTeam(agenda, d.Laboratory, virus, dice)
        {
            SpoiledPlate = scenario.Mistakes && i == 1 ? 2 : 0,
        }, agenda, http, city)).ToList();
        var drill = new DrillDay(scenario, agenda, city, virus, dice, all);
        agenda.At(scenario.At(0, 5, 30), drill.Morning);
        return drill;
    }

    /// <summary>Contacts who were released, of all days.</summary>
    public int ContactsReleased => districts.Sum(d => d.Followup.Released);

    async Task Morning(CancellationToken cancel)
    {
        if (day > 0)
            outbreak.NextDay();
        if (day < scenario.Rounds)
            await Plan(cancel);
        agenda.At(scenario.At(day, 6), Opening);
        foreach (var district in districts)
        {
            agenda.At(scenario.At(day, 8, 30), district.Followup.Test);
            agenda.At(scenario.At(day, 10), district.Followup.Visit);
            agenda.At(scenario.At(day, 16), district.Followup.Visit);
            agenda.At(scenario.At(day, 20), district.Followup.Release);
        }
        day++;
        agenda.At(scenario.At(day, 5, 30), Morning);
    }

    async Task Plan(CancellationToken cancel)
    {
        var round = (Guid?)null;
        foreach (var district in districts)
        {
            var planned = await city.Officer.Post("/api/sampling/rounds/", new
            {
                id = round,
                name = $"第{day + 1}轮 Round {day + 1}",
                disease = "COVID-19",
                scope = new[] { district.Code },
                windowStart = scenario.At(day, 6),
                windowEnd = scenario.At(day, 18),
                poolPolicy = new Dictionary<string, string>(StringComparer.Ordinal) { ["default"] = "10" },
            }, cancel);
            Round = planned.GetProperty("id").GetGuid();
            round = Round;
            await city.Officer.Post($"/api/sampling/rounds/{Round}/publish", new { owner = district.Code }, cancel);
            await UntilRosterStands(district.Code, cancel);
            district.Open(scenario, Round, day, random, StaysAway);
        }
        agenda.At(scenario.At(day, 18, 30), Evening);
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
        var today = day;
        Every(TimeSpan.FromMinutes(30), today, investigators.Look);
        foreach (var district in districts)
        {
            Every(TimeSpan.FromMinutes(10), today, district.Laboratory.Start);
            Every(today > scenario.Rounds ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(4), today, district.Alerts.Look);
            if (today > scenario.Rounds)
                continue;
            foreach (var desk in district.Desks)
                desk.Begin(agenda.Now);
            Every(Sync, today, stop => district.Work(agenda.Now, stop));
            Every(TimeSpan.FromMinutes(45), today, stop => district.Courier.Tour(agenda, stop));
        }
        return Task.CompletedTask;
    }

    /// <summary>Again and again until the next day's round begins.</summary>
    void Every(TimeSpan span, int today, Func<CancellationToken, Task> act) => agenda.In(span, async stop =>
    {
        // The next morning has set up other desks, which have not begun yet.
        if (day != today)
            return;
        await act(stop);
        Every(span, today, act);
    });

    async Task Evening(CancellationToken cancel)
    {
        foreach (var district in districts)
            await city.Officer.Post($"/api/sampling/rounds/{Round}/close-sampling", new { owner = district.Code }, cancel);
    }
}
