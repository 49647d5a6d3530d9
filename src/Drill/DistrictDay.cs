using Qipan.Drill.Actors;
using Qipan.Drill.Founding;

namespace Qipan.Drill;

/// <summary>A district on one day of the drill: its desks, its courier, its laboratory, its alert team.</summary>
sealed class DistrictDay(FoundedDistrict district, LaboratoryTeam laboratory)
{
    public string Code => district.Code;

    public LaboratoryTeam Laboratory => laboratory;

    public IReadOnlyList<SamplingDesk> Desks { get; private set; } = [];

    public Courier Courier { get; private set; } = null!;

    public AlertTeam Alerts { get; private set; } = null!;

    /// <summary>Sets the desks up for a day: who lives in a community comes to its point, household by household.</summary>
    public void Open(Scenario scenario, Agenda agenda, HttpClient http, FoundedCity city, Guid round, int day, Random random, int staysAway)
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
                desks.Add(new SamplingDesk(Device(scenario, agenda, http, device, number), new DeskPlace(Code, point.Id, number, district.Laboratory.Unit),
                    round, day + 1, queue, random));
            }
        }
        Desks = desks;
        Courier = new Courier(new FieldDevice(http, district.Courier, agenda.Clock), desks, laboratory);
        Alerts = new AlertTeam(agenda, city.Investigator, new FieldDevice(http, district.AlertDevice, agenda.Clock),
            new DeskPlace(Code, Guid.Empty, 0, district.Laboratory.Unit), Courier, city.City, day + 1);
        if (scenario.Mistakes && day == 0)
            Mistakes(scenario, agenda, desks);
    }

    /// <summary>One desk's clock is eleven minutes ahead.</summary>
    static FieldDevice Device(Scenario scenario, Agenda agenda, HttpClient http, (Guid Id, string Token) device, int number) =>
        new(http, device, agenda.Clock, scenario.Mistakes && number == 14 ? TimeSpan.FromMinutes(11) : default);

    /// <summary>One desk has no network all morning; one tube is lost on its way and one leaks.</summary>
    void Mistakes(Scenario scenario, Agenda agenda, List<SamplingDesk> desks)
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
