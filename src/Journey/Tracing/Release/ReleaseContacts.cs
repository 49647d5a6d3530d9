using Qipan.Contracts;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// A person decides that contacts are released 解除. Each decision keeps its checklist with the evidence of every line; where a line does not
/// hold, it is refused and says how many are missing.
/// </summary>
/// <param name="Contacts">Any row of each person; all active rows of the person end together (INV-28).</param>
sealed record ReleaseContacts(IReadOnlyList<Guid> Contacts);

sealed class ReleaseContactsHandler(Store store, ContactWork work)
{
    internal static readonly Table<ReleaseRecord> Rows = new("release_decision",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("contact", ColumnType.Uuid, r => r.Contact),
        new("person", ColumnType.Uuid, r => r.Person),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("checklist", ColumnType.Text, r => r.Checklist));

    public async Task<Outcome<DecidedReport>> Handle(Caller caller, ReleaseContacts command)
    {
        if (command.Contacts.Count is 0 or > 20_000)
            return new NoContactsGiven();
        var ids = command.Contacts.Distinct().ToList();
        var owners = store.Read(s => ContactDuties.Owners(ContactRows.OfPersons(s, [.. ContactRows.ByIds(s, ids).Select(r => r.Person).Distinct()])));
        var items = new List<DecidedItem>(ids.Count);
        foreach (var unit in ids.Chunk(500))
        {
            var written = await store.Write(new WriteScope(caller.Actor, [.. owners.Append(caller.Owner).Distinct()]),
                session => Outcome.Of(Release(session, caller, unit)));
            if (!written.Ok)
                return written.Refusal;
            items.AddRange(written.Value);
        }
        return new DecidedReport(items.Count(i => i.Done), items.Count(i => !i.Done), items);
    }

    List<DecidedItem> Release(WriteSession session, Caller caller, Guid[] ids)
    {
        var asked = ContactRows.ByIds(session, ids).ToDictionary(r => r.Id);
        var found = ReleaseFacts.Of(session, work.Days, [.. asked.Values.Select(r => r.Person).Distinct()], session.Now);
        var (items, released, moves) = (new List<DecidedItem>(), new HashSet<Guid>(), new List<(ContactRow From, ContactRow To, string Checklist)>());
        foreach (var id in ids)
        {
            if (!asked.TryGetValue(id, out var row) || !caller.May(Permission.DecideContacts, row.Custody))
                items.Add(DecidedItem.Of(id, new ContactUnknown()));
            else if (!found.TryGetValue(row.Person, out var facts))
                items.Add(DecidedItem.Of(id, released.Contains(row.Person) ? new TaskEnded() : new NothingActive()));
            else if (facts.Lines.Count(l => !l.Holds) is > 0 and var missing)
                items.Add(DecidedItem.Of(id, new ReleaseNotReady(missing)));
            else
            {
                items.Add(DecidedItem.Of(id, null));
                if (!released.Add(row.Person))
                    continue;
                var checklist = TracingJson.Write(facts.Lines);
                moves.AddRange(facts.Rows.Select(r => (r, r with { State = ContactState.Released, EndedAt = session.Now, Flag = null }, checklist)));
            }
        }
        Write(session, moves);
        return items;
    }

    static void Write(WriteSession session, List<(ContactRow From, ContactRow To, string Checklist)> moves)
    {
        if (moves.Count == 0)
            return;
        var decisions = moves.ConvertAll(m => new ReleaseRecord(
            m.From.Owner, session.NewId(), m.From.Id, m.From.Person, session.Now, session.Actor.ToString(), m.From.Protocol, m.Checklist));
        session.Insert(Rows, decisions);
        ContactChange.Write(session, moves.ConvertAll(m => (m.From, m.To)), null, "released");
        // What was still open was not needed: the checklist held without it.
        ContactWork.Stop(session, moves.ConvertAll(m => m.From), "released");
        foreach (var (from, _, _) in moves)
            session.Publish(from.Owner, new ContactEnded(from.Id, "released"));
        foreach (var county in decisions.GroupBy(d => d.Owner))
            session.Trail(county.Key, "release_contacts",
                county.Count() == 1 ? new Ref("release", county.First().Id) : new Ref("county", county.Key),
                county.Count() == 1 ? ContactDuties.Ref(county.First().Contact) : null, county.First().Protocol, new { contacts = county.Count() });
    }

    internal sealed record ReleaseRecord(string Owner, Guid Id, Guid Contact, Guid Person, DateTimeOffset At, string Actor, string Protocol, string Checklist);
}
