using System.Text.Json;
using Qipan.Drill.Actors;
using Qipan.Drill.City;

namespace Qipan.Drill.Founding;

/// <summary>
/// Sets a fictional city up through the public interface, as an administrator would: places, units, accounts, persons, laboratories,
/// sampling points, devices. A refusal throws <see cref="DrillRefusedException"/>.
/// </summary>
public sealed class FoundCity(HttpClient http, string password)
{
    readonly List<DemoAccount> accounts = [];

    /// <summary>True where the places are somebody's own and were imported before.</summary>
    public bool PlacesStand { get; init; }

    /// <param name="administrator">Somebody with the role of administrator everywhere.</param>
    /// <param name="city">Who lives where.</param>
    /// <param name="cancel">Stops between two requests; what was set up stays.</param>
    public async Task<FoundedCity> Run(StaffMember administrator, FictionalCity city, CancellationToken cancel)
    {
        var plan = city.Plan;
        if (!PlacesStand)
            await Places(administrator, city, cancel);
        var command = await Unit(administrator, "command", $"{plan.Name}指挥部 Command", plan.CityCode, null, cancel);
        await Account(administrator, "command", "Commander", plan.CityCode, command, "/board", cancel);
        await Account(administrator, "rounds", "Round officer", plan.CityCode, command, "/rounds", cancel);
        await Account(administrator, "tracer", "Investigator", plan.CityCode, command, "/alerts", cancel);
        await Account(administrator, "tracer2", "Investigator", plan.CityCode, command, "/cases", cancel);
        var officer = await StaffMember.SignIn(http, "rounds", password, cancel);
        // The people are the longest part: what works in the districts is set up meanwhile.
        var people = officer.PostFile("/api/registers/imports/persons?name=persons.csv", CityFiles.Persons(city), "text/csv", cancel);
        var districts = await Task.WhenAll(plan.Districts.Select((d, index) =>
            District(administrator, officer, city, (d.Code, d.Name, d.EnglishName.ToLowerInvariant()), command, index, cancel)));
        await people;
        foreach (var district in districts)
            foreach (var (login, role) in LaboratoryLogins(district.Laboratory.Name))
                accounts.Add(new DemoAccount(login, role, "/lab"));
        await Account(administrator, "auditor", "Auditor", plan.CityCode, command, "/rounds", cancel);
        return new FoundedCity(city, officer, await StaffMember.SignIn(http, "tracer", password, cancel),
            await StaffMember.SignIn(http, "tracer2", password, cancel), districts, accounts);
    }

    static async Task Places(StaffMember administrator, FictionalCity city, CancellationToken cancel)
    {
        await administrator.PostFile("/api/registers/imports/places?name=places.csv", CityFiles.Places(city), "text/csv", cancel);
        await administrator.PostFile("/api/registers/imports/boundaries?name=outlines.geojson", Ground.GeoJson(city.Places), "application/geo+json", cancel);
    }

    async Task<FoundedDistrict> District(
        StaffMember administrator, StaffMember officer, FictionalCity city, (string Code, string Name, string Login) district, Guid above, int index,
        CancellationToken cancel)
    {
        var code = district.Code;
        var command = await Unit(administrator, "command", $"{district.Name}指挥部", code, above, cancel);
        var samplers = await Unit(administrator, "sampling_team", $"{district.Name}采样队", code, command, cancel);
        var couriers = await Unit(administrator, "courier_team", $"{district.Name}转运队", code, command, cancel);
        var alerts = await Unit(administrator, "alert_team", $"{district.Name}应急处置队", code, command, cancel);
        var points = new List<FoundedPoint>();
        foreach (var place in city.Places.Where(p => p.Code.Length == 12 && p.Code.StartsWith(code, StringComparison.Ordinal)))
        {
            await Unit(administrator, "community", $"{place.Name}居委会", place.Code, command, cancel);
            points.Add(await Point(administrator, officer, place, samplers, city.Plan.DesksPerPoint, cancel));
        }
        var doors = new List<(Guid, string)>();
        for (var team = 1; team <= city.Plan.DoorTeams; team++)
            doors.Add(await Device(administrator, $"door team {code}-{team}", alerts, code, "sampler", cancel));
        return new FoundedDistrict(code, await Laboratory(administrator, city, district, command, index, cancel), points,
            await Device(administrator, $"courier {code}", couriers, code, "courier", cancel), doors);
    }

    static async Task<FoundedPoint> Point(
        StaffMember administrator, StaffMember officer, CityPlace place, Guid team, int desks, CancellationToken cancel)
    {
        var point = await officer.Post("/api/sampling/points/", new
        {
            name = $"{place.Name}采样点 {place.Code[^6..]}",
            place = place.Code,
            desks,
            capacity = desks * 600,
            lat = place.Latitude,
            lon = place.Longitude,
        }, cancel);
        var devices = new List<(Guid, string)>();
        for (var desk = 1; desk <= desks; desk++)
            devices.Add(await Device(administrator, $"desk {place.Code[^6..]}-{desk}", team, place.Code, "sampler", cancel));
        return new FoundedPoint(point.GetProperty("id").GetGuid(), place.Code, devices);
    }

    async Task<LaboratoryStaff> Laboratory(
        StaffMember administrator, FictionalCity city, (string Code, string Name, string Login) district, Guid command, int index, CancellationToken cancel)
    {
        var unit = await Unit(administrator, "laboratory", $"{district.Name}疾控实验室", district.Code, command, cancel);
        var instruments = city.Plan.Instruments[index % city.Plan.Instruments.Count];
        // Fifteen plates of 94 a day on each instrument, day and night: more than that is an integrity alarm.
        var capacity = new[] { 1, 5, 10, 20, 99 }.ToDictionary(kind => kind, _ => Math.Max(2400, instruments * 15 * 94));
        var lab = (await administrator.Post("/api/laboratory/laboratories", new
        {
            owner = district.Code,
            unit,
            name = $"{district.Name}疾控实验室 {district.Login}",
            uscc = Names.CreditCode(index),
            licence = $"DRILL-{district.Code}",
            ratedCapacity = capacity,
            @operator = $"{district.Name}疾控中心",
        }, cancel)).GetGuid();
        var staff = new List<StaffMember>();
        foreach (var (login, role) in LaboratoryLogins(district.Login))
        {
            await Staff(administrator, login, role, district.Code, unit, cancel);
            staff.Add(await StaffMember.SignIn(http, login, password, cancel));
        }
        return new LaboratoryStaff(lab, unit, district.Login, staff[0], staff[1], staff[2], instruments);
    }

    static IEnumerable<(string Login, string Role)> LaboratoryLogins(string district) =>
        [($"lab-{district}", "Technician"), ($"review1-{district}", "Reviewer"), ($"review2-{district}", "Reviewer")];

    static async Task<Guid> Unit(StaffMember administrator, string kind, string name, string territory, Guid? parent, CancellationToken cancel) =>
        (await administrator.Post("/api/registers/units", new { kind, name, territory, parent }, cancel)).GetGuid();

    static async Task<(Guid Id, string Token)> Device(
        StaffMember administrator, string label, Guid unit, string territory, string role, CancellationToken cancel)
    {
        JsonElement made = await administrator.Post("/api/intake/devices", new { label, kind = "phone", unit, territory, role }, cancel);
        return (made.GetProperty("id").GetGuid(), made.GetProperty("token").GetString()!);
    }

    async Task Account(StaffMember administrator, string login, string role, string territory, Guid unit, string page, CancellationToken cancel)
    {
        await Staff(administrator, login, role, territory, unit, cancel);
        accounts.Add(new DemoAccount(login, role, page));
    }

    async Task Staff(StaffMember administrator, string login, string role, string territory, Guid unit, CancellationToken cancel)
    {
        var wire = role.Replace(' ', '_').ToLowerInvariant();
        await administrator.Post("/api/registers/staff", new { login, name = role, password, unit, grants = new[] { new { role = wire, territory } } }, cancel);
    }
}
