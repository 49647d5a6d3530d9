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

    /// <summary>So many doors, then the next street: a tour of hundreds takes hours.</summary>
    const int Doors = 60;

    static readonly TimeSpan Tour = TimeSpan.FromMinutes(10);

    /// <summary>Takes a swab for every test that is due; a day with two samples takes two.</summary>
    public Task Test(CancellationToken cancel) => Go(async (contacts, stop) =>
    {
        var due = new List<Guid>();
        foreach (var contact in contacts)
            due.AddRange((await Tasks(contact, "test", stop)).Select(_ => contact.GetProperty("person").GetGuid()));
        foreach (var box in due.Chunk(60))
            await swabs.Take(box, null, stop);
    }, cancel);

    /// <summary>Goes to everybody who is to be seen now.</summary>
    public Task Visit(CancellationToken cancel) => Go(async (contacts, stop) =>
    {
        foreach (var contact in contacts)
        {
            if (await Tasks(contact, "visit", stop) is { Count: > 0 } open)
                await investigator.Post("/api/tracing/visits", new { visits = open.Select(t => new { task = t, finding = "seen_well" }) }, stop);
        }
    }, cancel);

    async Task Go(Func<JsonElement[], CancellationToken, Task> act, CancellationToken cancel)
    {
        var tours = (await UnderObservation(cancel)).Chunk(Doors).ToList();
        for (var i = 1; i < tours.Count; i++)
        {
            var tour = tours[i];
            agenda.In(Tour * i, stop => act(tour, stop));
        }
        if (tours.Count > 0)
            await act(tours[0], cancel);
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
