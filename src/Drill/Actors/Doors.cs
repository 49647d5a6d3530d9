using Qipan.Drill.City;

namespace Qipan.Drill.Actors;

/// <summary>
/// Who stands behind a person's id: a team before a door sees the document, and the city knows whose it is. Each look stands in the access log, once
/// for each person. Not safe for several threads.
/// </summary>
public sealed class Doors(StaffMember staff, FictionalCity city)
{
    readonly Dictionary<string, Citizen> byDocument = city.Everybody.ToDictionary(c => c.Document);
    readonly Dictionary<Guid, Citizen> met = [];
    readonly Dictionary<int, Guid> ids = [];

    /// <summary>Somebody has another document as well.</summary>
    public void Also(string document, Citizen citizen) => byDocument[document] = citizen;

    public async Task<Citizen> Of(Guid person, CancellationToken cancel)
    {
        if (met.TryGetValue(person, out var known))
            return known;
        var revealed = await staff.Post($"/api/registers/persons/{person}/reveal", new { what = "document", purpose = "testing" }, cancel);
        var citizen = byDocument[revealed.GetProperty("numbers")[0].GetString()!];
        ids.TryAdd(citizen.Number, person);
        return met[person] = citizen;
    }

    /// <summary>The id under which the registers know somebody.</summary>
    public async Task<Guid> IdOf(Citizen citizen, CancellationToken cancel)
    {
        if (ids.TryGetValue(citizen.Number, out var known))
            return known;
        var found = await staff.Post("/api/registers/persons/search", new { purpose = "testing", document = citizen.Document }, cancel);
        var person = found.GetProperty("items")[0].GetProperty("id").GetGuid();
        met[person] = citizen;
        return ids[citizen.Number] = person;
    }
}
