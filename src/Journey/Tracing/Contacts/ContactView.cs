using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Everything about a person's contacts on one page: exposures, plan, calendar, tests, checklist, history.</summary>
public sealed record ContactView(
    ContactRow Contact, ContactPlan? Plan, ContactEvidence Evidence, IReadOnlyList<ContactRow> Others, DateTimeOffset? ReleaseAt,
    IReadOnlyList<TaskRow> Tasks, IReadOnlyList<CheckLine> Checklist, IReadOnlyList<ContactChange> History, IReadOnlyList<PlanProposal> Proposals,
    IReadOnlyDictionary<string, string> Venues, IReadOnlyList<ReleaseLine> Releases);

/// <summary>A release as decided.</summary>
public sealed class ReleaseLine
{
    public Guid Id { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public string Protocol { get; init; } = "";

    public string Checklist { get; init; } = "";
}

static class ContactViews
{
    /// <summary>A contact for somebody who may decide it or follows it; unknown for others.</summary>
    public static Outcome<ContactView> One(Session session, Caller caller, ContactDays days, Guid id, DateTimeOffset now)
    {
        if (ContactRows.One(session, id) is not { } row || !May(caller, row))
            return new ContactUnknown();
        var all = ContactRows.OfPersons(session, [row.Person]);
        var facts = ReleaseFacts.Of(session, days, [row.Person], now).GetValueOrDefault(row.Person);
        var tasks = TaskRow.OfContacts(session, [id]);
        tasks.Sort((a, b) => (a.Day, a.Kind, a.Slot, a.FromAt).CompareTo((b.Day, b.Kind, b.Slot, b.FromAt)));
        var evidence = row.ReadEvidence();
        var venues = VenueRow.ByIds(session, [.. evidence.Meetings.Select(m => Guid.TryParseExact(m.Venue, "N", out var v) ? v : default).Where(v => v != default).Distinct()]);
        return new ContactView(row, row.ReadPlan(), evidence, all.FindAll(r => r.Id != id), all.Where(r => r.Active).Max(r => r.ReleaseAt), tasks,
            facts.Lines ?? [], ContactChange.Of(session, id),
            session.Query<PlanProposal>("SELECT * FROM plan_proposal WHERE contact = @id ORDER BY id", new { id }),
            venues.ToDictionary(v => v.Id.ToString("N"), v => v.Name),
            session.Query<ReleaseLine>("SELECT id, at, actor, protocol, checklist FROM release_decision WHERE contact = @id ORDER BY at", new { id }));
    }

    public static bool May(Caller caller, ContactRow row) =>
        caller.May(Permission.DecideContacts, row.Owner) || caller.May(Permission.DecideContacts, row.Custody) || caller.May(Permission.FollowContacts, row.Area);
}
