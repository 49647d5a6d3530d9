using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// Follows the contacts of a county 随访: in the morning it takes the swabs that are due, twice a day it goes from door to door, and in the
/// evening it releases whoever the program's checklist lets go.
/// </summary>
public sealed class FollowupTeam(Agenda agenda, StaffMember investigator, string county, SingleSwabs swabs)
{
    /// <summary>Contacts whose observation has ended by a release.</summary>
    public int Released { get; private set; }

    /// <summary>Takes a swab for every test that is due; a day with two samples takes two.</summary>
    public async Task Test(CancellationToken cancel)
    {
        var due = new List<Guid>();
        foreach (var contact in await UnderObservation(cancel))
            due.AddRange((await Tasks(contact, "test", cancel)).Select(_ => contact.GetProperty("person").GetGuid()));
        foreach (var box in due.Chunk(60))
            await swabs.Take(box, null, cancel);
    }

    /// <summary>Goes to everybody who is to be seen now.</summary>
    public async Task Visit(CancellationToken cancel)
    {
        foreach (var contact in await UnderObservation(cancel))
        {
            if (await Tasks(contact, "visit", cancel) is { Count: > 0 } open)
                await investigator.Post("/api/tracing/visits", new { visits = open.Select(t => new { task = t, finding = "seen_well" }) }, cancel);
        }
    }

    /// <summary>Asks for the release of those whose days are over; the program says who lacks something.</summary>
    public async Task Release(CancellationToken cancel)
    {
        var over = (await UnderObservation(cancel)).Where(c => c.GetProperty("releaseAt").GetDateTimeOffset() <= agenda.Now).Select(c => c.GetProperty("id").GetGuid()).ToList();
        if (over.Count > 0)
            Released += (await investigator.Post("/api/tracing/contacts/release", new { contacts = over }, cancel)).GetProperty("decided").GetInt32();
    }

    async Task<List<JsonElement>> UnderObservation(CancellationToken cancel)
    {
        var found = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = await investigator.Get($"/api/tracing/contacts?territory={county}&take=200{(after is null ? "" : "&after=" + after)}", cancel);
            found.AddRange(page.GetProperty("items").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return found;
    }

    /// <summary>What is open of a contact and has begun.</summary>
    async Task<List<Guid>> Tasks(JsonElement contact, string kind, CancellationToken cancel) =>
    [
        .. (await investigator.Get($"/api/tracing/contacts/{contact.GetProperty("id").GetGuid()}", cancel)).GetProperty("tasks").EnumerateArray()
            .Where(t => t.GetProperty("kind").GetString() == kind && t.GetProperty("state").GetString() == "open" && t.GetProperty("fromAt").GetDateTimeOffset() <= agenda.Now)
            .Select(t => t.GetProperty("id").GetGuid()),
    ];
}
