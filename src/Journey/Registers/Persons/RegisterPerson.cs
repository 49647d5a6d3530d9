using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Registers somebody at a desk.</summary>
/// <param name="Person">As written down.</param>
/// <param name="Verified">The document was read by a machine or checked by eye.</param>
/// <param name="Guardian">A guardian who is registered; or by the draft's document number.</param>
public sealed record RegisterPerson(PersonDraft Person, bool Verified = false, Guid? Guardian = null);

/// <summary>A registered person, what was noticed, and how many possible duplicates wait for a decision.</summary>
public sealed record Registered(Guid Id, PersonWarnings Warnings, int Parked);

public sealed class RegisterPersonHandler(Store store, Keyring keyring, RegistersSettings settings, LocalDays days)
{
    /// <summary>
    /// One person, by the same rules as an import, but stricter: a document that is there already is refused (<c>already_had</c>,
    /// or <c>document_taken</c> when name or birth differ, INV-22), and so is a child without a guardian (P-18).
    /// </summary>
    public async Task<Outcome<Registered>> Handle(RegisterPerson command, Caller caller)
    {
        var residences = new Residences(store);
        var today = days.DateOf(store.Clock.GetUtcNow());
        var person = CheckedPerson.Of(command.Person, new PersonRules(today, settings.GuardianUnderAge, residences.Of, residences.IsDivision));
        if (!person.Ok)
            return person.Refusal;
        if (caller.Must(Permission.EditPersons, person.Value.Residence) is { Ok: false } no)
            return no.Refusal;
        var row = SealedPerson.Of(keyring, person.Value, 0, "");
        return await store.Write(new WriteScope(caller.Actor, person.Value.Owner), session => Register(session, row, command, today));
    }

    Outcome<Registered> Register(WriteSession session, SealedPerson row, RegisterPerson command, DateOnly today)
    {
        if (command.Guardian is { } named && PersonDirectory.ByIds(session, [named]).Count == 0)
            return new PersonUnknown() with { Field = "guardian" };
        var unit = PersonUnitWriter.Judge(session, [row], "desk", session.Now, session.NewId, settings, today);
        if (unit.Refused.Count > 0)
            return unit.Refused[0].Refusal;
        if (unit.Linked is [var met])
            return Link(session, unit, met, command);
        if (unit.New.Count == 0)
            return new DocumentHad();
        if (unit.Warnings.ContainsKey(PersonWarnings.DocumentNotBound))
            return new DocumentTaken();
        var added = unit.New[0] with { Guardian = command.Guardian ?? unit.New[0].Guardian };
        if (added.Guardian is null && AgeBands.AgeOf(added.Birth, today) < settings.GuardianUnderAge)
            return new GuardianNeeded();
        unit.New[0] = added with { Confidence = command.Verified ? IdentityConfidence.Verified : IdentityConfidence.Claimed };
        PersonUnitWriter.Store(session, keyring, unit, "desk");
        session.Trail(added.Owner, "register_person", new Ref("person", added.Id), detail: new { verified = command.Verified, parked = unit.Pairs.Count });
        var warnings = unit.Warnings.Keys.Aggregate(PersonWarnings.None, (all, w) => all | w) & ~PersonWarnings.GuardianMissing;
        return new Registered(added.Id, warnings, unit.Pairs.Count);
    }

    /// <summary>Intake has met the person by this document: the temporary identity gets its name and keeps its id, tubes and duties.</summary>
    Registered Link(WriteSession session, PersonUnit unit, PersonRow met, RegisterPerson command)
    {
        var change = unit.Changes.FindIndex(c => c.New.Id == met.Id);
        unit.Changes[change] = (unit.Changes[change].Old, unit.Changes[change].New with
        {
            Guardian = command.Guardian ?? met.Guardian,
            Confidence = command.Verified ? IdentityConfidence.Verified : IdentityConfidence.Claimed,
        });
        PersonUnitWriter.Store(session, keyring, unit, "desk");
        return new Registered(met.Id, PersonWarnings.NewVersion, unit.Pairs.Count);
    }
}
