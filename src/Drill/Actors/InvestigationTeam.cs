namespace Qipan.Drill.Actors;

/// <summary>
/// The investigators 流调: one reports a case and another reviews it; the first accepts the contacts that the program proposes once there was
/// time to look at them, sees to it that they stay at home, says when everybody was asked, and finishes the investigation by the next day.
/// </summary>
public sealed class InvestigationTeam(Agenda agenda, StaffMember investigator, StaffMember reviewer)
{
    static readonly TimeSpan Report = TimeSpan.FromMinutes(35);
    static readonly TimeSpan Review = TimeSpan.FromMinutes(70);
    static readonly TimeSpan Decide = TimeSpan.FromMinutes(150);
    static readonly TimeSpan Control = TimeSpan.FromMinutes(200);
    static readonly TimeSpan Full = TimeSpan.FromHours(20);

    readonly Dictionary<Guid, int> done = [];

    /// <summary>Looks at the cases that are not all worked, and does what is next in each.</summary>
    public async Task Look(CancellationToken cancel)
    {
        foreach (var found in (await investigator.Get("/api/cases", cancel)).GetProperty("items").EnumerateArray().ToList())
        {
            var id = found.GetProperty("id").GetGuid();
            var age = agenda.Now - found.GetProperty("foundAt").GetDateTimeOffset();
            done.TryAdd(id, 0);
            if (done[id] == 0 && age >= Report)
                await Step(id, () => investigator.Post("/api/cases/report", new { @case = id }, cancel));
            if (done[id] == 1 && age >= Review)
                await Step(id, () => reviewer.Post("/api/cases/review", new { @case = id }, cancel));
            if (done[id] == 2 && age >= Decide)
                await Step(id, () => AcceptAll(id, cancel));
            if (done[id] == 3 && age >= Control)
                await Step(id, () => ControlAll(id, cancel));
            if (done[id] == 4 && age >= Full)
                await Step(id, () => investigator.Post("/api/cases/investigation/move", new { @case = id, to = "full_done" }, cancel));
        }
    }

    async Task Step(Guid id, Func<Task> act)
    {
        await act();
        done[id]++;
    }

    async Task AcceptAll(Guid id, CancellationToken cancel)
    {
        if (await Contacts(id, "proposed", cancel) is { Count: > 0 } proposed)
            await investigator.Post("/api/tracing/contacts/decide", new { contacts = proposed, accept = true }, cancel);
    }

    async Task ControlAll(Guid id, CancellationToken cancel)
    {
        if (await Contacts(id, "determined", cancel) is { Count: > 0 } determined)
            await investigator.Post("/api/tracing/contacts/move", new { contacts = determined, to = "under_quarantine" }, cancel);
        await investigator.Post("/api/cases/investigation/move", new { @case = id, to = "core_done" }, cancel);
        await investigator.Post("/api/cases/contacts-asked", new { @case = id }, cancel);
    }

    async Task<List<Guid>> Contacts(Guid id, string state, CancellationToken cancel) =>
    [
        .. (await investigator.Get($"/api/tracing/cases/{id}/contacts?state={state}&take=200", cancel)).GetProperty("items").EnumerateArray()
            .Select(c => c.GetProperty("id").GetGuid()),
    ];
}
