using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A person accepts or rejects proposals 判定, one or thousands (P-30).</summary>
/// <param name="Contacts">Their ids.</param>
/// <param name="Accept">True: they are contacts.</param>
/// <param name="Reason">Needed for a rejection.</param>
/// <param name="Kind">What they are instead of what was proposed: close, secondary, general; null: as proposed.</param>
sealed record DecideContacts(IReadOnlyList<Guid> Contacts, bool Accept, string? Reason = null, ContactKind? Kind = null);

/// <summary>What became of one.</summary>
sealed record DecidedItem(Guid Contact, bool Done, string? Code = null, string? Sentence = null, string? Chinese = null)
{
    public static DecidedItem Of(Guid id, Refusal? why) => why is null ? new(id, true) : new(id, false, why.Code, why.Sentence, why.Chinese);
}

sealed record DecidedReport(int Decided, int Refused, IReadOnlyList<DecidedItem> Items);

sealed class DecideContactsHandler(Store store, ProtocolBook book, LocalDays days, ContactWork work, HandoverWork handovers)
{
    /// <summary>Contacts of one unit: each brings some thirty tasks and duties.</summary>
    const int UnitRows = 500;

    /// <summary>Verdicts that are named when all went well.</summary>
    const int MostNamed = 200;

    public async Task<Outcome<DecidedReport>> Handle(Caller caller, DecideContacts command)
    {
        if (command.Contacts.Count is 0 or > 20_000)
            return new NoContactsGiven();
        if (!command.Accept && string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonNeeded();
        var ids = command.Contacts.Distinct().ToList();
        var owners = store.Read(s => Custodies.Concerned(s, ContactRows.ByIds(s, ids)));
        var (decided, items) = (0, new List<DecidedItem>());
        foreach (var unit in ids.Chunk(UnitRows))
        {
            var written = await store.Write(new WriteScope(caller.Actor, [.. unit.SelectMany(i => owners.GetValueOrDefault(i, [])).Append(caller.Owner).Distinct()]),
                session => Outcome.Of(Decide(session, caller, command, unit)));
            if (!written.Ok)
                return written.Refusal;
            decided += written.Value.Count(i => i.Done);
            items.AddRange(written.Value);
        }
        return new DecidedReport(decided, items.Count - decided, [.. items.OrderBy(i => i.Done).Take(Math.Max(MostNamed, items.Count - decided))]);
    }

    List<DecidedItem> Decide(WriteSession session, Caller caller, DecideContacts command, Guid[] ids)
    {
        var rows = ContactRows.ByIds(session, ids).ToDictionary(r => r.Id);
        var cases = ContactWork.Cases(session, rows.Values);
        var rules = new Dictionary<(string Disease, string Place), Outcome<PlanRules>>();
        var (items, moves) = (new List<DecidedItem>(ids.Length), new List<(ContactRow From, ContactRow To)>(ids.Length));
        foreach (var id in ids)
        {
            var judged = rows.TryGetValue(id, out var row) && caller.May(Permission.DecideContacts, row.Custody)
                ? Judge(session, caller, command, row, cases[row.IndexCase], rules) : new ContactUnknown();
            items.Add(DecidedItem.Of(id, judged.Refusal));
            if (judged.Ok)
                moves.Add((row!, judged.Value));
        }
        if (command.Accept)
            Accept(session, moves);
        else
            ContactChange.Write(session, moves, reason: command.Reason);
        // The evidence of a decision is the contact as decided: its version names it.
        Ledger.Done(session, [.. moves.Select(m => (ContactDuties.DecideKey(m.From), Evidence(m.From.Id, m.From.Version + 1), session.Now))]);
        foreach (var county in moves.GroupBy(m => m.From.Owner))
            session.Trail(county.Key, command.Accept ? "accept_contacts" : "reject_contacts",
                county.Count() == 1 ? ContactDuties.Ref(county.First().From.Id) : cases[county.First().From.IndexCase].Ref,
                cases[county.First().From.IndexCase].Ref, county.First().To.Protocol, new { contacts = county.Count(), reason = command.Reason?.Trim() });
        return items;
    }

    public static Ref Evidence(Guid contact, long version) =>
        new("contact_change", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{contact:N}.{version}"));

    Outcome<ContactRow> Judge(
        WriteSession session, Caller caller, DecideContacts command, ContactRow row, IndexCase index,
        Dictionary<(string Disease, string Place), Outcome<PlanRules>> rules)
    {
        var moved = ContactStates.Table.Move(row.State, command.Accept ? ContactState.Determined : ContactState.Rejected);
        if (!moved.Ok)
            return moved.Refusal;
        var decided = row with
        {
            State = moved.Value,
            DeterminedAt = session.Now,
            DeterminedBy = caller.Actor.ToString(),
            Reason = command.Reason?.Trim(),
            Flag = null,
        };
        if (!command.Accept)
            return decided with { EndedAt = session.Now };
        var county = Kernel.Codes.PlaceCode.OwnerOf(row.Area);
        if (!rules.TryGetValue((index.Disease, county), out var ruled))
        {
            var ruling = book.Resolve(index.Disease, county, days.DateOf(session.Now));
            rules[(index.Disease, county)] = ruled = ruling.Ok ? PlanRules.Of(ruling.Value) : ruling.Refusal;
        }
        if (!ruled.Ok)
            return ruled.Refusal;
        var kind = command.Kind ?? row.Kind;
        var plan = ruled.Value.Plan(work.Days, kind, row.LastExposure);
        return !plan.Ok ? plan.Refusal
            : decided with { Kind = kind, Protocol = plan.Value.Protocol, Plan = TracingJson.Write(plan.Value), ReleaseAt = plan.Value.Ends };
    }

    void Accept(WriteSession session, List<(ContactRow From, ContactRow To)> moves)
    {
        var followed = ContactWork.Follow(session, Custodies.WithOthers(session, moves.ConvertAll(m => m.To)));
        ContactChange.Write(session, [.. moves.Zip(followed, (move, row) => (move.From, row))], reason: null);
        work.Calendars(session, followed);
        foreach (var row in followed)
            session.Publish(row.Owner, new ContactDetermined(row.Id, row.Person, row.IndexCase));
        handovers.Away(session, followed);
    }
}
