using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// The investigators 流调: one reports a case and another reviews it; the first accepts the contacts that the program proposes once there was
/// time to look at them, sees to it that they stay at home, says when everybody was asked, and finishes the investigation by the next day.
/// </summary>
/// <param name="agenda">The drill's calendar.</param>
/// <param name="investigator">The first.</param>
/// <param name="reviewer">The second.</param>
/// <param name="papers">What they ask for of each case besides; null: nothing, and every proposal is accepted.</param>
public sealed class InvestigationTeam(Agenda agenda, StaffMember investigator, StaffMember reviewer, CasePapers? papers = null)
{
    static readonly TimeSpan Report = TimeSpan.FromMinutes(35);
    static readonly TimeSpan Review = TimeSpan.FromMinutes(70);
    static readonly TimeSpan Ask = TimeSpan.FromMinutes(110);
    static readonly TimeSpan Decide = TimeSpan.FromMinutes(150);
    static readonly TimeSpan Control = TimeSpan.FromMinutes(200);
    static readonly TimeSpan Full = TimeSpan.FromHours(20);

    readonly Dictionary<Guid, int> done = [];
    readonly HashSet<Guid> isolated = [];

    /// <summary>Looks at the cases that are not all worked, and does what is next in each.</summary>
    public async Task Look(CancellationToken cancel)
    {
        string? after = null;
        do
        {
            var page = await investigator.Get("/api/cases" + (after is null ? "" : $"?after={after}"), cancel);
            foreach (var found in page.GetProperty("items").EnumerateArray().Where(c => c.GetProperty("class").GetString() != "ruled_out").ToList())
                await Work(found, cancel);
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
    }

    async Task Work(JsonElement found, CancellationToken cancel)
    {
        var (id, person) = (found.GetProperty("id").GetGuid(), found.GetProperty("person").GetGuid());
        var age = agenda.Now - found.GetProperty("foundAt").GetDateTimeOffset();
        done.TryAdd(id, 0);
        if (done[id] == 6)
            return;
        if (papers is not null && isolated.Add(id))
            await papers.Isolate(id, person, cancel);
        if (papers is not null && found.GetProperty("class").GetString() == "suspect" && !await papers.Classify(id, person, age, cancel))
            return;
        if (done[id] == 0 && age >= Report)
            await Step(id, () => investigator.Try("/api/cases/report", new { @case = id }, cancel));
        if (done[id] == 1 && age >= Review)
            await Step(id, () => reviewer.Try("/api/cases/review", new { @case = id }, cancel));
        if (done[id] == 2 && age >= Ask)
            await Step(id, () => papers?.Ask(id, person, cancel) ?? Task.CompletedTask);
        if (done[id] == 3 && age >= Decide)
            await Step(id, () => papers?.Decide(id, cancel) ?? AcceptAll(id, cancel));
        if (done[id] == 4 && age >= Control)
            await Step(id, () => ControlAll(id, cancel));
        if (done[id] == 5 && age >= Full)
            await Step(id, () => investigator.Try("/api/cases/investigation/move", new { @case = id, to = "full_done" }, cancel));
    }

    async Task Step(Guid id, Func<Task> act)
    {
        done[id]++;
        await act();
    }

    async Task AcceptAll(Guid id, CancellationToken cancel)
    {
        if (await Contacts(id, "proposed", cancel) is { Count: > 0 } proposed)
            await investigator.Post("/api/tracing/contacts/decide", new { contacts = proposed.ConvertAll(c => c.Id), accept = true }, cancel);
    }

    async Task ControlAll(Guid id, CancellationToken cancel)
    {
        if (await Contacts(id, "determined", cancel) is { Count: > 0 } determined)
        {
            await investigator.Post("/api/tracing/contacts/move", new { contacts = determined.ConvertAll(c => c.Id), to = "under_quarantine" }, cancel);
            if (papers is not null)
                foreach (var (_, person) in determined)
                    await papers.Confine(person, cancel);
        }
        await investigator.Try("/api/cases/investigation/move", new { @case = id, to = "core_done" }, cancel);
        await investigator.Try("/api/cases/contacts-asked", new { @case = id }, cancel);
    }

    async Task<List<(Guid Id, Guid Person)>> Contacts(Guid id, string state, CancellationToken cancel) =>
    [
        .. (await investigator.Get($"/api/tracing/cases/{id}/contacts?state={state}&take=200", cancel)).GetProperty("items").EnumerateArray()
            .Select(c => (c.GetProperty("id").GetGuid(), c.GetProperty("person").GetGuid())),
    ];
}
