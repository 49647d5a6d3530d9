using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Corrects a person: a new version, the old one stays readable.</summary>
/// <param name="Person">Whose.</param>
/// <param name="Version">The version that was looked at; if another one was written since, nothing is done.</param>
/// <param name="Reason">Why, without names.</param>
/// <param name="Changes">What is to be otherwise.</param>
public sealed record CorrectPerson(Guid Person, long Version, string Reason, PersonChanges Changes);

/// <summary>Only what is set is changed.</summary>
public sealed record PersonChanges
{
    public string? Name { get; init; }

    public Sex? Sex { get; init; }

    /// <summary>Not for a person with an ID card: its number says it.</summary>
    public string? Birth { get; init; }

    /// <summary>A move: whoever is at home is at the new home from now on. Moving to another county needs a hand-over.</summary>
    public string? Residence { get; init; }

    public Guid? Household { get; init; }

    public string? RegisteredDivision { get; init; }

    public string? Workplace { get; init; }

    public string? RiskPost { get; init; }

    /// <summary>All groups from now on, in words.</summary>
    public IReadOnlyList<string>? SpecialGroups { get; init; }

    public Guid? Guardian { get; init; }

    /// <summary>All phones from now on.</summary>
    public IReadOnlyList<string>? Phones { get; init; }
}

public sealed class CorrectPersonHandler(Store store, Keyring keyring, LocalDays days)
{
    public async Task<Outcome<Done>> Handle(CorrectPerson command, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonMissing();
        if (store.Read(s => PersonDirectory.ByIds(s, [command.Person])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        if (caller.Must(Permission.EditPersons, person.Residence) is { Ok: false } no)
            return no;
        var changes = command.Changes;
        string? residence = null;
        if (changes.Residence is { } moved)
        {
            var place = new Residences(store).Of(moved);
            if (!place.Ok)
                return place.Refusal;
            if (PlaceCode.OwnerOf(place.Value) != person.Owner)
                return new MoveNeedsHandOver();
            residence = place.Value;
        }
        var phones = new List<(Guid Key, byte[] Sealed, string Masked)>();
        foreach (var text in changes.Phones ?? [])
        {
            var phone = PhoneNumber.Parse(text);
            if (!phone.Ok)
                return phone.Refusal;
            var digits = phone.Value.Digits.Reveal(Disclosure.ForProcessing);
            phones.Add((DocumentKeys.OfPhone(keyring, digits), keyring.Seal(person.Owner, Personal.Of(digits)), DocumentKeys.Masked(digits)));
        }
        return await store.Write(new WriteScope(caller.Actor, person.Owner), session => Correct(session, command, residence, phones));
    }

    Outcome<Done> Correct(WriteSession session, CorrectPerson command, string? residence, List<(Guid Key, byte[] Sealed, string Masked)> phones)
    {
        var old = session.One<PersonRow>("SELECT * FROM person WHERE id = @Person", new { command.Person })!;
        if (old.Version != command.Version)
            return new ChangedMeanwhile();
        var changes = command.Changes;
        if (changes.Name is { } name && NameKeys.Of(name).Length == 0)
            return new NameMissing();
        string? birth = null;
        if (changes.Birth is { } text && (birth = CheckedPerson.BirthOf(text, days.DateOf(session.Now))) is null)
            return new BirthWrong();
        if (birth is not null && birth != old.Birth
            && session.Scalar<long>("SELECT COUNT(*) FROM person_document WHERE owner = @Owner AND person = @Id AND doc_type = 1", new { old.Owner, old.Id }) > 0)
            return new BirthDiffersFromDocument();
        if (changes.Guardian is { } guardian && PersonDirectory.ByIds(session, [guardian]).Count == 0)
            return new PersonUnknown() with { Field = "guardian" };
        var corrected = PersonVersions.WithResidence(old, residence ?? old.Residence, session.Now) with
        {
            Name = changes.Name?.Trim() ?? old.Name,
            NameKey = changes.Name is null ? old.NameKey : NameKeys.Of(changes.Name),
            Sex = changes.Sex ?? old.Sex,
            Birth = birth ?? old.Birth,
            Household = changes.Household ?? old.Household,
            RegisteredDivision = changes.RegisteredDivision ?? old.RegisteredDivision,
            Workplace = changes.Workplace ?? old.Workplace,
            RiskPost = changes.RiskPost ?? old.RiskPost,
            SpecialGroups = changes.SpecialGroups is { } words ? (long)SpecialGroupWords.Parse(string.Join(';', words)).Groups : old.SpecialGroups,
            Guardian = changes.Guardian ?? old.Guardian,
            Version = old.Version + 1,
        };
        PersonVersions.Supersede(session, keyring, [(old, corrected)], command.Reason);
        if (changes.Phones is not null)
        {
            session.Execute("DELETE FROM person_phone WHERE owner = @Owner AND person = @Id", new { old.Owner, old.Id });
            session.Insert(PhoneRow.Rows, [.. phones.DistinctBy(p => p.Key).Select(p => new PhoneRow
            {
                Owner = old.Owner,
                Person = old.Id,
                PhoneKey = p.Key,
                Sealed = p.Sealed,
                Masked = p.Masked,
            })]);
        }
        session.Trail(old.Owner, "correct_person", new Ref("person", old.Id), detail: new { version = corrected.Version, fields = Named(changes) });
        return Done.Value;
    }

    static IEnumerable<string> Named(PersonChanges changes) =>
        typeof(PersonChanges).GetProperties().Where(p => p.GetValue(changes) is not null).Select(p => p.Name);
}

/// <summary>The new residence lies in another county.</summary>
public sealed record MoveNeedsHandOver() : FieldRefusal("residence", "move_needs_hand_over", RefusalKind.Conflict,
    "The new residence is in another county. Record the whereabouts there and ask that county to take the person over.",
    "新现住地在其他区县，请先登记行踪并由该区县接收。");
