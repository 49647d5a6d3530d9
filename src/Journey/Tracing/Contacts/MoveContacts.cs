using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Control 管控: contacts were found, told, given the order, are in quarantine; or are lost, dead, or refuse. Steps in between are passed one
/// after the other, each with its line of history.
/// </summary>
/// <param name="To">located, notified, order_issued, under_quarantine, lost, deceased, refused.</param>
/// <param name="Reason">Needed for lost, deceased and refused.</param>
/// <param name="Version">Of the one contact, as the caller saw it; null: whatever it is now.</param>
sealed record MoveContacts(IReadOnlyList<Guid> Contacts, ContactState To, string? Reason = null, long? Version = null);

sealed class MoveContactsHandler(Store store)
{
    static readonly ContactState[] Exits = [ContactState.Lost, ContactState.Deceased, ContactState.Refused];

    public async Task<Outcome<DecidedReport>> Handle(Caller caller, MoveContacts command)
    {
        if (command.Contacts.Count is 0 or > 20_000)
            return new NoContactsGiven();
        if (!Exits.Contains(command.To) && (command.To == ContactState.Determined || !ContactStates.Steps.Contains(command.To)))
            return new StepWrong();
        if (Exits.Contains(command.To) && string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonNeeded();
        var ids = command.Contacts.Distinct().ToList();
        var owners = store.Read(s => ContactDuties.Owners(ContactRows.ByIds(s, ids)));
        var items = new List<DecidedItem>(ids.Count);
        foreach (var unit in ids.Chunk(2_000))
        {
            var written = await store.Write(new WriteScope(caller.Actor, [.. owners.Append(caller.Owner).Distinct()]),
                session => Outcome.Of(Move(session, caller, command, unit)));
            if (!written.Ok)
                return written.Refusal;
            items.AddRange(written.Value);
        }
        return new DecidedReport(items.Count(i => i.Done), items.Count(i => !i.Done), items);
    }

    static List<DecidedItem> Move(WriteSession session, Caller caller, MoveContacts command, Guid[] ids)
    {
        var rows = ContactRows.ByIds(session, ids).ToDictionary(r => r.Id);
        var items = new List<DecidedItem>(ids.Length);
        var paths = new List<(ContactRow From, List<ContactState> Path)>(ids.Length);
        foreach (var id in ids)
        {
            if (!rows.TryGetValue(id, out var row) || !(caller.May(Permission.FollowContacts, row.Area) || caller.May(Permission.DecideContacts, row.Custody)))
            {
                items.Add(DecidedItem.Of(id, new ContactUnknown()));
                continue;
            }
            Outcome<List<ContactState>> path = command.Version is { } seen && seen != row.Version ? new ContactChangedMeanwhile() : Path(row.State, command.To);
            items.Add(DecidedItem.Of(id, path.Refusal));
            if (path.Ok)
                paths.Add((row, path.Value));
        }
        for (var step = 0; paths.Exists(p => p.Path.Count > step); step++)
        {
            var moves = paths.Where(p => p.Path.Count > step).Select(p => (From: rows[p.From.Id], To: rows[p.From.Id] with
            {
                State = p.Path[step],
                Reason = command.Reason?.Trim(),
                EndedAt = p.Path[step] == ContactState.Deceased ? session.Now : null,
            })).ToList();
            ContactChange.Write(session, moves, reason: command.Reason?.Trim());
            foreach (var (from, to) in moves)
                rows[from.Id] = to with { Version = from.Version + 1 };
        }
        After(session, [.. paths.Select(p => rows[p.From.Id])]);
        foreach (var county in paths.GroupBy(p => p.From.Owner))
            session.Trail(county.Key, "move_contacts", county.Count() == 1 ? ContactDuties.Ref(county.First().From.Id) : new Ref("county", county.Key),
                detail: new { contacts = county.Count(), to = ContactWork.Word(command.To), reason = command.Reason?.Trim() });
        return items;
    }

    /// <summary>Quarantine is control; death ends all that was to come (INV-39).</summary>
    static void After(WriteSession session, List<ContactRow> rows)
    {
        Ledger.Done(session, [.. rows.Where(r => r.State == ContactState.UnderQuarantine)
            .Select(r => (ContactDuties.ControlKey(r), DecideContactsHandler.Evidence(r.Id, r.Version), session.Now))]);
        var dead = rows.FindAll(r => r.State == ContactState.Deceased);
        ContactWork.Stop(session, dead, "the contact died");
        foreach (var row in dead)
            session.Publish(row.Owner, new Contracts.ContactEnded(row.Id, "deceased"));
    }

    /// <summary>The states that are passed, the last of them <paramref name="to"/>.</summary>
    internal static Outcome<List<ContactState>> Path(ContactState from, ContactState to)
    {
        var steps = ContactStates.Steps.ToList();
        var (here, there) = (steps.IndexOf(from), steps.IndexOf(to));
        if (here >= 0 && there > here)
            return steps.GetRange(here + 1, there - here);
        var moved = ContactStates.Table.Move(from, to);
        return moved.Ok ? new List<ContactState> { moved.Value } : moved.Refusal;
    }
}
