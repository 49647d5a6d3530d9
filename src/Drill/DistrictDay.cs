using Qipan.Drill.Actors;
using Qipan.Drill.Founding;
using Qipan.Drill.Spread;

namespace Qipan.Drill;

/// <summary>A district on one day of the drill: its desks, its courier, its laboratory, its alert team, and who follows its contacts.</summary>
sealed class DistrictDay(FoundedDistrict district, LaboratoryTeam laboratory, Agenda agenda, HttpClient http, FoundedCity city, Doors doors)
{
    const long AlertSerial = 900_000_000L;
    const long FollowupSerial = 800_000_000L;
    const long ClinicSerial = 700_000_000L;

    readonly List<AlertTeam> teams = [];
    readonly DoorTeams doorTeams = new(agenda, [.. district.DoorDevices.Select(d => new FieldDevice(http, d, agenda.Clock))]);
    FollowupTeam? followup;

    /// <summary>Items of its desks and door teams that the server refused.</summary>
    public int Refused => doorTeams.Refused + Desks.Sum(k => k.Device.Refused.Count);

    /// <summary>The same team every day.</summary>
    public FollowupTeam Followup => followup ??= new FollowupTeam(agenda, city.Investigator, Code, Swabs(FollowupSerial, []));

    public string Code => district.Code;

    public LaboratoryTeam Laboratory => laboratory;

    public IReadOnlyList<SamplingDesk> Desks { get; private set; } = [];

    public Courier Courier { get; private set; } = null!;

    public AlertTeam Alerts { get; private set; } = null!;

    /// <summary>Null where people have no days of their own.</summary>
    public Clinic? Clinic { get; private set; }

    public HandoverDesk? Handovers { get; private set; }

    /// <summary>Whether an alert team of this district confirmed somebody by a tube of their own.</summary>
    public bool IsConfirmed(Guid person) => teams.Exists(t => t.Confirmed.Contains(person));

    /// <summary>Sets up what stays the same from day to day.</summary>
    public void Settle(Epidemic? epidemic, Doors behind, Func<int, DateOnly> dateOf, bool refusesFirst)
    {
        if (epidemic is not null)
            Clinic = new Clinic(agenda, city.Investigator, behind, Swabs(ClinicSerial, []), epidemic, Code, dateOf);
        Handovers = new HandoverDesk(agenda, city.Investigator, Code, refusesFirst);
    }

    /// <summary>A day without a round: the laboratory and the alert team work, nobody queues.</summary>
    public void Rest()
    {
        Desks = [];
        Courier = Driver([]);
        if (teams.Count == 0)
            NewTeam(0);
    }

    /// <summary>Sets the desks up for a day: who lives in a community comes to its point, household by household.</summary>
    /// <param name="scenario">Says who makes mistakes.</param>
    /// <param name="round">The round.</param>
    /// <param name="day">Of the calendar.</param>
    /// <param name="random">The drill's chance.</param>
    /// <param name="staysAway">One in so many does not come.</param>
    /// <param name="area">Only points of this place; empty: all.</param>
    /// <param name="epidemic">Says who is in isolation and does not come.</param>
    public void Open(Scenario scenario, Guid round, int day, Random random, int staysAway, string area, Epidemic? epidemic)
    {
        var desks = new List<SamplingDesk>();
        var first = city.Districts.TakeWhile(d => d != district).Sum(d => d.Points.Sum(p => p.Devices.Count));
        var homes = city.City.Households.ToLookup(h => h.Room[..12], StringComparer.Ordinal);
        foreach (var point in district.Points.Where(p => p.Community.StartsWith(area, StringComparison.Ordinal)))
        {
            var people = homes[point.Community].SelectMany(h => h.Members)
                .Where(m => random.Next(staysAway) > 0 && epidemic?.IsConfined(m.Number) != true).ToList();
            var share = (people.Count + point.Devices.Count - 1) / point.Devices.Count;
            foreach (var (device, queue) in point.Devices.Zip(people.Chunk(Math.Max(share, 1))))
            {
                var number = first + desks.Count + 1;
                var place = new DeskPlace(Code, point.Id, number, district.Laboratory.Unit);
                desks.Add(new SamplingDesk(Device(scenario, device, number), place, round, day - scenario.FirstDay + 1, queue, random)
                {
                    ScansTwice = scenario is { Mistakes: true, Scans: true } ? 400 : 0,
                });
            }
        }
        Desks = desks;
        Courier = Driver(desks);
        NewTeam(day - scenario.FirstDay + 1);
        if (scenario.Mistakes && (day == 0 || scenario.Scans) && desks.Count > 0)
            Mistakes(scenario, desks, day);
    }

    void NewTeam(int number)
    {
        // The team of the day knows what those before it confirmed.
        Alerts = new AlertTeam(agenda, city.Investigator, Code, Swabs(AlertSerial + (number * 1_000_000L), Desks));
        teams.Add(Alerts);
    }

    Courier Driver(IReadOnlyList<SamplingDesk> desks) => new(new FieldDevice(http, district.Courier, agenda.Clock), desks, laboratory);

    SingleSwabs Swabs(long serial, IReadOnlyList<SamplingDesk> desks) =>
        new(agenda, doorTeams, new DeskPlace(Code, Guid.Empty, 0, district.Laboratory.Unit), Driver(desks), doors, serial);

    /// <summary>One desk's clock is eleven minutes ahead.</summary>
    FieldDevice Device(Scenario scenario, (Guid Id, string Token) device, int number) =>
        new(http, device, agenda.Clock, scenario.Mistakes && number % 60 == 14 ? TimeSpan.FromMinutes(11) : default);

    /// <summary>One desk has no network all morning; one tube is lost on its way and one leaks.</summary>
    void Mistakes(Scenario scenario, List<SamplingDesk> desks, int day)
    {
        var cutOff = desks[4 % desks.Count].Device;
        agenda.At(scenario.At(day, 6, 50), async stop =>
        {
            await cutOff.Sync(stop);
            cutOff.Offline = true;
        });
        agenda.At(scenario.At(day, 10, 10), _ => Task.FromResult(cutOff.Offline = false));
        laboratory.LosesTube = 7;
        laboratory.SpoilsTube = 11;
        laboratory.LosesAgain = scenario.Scans ? 1500 : 0;
    }

    /// <summary>Every desk works up to an instant, and notes what it does.</summary>
    public void Work(DateTimeOffset until)
    {
        foreach (var desk in Desks)
            desk.Work(until);
    }
}
