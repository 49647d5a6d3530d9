using Qipan.Drill.Actors;
using Qipan.Drill.Founding;

namespace Qipan.Drill;

/// <summary>A district on one day of the drill: its desks, its courier, its laboratory, its alert team, and who follows its contacts.</summary>
sealed class DistrictDay(FoundedDistrict district, LaboratoryTeam laboratory, Agenda agenda, HttpClient http, FoundedCity city)
{
    const long AlertSerial = 900_000_000L;
    const long FollowupSerial = 800_000_000L;

    FollowupTeam? followup;

    /// <summary>The same team every day.</summary>
    public FollowupTeam Followup => followup ??= new FollowupTeam(agenda, city.Investigator, Code, Swabs(FollowupSerial, []));

    public string Code => district.Code;

    public LaboratoryTeam Laboratory => laboratory;

    public IReadOnlyList<SamplingDesk> Desks { get; private set; } = [];

    public Courier Courier { get; private set; } = null!;

    public AlertTeam Alerts { get; private set; } = null!;

    /// <summary>Sets the desks up for a day: who lives in a community comes to its point, household by household.</summary>
    public void Open(Scenario scenario, Guid round, int day, Random random, int staysAway)
    {
        var desks = new List<SamplingDesk>();
        var first = city.Districts.TakeWhile(d => d != district).Sum(d => d.Points.Sum(p => p.Devices.Count));
        foreach (var point in district.Points)
        {
            var people = city.City.Households.Where(h => h.Room.StartsWith(point.Community, StringComparison.Ordinal))
                .SelectMany(h => h.Members).Where(_ => random.Next(staysAway) > 0).ToList();
            var share = (people.Count + point.Devices.Count - 1) / point.Devices.Count;
            foreach (var (device, queue) in point.Devices.Zip(people.Chunk(Math.Max(share, 1))))
            {
                var number = first + desks.Count + 1;
                desks.Add(new SamplingDesk(Device(scenario, device, number), new DeskPlace(Code, point.Id, number, district.Laboratory.Unit),
                    round, day + 1, queue, random));
            }
        }
        Desks = desks;
        Courier = Driver(desks);
        Alerts = new AlertTeam(agenda, city.Investigator, Code, Swabs(AlertSerial + ((day + 1) * 1_000_000L), desks));
        if (scenario.Mistakes && day == 0)
            Mistakes(scenario, desks);
    }

    Courier Driver(IReadOnlyList<SamplingDesk> desks) => new(new FieldDevice(http, district.Courier, agenda.Clock), desks, laboratory);

    SingleSwabs Swabs(long serial, IReadOnlyList<SamplingDesk> desks) => new(agenda, city.Investigator, new FieldDevice(http, district.AlertDevice, agenda.Clock),
        new DeskPlace(Code, Guid.Empty, 0, district.Laboratory.Unit), Driver(desks), city.City, serial);

    /// <summary>One desk's clock is eleven minutes ahead.</summary>
    FieldDevice Device(Scenario scenario, (Guid Id, string Token) device, int number) =>
        new(http, device, agenda.Clock, scenario.Mistakes && number == 14 ? TimeSpan.FromMinutes(11) : default);

    /// <summary>One desk has no network all morning; one tube is lost on its way and one leaks.</summary>
    void Mistakes(Scenario scenario, List<SamplingDesk> desks)
    {
        var cutOff = desks[4 % desks.Count].Device;
        agenda.At(scenario.At(0, 6, 50), _ => Task.FromResult(cutOff.Offline = true));
        agenda.At(scenario.At(0, 10, 10), _ => Task.FromResult(cutOff.Offline = false));
        laboratory.LosesTube = 7;
        laboratory.SpoilsTube = 11;
    }

    /// <summary>Every desk works up to an instant and sends what it noted.</summary>
    public async Task Work(DateTimeOffset until, CancellationToken cancel)
    {
        foreach (var desk in Desks)
        {
            desk.Work(until);
            await desk.Device.Sync(cancel);
        }
    }
}
