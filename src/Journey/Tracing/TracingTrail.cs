using System.Globalization;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Contacts, their tasks, releases, venues and lists in the chain of facts: by ids and times, never by name of a person.</summary>
sealed class TracingTrail(LocalDays days) : ITrailSource
{
    public IReadOnlyList<string> Kinds { get; } = ["contact", "contact_change", "contact_task", "release", "venue", "roster", "visit", "handover"];

    public TrailNode? Explain(Session session, Ref subject)
    {
        var text = subject.Kind == "contact_change" ? subject.Id.Split('.')[0] : subject.Id;
        if (!Guid.TryParseExact(text, "N", out var id))
            return null;
        return subject.Kind switch
        {
            "contact" or "contact_change" => ContactRows.One(session, id) is { } contact ? Contact(session, subject, contact) : null,
            "contact_task" or "visit" => TaskRow.One(session, id) is { } task ? Task(subject, task) : null,
            "release" => session.One<Release>("SELECT contact, at, actor, protocol, checklist FROM release_decision WHERE id = @id", new { id }) is { } release
                ? OfRelease(subject, release) : null,
            "venue" => VenueRow.ByIds(session, [id]).FirstOrDefault() is { } venue
                ? new TrailNode(subject, $"venue {venue.Name}", [("category", venue.Category)], [new Ref("place", venue.Place)]) : null,
            "roster" => session.One<List>("SELECT kind, name, from_at, to_at FROM roster WHERE id = @id", new { id }) is { } list
                ? new TrailNode(subject, $"{list.Kind.ToString().ToLowerInvariant()} list {list.Name}", [("from", Time(list.FromAt)), ("to", Time(list.ToAt))], []) : null,
            "handover" => HandoverRow.One(session, id) is { } handover ? OfHandover(subject, handover) : null,
            _ => null,
        };
    }

    TrailNode OfHandover(Ref subject, HandoverRow row)
    {
        var facts = new List<(string, string)>
        {
            ("from", row.Owner),
            ("to", row.Outside ? $"{row.ToOwner}, outside this deployment" : row.ToOwner),
            ("requested", $"{Time(row.RequestedAt)} by {row.RequestedBy}{(row.Reason is null ? "" : ": " + row.Reason)}"),
        };
        if (row.Level > 0)
            facts.Add(("late", $"{row.Level} time-out(s) passed"));
        if (row.DecidedAt is { } at)
            facts.Add((row.State.ToString().ToLowerInvariant(), $"{Time(at)} by {row.DecidedBy}{(row.Answer is null ? "" : ": " + row.Answer)}"));
        return new TrailNode(subject, $"hand-over, {row.State.ToString().ToLowerInvariant()}", facts, [HandoverWork.Subject(row)]);
    }

    TrailNode Contact(Session session, Ref subject, ContactRow contact)
    {
        var evidence = contact.ReadEvidence();
        var facts = new List<(string, string)>
        {
            ("situation", contact.Situation),
            ("sources", contact.Sources),
            ("exposed", $"{Time(contact.FirstExposure)} to {Time(contact.LastExposure)}"),
            ("window", evidence.Window ?? ""),
            ("rating", $"{contact.Rating.ToString("0.##", CultureInfo.InvariantCulture)}: {evidence.Rating}"),
            ("protocol", contact.Protocol),
        };
        var venues = VenueRow.ByIds(session, [.. evidence.Meetings.Select(m => Guid.ParseExact(m.Venue, "N")).Distinct()]).ToDictionary(v => v.Id.ToString("N"), v => v.Name);
        facts.AddRange(evidence.Meetings.Select(m => ("met", string.Create(CultureInfo.InvariantCulture,
            $"{venues.GetValueOrDefault(m.Venue, "a venue")}{(m.Area > 0 ? $" area {m.Area}" : "")}, {Time(DateTimeOffset.FromUnixTimeSeconds(m.From))} to {Time(DateTimeOffset.FromUnixTimeSeconds(m.Until))}{(m.Inferred ? ", a leave was inferred" : "")}"))));
        facts.AddRange(evidence.Facts.Select(f => (f.Source, $"{f.Said} ({f.Of})")));
        if (contact.DeterminedAt is { } at)
            facts.Add(("decided", $"{Time(at)} by {contact.DeterminedBy}"));
        if (contact.ReleaseAt is { } end)
            facts.Add(("ends", Time(end)));
        facts.AddRange(ContactChange.Of(session, contact.Id).Select(c => (ContactWork.Word(c.ToState), $"{Time(c.At)} by {c.Actor}{(c.Reason is null ? "" : ": " + c.Reason)}")));
        var under = new List<Ref> { new("case", contact.IndexCase) };
        if (contact.IndexContact is { } via)
            under.Insert(0, ContactDuties.Ref(via));
        under.AddRange(evidence.Meetings.Select(m => new Ref("venue", m.Venue)).Distinct());
        under.AddRange(evidence.Facts.Select(f => f.Of.Split('/')).Where(p => p is ["roster" or "registration", _]).Select(p => new Ref(p[0], p[1])));
        return new TrailNode(subject, $"{contact.Kind.ToString().ToLowerInvariant()} contact, {ContactWork.Word(contact.State).Replace('_', ' ')}", facts, under);
    }

    TrailNode Task(Ref subject, TaskRow task)
    {
        var facts = new List<(string, string)> { ("day", task.Day.ToString(CultureInfo.InvariantCulture)), ("due", Time(task.UntilAt)) };
        if (task.DoneAt is { } at)
            facts.Add(("done", $"{Time(at)} by {task.DoneBy}: {task.Finding}"));
        var under = new List<Ref> { ContactDuties.Ref(task.Contact) };
        if (task is { EvidenceKind: "result", EvidenceId: { } result })
            under.Insert(0, new Ref("result", result));
        return new TrailNode(subject, $"{task.Kind.ToString().ToLowerInvariant()} of a contact, {task.State.ToString().ToLowerInvariant()}", facts, under);
    }

    TrailNode OfRelease(Ref subject, Release release)
    {
        var lines = TracingJson.Read<List<CheckLine>>(release.Checklist);
        var under = lines.SelectMany(l => l.Evidence).Distinct().Select(e => e.Split('/')).Select(p => new Ref(p[0], p[1])).Prepend(ContactDuties.Ref(release.Contact));
        return new TrailNode(subject, "release of a contact",
            [("decided", $"{Time(release.At)} by {release.Actor}"), ("protocol", release.Protocol), .. lines.Select(l => (l.Code, l.Sentence))], [.. under]);
    }

    string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, days.Zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    sealed class Release
    {
        public Guid Contact { get; init; }

        public DateTimeOffset At { get; init; }

        public string Actor { get; init; } = "";

        public string Protocol { get; init; } = "";

        public string Checklist { get; init; } = "";
    }

    sealed class List
    {
        public RosterKind Kind { get; init; }

        public string Name { get; init; } = "";

        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset ToAt { get; init; }
    }
}

/// <summary>Says which pieces of tracing's evidence stand: decisions and visits.</summary>
sealed class TracingEvidence : Duties.IEvidenceCheck
{
    public IReadOnlyList<string> Kinds { get; } = ["contact_change", "visit", "self_check", "handover"];

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var known = ids.Select(i => (Id: i, Key: Guid.TryParseExact(i.Split('.')[0], "N", out var key) ? key : Guid.Empty)).ToList();
        var standing = kind == "contact_change"
            ? session.Query<Change>($"SELECT contact, version FROM contact_change WHERE contact {session.InIds("keys")}", new { keys = session.Keys(known.Select(k => k.Key)) })
                .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Contact:N}.{c.Version}")).ToHashSet(StringComparer.Ordinal)
            : kind == "handover"
            ? session.Query<Guid>($"SELECT id FROM handover WHERE state <> 1 AND id {session.InIds("keys")}", new { keys = session.Keys(known.Select(k => k.Key)) })
                .Select(i => i.ToString("N")).ToHashSet(StringComparer.Ordinal)
            : session.Query<Guid>($"SELECT id FROM contact_task WHERE state = 1 AND id {session.InIds("keys")}", new { keys = session.Keys(known.Select(k => k.Key)) })
                .Select(i => i.ToString("N")).ToHashSet(StringComparer.Ordinal);
        return [.. ids.Where(i => !standing.Contains(i))];
    }

    sealed class Change
    {
        public Guid Contact { get; init; }

        public long Version { get; init; }
    }
}
