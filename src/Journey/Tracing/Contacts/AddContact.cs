using Qipan.Http;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Somebody names a contact 补充: what the case or a witness said. It is proposed like any other, and decided like any other.</summary>
/// <param name="Case">The index.</param>
/// <param name="Person">Who.</param>
/// <param name="Situation">A code of the protocol's situations.</param>
/// <param name="First">When the exposure began.</param>
/// <param name="Last">When it ended.</param>
/// <param name="Via">A contact of the case: then it is a contact of a contact.</param>
/// <param name="Note">What was said, without personal data.</param>
sealed record AddContact(Guid Case, Guid Person, string Situation, DateTimeOffset First, DateTimeOffset Last, Guid? Via = null, string? Note = null);

sealed class AddContactHandler(Store store, ProtocolBook book, LocalDays days, ProposalWriter writer)
{
    public async Task<Outcome<ContactRow>> Handle(Caller caller, AddContact command)
    {
        if (command.Last < command.First || command.Last > store.Clock.GetUtcNow())
            return new ExposureWrong();
        var index = store.Read(s => IndexCase.Of(s, command.Case));
        if (index is null || !caller.May(Permission.DecideContacts, index.Owner))
            return new CaseUnknownHere();
        var ruling = index.Ruling(book, days, store.Clock.GetUtcNow());
        if (!ruling.Ok)
            return ruling.Refusal;
        if (ruling.Value.Contact is not { Ok: true } contact)
            return ruling.Value.Contact.Refusal!;
        var tracing = ruling.Value.Tracing is { Ok: true } weights ? weights.Value : null;
        var window = ExposureWindow.Of(contact.Value.Rule, days, index.Times, store.Clock.GetUtcNow());
        return await store.Write(new WriteScope(caller.Actor, index.Owner), session =>
        {
            if (PersonDirectory.Current(session, [command.Person]).GetValueOrDefault(command.Person) is not { } person || person.Id == index.Person)
                return Outcome.Refused<ContactRow>(new PersonNotFound());
            var via = command.Via is { } through ? ContactRows.One(session, through) : null;
            if (command.Via is not null && via?.IndexCase != index.Id)
                return new ContactUnknown();
            var candidate = new Candidate
            {
                Person = person.Id,
                Ring = via is null ? 1 : 2,
                Via = via?.Person,
                Source = "statement",
                Situation = command.Situation,
                First = command.First,
                Last = command.Last,
                Near = Nearness.Near,
                Fact = new EvidenceFact("statement", caller.Actor.ToString(), command.Note?.Trim() is { Length: > 0 } said ? said[..Math.Min(said.Length, 500)] : "named by hand", command.Note?.Trim() is { Length: > 0 } ? null : "人工补充"),
            };
            var decision = new KindDecision(contact.Value.Rule, ruling.Value.Situations is { Ok: true } named ? named.Value.Rule : null, tracing?.Rule);
            var merged = new CandidateMerge(decision, tracing?.Rule, tracing?.Version.ToString(), "stated").Of([candidate], index.Person);
            if (merged.Count == 0)
                return new KindNotDetermined();
            var id = ContactsMoved.Of(session, index.Id, [person.Id]).Id(person.Id, candidate.Ring);
            if (ContactRows.One(session, id) is { } there)
                return Stated(session, there, merged[0]);
            writer.Write(session, index, window, merged, null);
            session.Trail(index.Owner, "add_contact", ContactDuties.Ref(id), index.Ref, contact.Value.Version.ToString());
            return ContactRows.One(session, id)!;
        });
    }

    /// <summary>One that the program had found already gets the statement beside it.</summary>
    static ContactRow Stated(WriteSession session, ContactRow row, Proposal stated)
    {
        var evidence = row.ReadEvidence();
        var changed = row with
        {
            Sources = row.Sources.Contains("statement", StringComparison.Ordinal) ? row.Sources : row.Sources + ",statement",
            Kind = row.State == ContactState.Proposed ? stated.Kind : row.Kind,
            Situation = row.State == ContactState.Proposed ? stated.Situation : row.Situation,
            FirstExposure = stated.First < row.FirstExposure ? stated.First : row.FirstExposure,
            LastExposure = row.State == ContactState.Proposed && stated.Last > row.LastExposure ? stated.Last : row.LastExposure,
            Rating = Math.Max(row.Rating, stated.Rating),
            Evidence = TracingJson.Write(evidence with { Facts = [.. evidence.Facts.Concat(stated.Evidence.Facts).Distinct()] }),
            Flag = row.State == ContactState.Proposed ? row.Flag : "longer_exposure",
        };
        session.Update(ContactRow.Rows, [changed]);
        session.Trail(row.Owner, "add_statement", ContactDuties.Ref(row.Id));
        return changed;
    }
}
