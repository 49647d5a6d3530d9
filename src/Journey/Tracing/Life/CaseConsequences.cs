using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>What a case means for the contacts that are there already: INV-24, INV-29, INV-30. Each act is one unit that may be run again.</summary>
sealed class CaseConsequences(Store store, ProtocolBook book, LocalDays days, ContactWork work)
{
    /// <summary>
    /// The person of a case was a contact: their observation ends (INV-30), and whoever met them goes on as a close contact of theirs, with a
    /// clock of their own (INV-29). The case was found as a contact then, and whom it had met is its suspected source. Returns how many ended and how many were upgraded.
    /// </summary>
    public Task<Outcome<(int Converted, int Upgraded)>> BecameCase(Guid id) => Act(id, index => s => OfPerson(s, index), (session, index) =>
    {
        var own = ContactRows.OfPersons(session, [index.Person]).FindAll(r => r.IndexCase != index.Id && (r.Active || r.State == ContactState.Proposed));
        var converted = ContactWork.End(session, own, ContactState.ConvertedToCase, index.Ref.ToString(), "became a case");
        var through = ContactRows.Through(session, [.. own.Select(r => r.Id)]);
        var upgraded = Upgrade(session, index, own, through);
        var watched = own.FindAll(r => r.Active);
        if (watched.Count > 0)
            FoundAsContact.Note(session, index.Id, watched.TrueForAll(r => r.Ring == 2), [.. watched.Where(r => r.Ring == 1).Select(r => new NewLink(
                r.IndexCase, index.Id, Situation: r.Situation, ExposureOn: days.DateOf(r.LastExposure), Basis: ContactDuties.Ref(r.Id).ToString()))]);
        if (converted.Count > 0)
            session.Trail(index.Owner, "contact_became_case", index.Ref, detail: new { contacts = converted.Count, upgraded });
        return (converted.Count, upgraded);
    });

    /// <summary>
    /// The case is none (INV-24): contacts that stood on it are withdrawn, and a person stays under observation only for other exposures. The
    /// person's own contacts' rows that it had ended revive with the days that remain (INV-30), and so do those that it had upgraded.
    /// </summary>
    public Task<Outcome<(int Withdrawn, int Revived)>> RuledOut(Guid id) => Act(id, index => s => [.. OfIndex(s, index), .. OfPerson(s, index)], (session, index) =>
    {
        if (!index.RuledOut)
            return (0, 0);
        var rows = ContactRows.OfCase(session, index.Id).FindAll(r => r.Active || r.State == ContactState.Proposed);
        var withdrawn = ContactWork.End(session, rows, ContactState.Withdrawn, index.Ref.ToString(), "the index case was ruled out");
        var ended = EndedBy(session, index).FindAll(r => r.IndexCase != index.Id);
        var revived = work.Revive(session, ended, index.Ref.ToString(), "the case that ended it was ruled out");
        session.Trail(index.Owner, "withdraw_contacts", index.Ref, detail: new { withdrawn = withdrawn.Count, revived = revived.Count });
        return (withdrawn.Count, revived.Count);
    });

    /// <summary>The case is one after all: the contacts that fell with it stand again.</summary>
    public Task<Outcome<int>> Restored(Guid id) => Act(id, index => s => OfIndex(s, index), (session, index) =>
    {
        if (index.RuledOut)
            return 0;
        var fallen = EndedBy(session, index).FindAll(r => r.IndexCase == index.Id && r.State == ContactState.Withdrawn);
        var revived = work.Revive(session, fallen, index.Ref.ToString(), "the index case stands again");
        session.Trail(index.Owner, "restore_contacts", index.Ref, detail: new { revived = revived.Count });
        return revived.Count;
    });

    int Upgrade(WriteSession session, IndexCase index, List<ContactRow> own, List<ContactRow> through)
    {
        var ruling = index.Ruling(book, days, session.Now);
        if (!ruling.Ok || ruling.Value.Contact is not { Ok: true } contact || PlanRules.Of(ruling.Value) is not { Ok: true } rules)
            return 0;
        var window = ExposureWindow.Of(contact.Value.Rule, days, index.Times, session.Now);
        var early = PositiveEarly(session, index, own, contact.Value.Rule.Secondary.UpgradeIfIndexContactPositiveInFirstTests ?? 0);
        var (upgrades, fresh) = (new List<ContactRow>(), new List<ContactRow>());
        foreach (var row in through.Where(r => r.Active))
        {
            if ((!early && !window.Touches(row.FirstExposure, row.LastExposure)) || rules.Value.Plan(work.Days, ContactKind.Close, row.LastExposure) is not { Ok: true } plan)
                continue;
            upgrades.Add(row);
            fresh.Add(row with
            {
                Id = TracingIds.Contact(index.Id, row.Person, 1),
                Owner = index.Owner,
                IndexCase = index.Id,
                IndexOwner = index.Owner,
                IndexContact = null,
                Ring = 1,
                Kind = ContactKind.Close,
                Protocol = plan.Value.Protocol,
                Plan = TracingJson.Write(plan.Value),
                ReleaseAt = plan.Value.Ends,
                Reason = "upgraded: the close contact turned positive",
                Flag = null,
                Version = 1,
            });
        }
        // Who met the new case as the contact of two other cases is one contact of it, held by the later exposure.
        var there = ContactRows.ByIds(session, fresh.ConvertAll(r => r.Id)).Select(r => r.Id).ToHashSet();
        List<ContactRow> added = [.. fresh.Where(r => !there.Contains(r.Id)).GroupBy(r => r.Id)
            .Select(same => same.MaxBy(r => r.LastExposure)! with { FirstExposure = same.Min(r => r.FirstExposure) })];
        ContactWork.End(session, upgrades, ContactState.Upgraded, index.Ref.ToString(), "the close contact became a case");
        session.Insert(ContactRow.Rows, added);
        work.Calendars(session, added);
        return upgrades.Count;
    }

    /// <summary>Whether the contact turned positive in one of the first tests after the exposure, which the protocol takes as infected before.</summary>
    static bool PositiveEarly(Session session, IndexCase index, List<ContactRow> own, int first)
    {
        if (first == 0 || own.Count == 0)
            return false;
        var since = own.Min(r => r.LastExposure);
        var samples = ReleaseFacts.Samples(session, [index.Person], since)[index.Person].Where(s => s.Answer != SampleAnswer.Pending).OrderBy(s => s.TakenAt);
        return samples.Take(first).Any(s => s.Answer == SampleAnswer.NotNegative);
    }

    static List<ContactRow> EndedBy(Session session, IndexCase index)
    {
        var because = index.Ref.ToString();
        var own = ContactRows.OfPersons(session, [index.Person]);
        return [.. own.Concat(ContactRows.Through(session, [.. own.Select(r => r.Id)])).Concat(ContactRows.OfCase(session, index.Id))
            .Where(r => r.EndedBy == because).DistinctBy(r => r.Id)];
    }

    static List<ContactRow> OfIndex(Session session, IndexCase index) => ContactRows.OfCase(session, index.Id);

    static List<ContactRow> OfPerson(Session session, IndexCase index)
    {
        var own = ContactRows.OfPersons(session, [index.Person]);
        return [.. own, .. ContactRows.Through(session, [.. own.Select(r => r.Id)])];
    }

    async Task<Outcome<T>> Act<T>(Guid id, Func<IndexCase, Func<Session, List<ContactRow>>> concerned, Func<WriteSession, IndexCase, T> act)
    {
        var owners = store.Read(s => IndexCase.Of(s, id) is { } index ? ContactDuties.Owners(concerned(index)(s)).Append(index.Owner).Distinct().ToArray() : null);
        if (owners is null)
            return new CaseUnknownHere();
        return await store.Write(new WriteScope(Actor.System, owners), session => Outcome.Of(act(session, IndexCase.Of(session, id)!)));
    }
}
