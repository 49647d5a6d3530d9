using System.Text.Json;

namespace Qipan.Drill.Actors;

/// <summary>
/// The team that works suspect pools 一键即报: takes an alert over, has every member held, samples each alone, and decides from what the
/// laboratory releases. It knows only what the program tells it, and looks every few minutes.
/// </summary>
public sealed class AlertTeam(Agenda agenda, StaffMember investigator, string county, SingleSwabs swabs)
{
    static readonly TimeSpan Acknowledge = TimeSpan.FromMinutes(9);
    static readonly TimeSpan Resample = TimeSpan.FromMinutes(50);

    readonly HashSet<Guid> resampled = [];

    /// <summary>Who was confirmed by a tube of their own.</summary>
    public HashSet<Guid> Confirmed { get; } = [];

    /// <summary>Looks at the alerts of its county once, and does what is next in each.</summary>
    public async Task Look(CancellationToken cancel)
    {
        var page = await investigator.Get("/api/laboratory/alerts/", cancel);
        foreach (var alert in page.GetProperty("items").EnumerateArray().Where(a => a.GetProperty("owner").GetString() == county).ToList())
            await Work(alert.GetProperty("id").GetGuid(), alert.GetProperty("raisedAt").GetDateTimeOffset(), cancel);
    }

    async Task Work(Guid alert, DateTimeOffset raised, CancellationToken cancel)
    {
        var age = agenda.Now - raised;
        if (age < Acknowledge)
            return;
        await investigator.Post("/api/laboratory/alerts/acknowledge", new { alert }, cancel);
        var detail = await investigator.Get($"/api/laboratory/alerts/{alert}", cancel);
        var members = detail.GetProperty("members").EnumerateArray().ToList();
        // A few doors at each look: the community goes from one to the next.
        foreach (var member in members.Where(m => m.GetProperty("heldAt").ValueKind == JsonValueKind.Null).Take(3).ToList())
            await investigator.Post("/api/laboratory/alerts/hold", new { alert, person = Person(member) }, cancel);
        if (age >= Resample && members.TrueForAll(m => m.GetProperty("heldAt").ValueKind != JsonValueKind.Null) && resampled.Add(alert))
            await swabs.Take(members.ConvertAll(Person), alert, cancel);
        await Decide(alert, members, cancel);
    }

    /// <summary>Confirms on an own positive, then clears the others by their own negative; closes when nobody is open.</summary>
    async Task Decide(Guid alert, List<JsonElement> members, CancellationToken cancel)
    {
        var open = members.Where(m => m.GetProperty("outcome").GetString() == "open").ToList();
        foreach (var member in open.Where(m => Own(m, "not_negative")).ToList())
        {
            await investigator.Post("/api/laboratory/alerts/confirm", new { alert, person = Person(member) }, cancel);
            Confirmed.Add(Person(member));
            open.Remove(member);
        }
        var found = members.Exists(m => m.GetProperty("outcome").GetString() == "confirmed" || Own(m, "not_negative"));
        foreach (var member in open.Where(m => found && Own(m, "negative")).ToList())
        {
            await investigator.Post("/api/laboratory/alerts/clear", new { alert, person = Person(member) }, cancel);
            open.Remove(member);
        }
        if (open.Count == 0)
            await investigator.Try("/api/laboratory/alerts/close", new { alert, reason = "Every member is decided." }, cancel);
    }

    static bool Own(JsonElement member, string finding) =>
        member.GetProperty("own").EnumerateArray().Any(o => o.GetProperty("finding").GetString() == finding);

    static Guid Person(JsonElement member) => member.GetProperty("person").GetGuid();
}
