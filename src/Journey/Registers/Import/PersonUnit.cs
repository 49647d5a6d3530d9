using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Registers;

/// <summary>
/// Judges some rows against what the register knows, and collects what has to be written. Pure but for the ids it mints. Rules:
/// a document decides (INV-22); name and birth alone never merge (INV-23), they only park a pair.
/// </summary>
sealed class PersonUnit(KnownPersons known, string source, DateTimeOffset now, Func<Guid> newId, int guardianUnderAge, DateOnly today)
{
    readonly Dictionary<Guid, int> byDocument = [];
    readonly Dictionary<(string, string, string), List<int>> byName = [];
    readonly Dictionary<Guid, int> changed = [];
    readonly UnitPairs pairs = new(known, now);

    public List<PersonRow> New { get; } = [];

    public List<DocumentRow> Documents { get; } = [];

    public List<PhoneRow> Phones { get; } = [];

    public Dictionary<Guid, HouseholdRow> NewHouseholds { get; } = [];

    public List<PairRow> Pairs => pairs.Found;

    public List<(PersonRow Old, PersonRow New)> Changes { get; } = [];

    /// <summary>Versions that came and went inside this unit.</summary>
    public List<PersonRow> Superseded { get; } = [];

    /// <summary>Temporary identities whose document is known by now; each is among <see cref="Changes"/>.</summary>
    public List<PersonRow> Linked { get; } = [];

    public List<(SealedPerson Row, Refusal Refusal)> Refused { get; } = [];

    /// <summary>Whom each row is about, by its number in the file: added, there already, or registered elsewhere.</summary>
    public Dictionary<long, Guid> Persons { get; } = [];

    public long Had { get; private set; }

    public long Accepted { get; private set; }

    /// <summary>How often each warning was given to rows that were accepted or had.</summary>
    public Dictionary<PersonWarnings, long> Warnings { get; } = [];

    public long Warned { get; private set; }

    public void Take(SealedPerson row)
    {
        var person = row.Person;
        var warnings = person.Warnings;
        var bind = row.DocKey;
        PersonRow? conflict = null;
        if (row.DocKey is { } key)
        {
            var inUnit = byDocument.TryGetValue(key, out var at);
            if (inUnit || known.Holders.ContainsKey(key))
            {
                var holder = inUnit ? New[at] : Latest(known.Holders[key]);
                if (PersonAgain.Is(holder, person))
                {
                    Again(row, holder, inUnit ? at : null, warnings);
                    return;
                }
                // Taken without the document before: the same row again is nobody new.
                if (person.Birth is not null && There(row) is { } there)
                {
                    Persons[row.Row] = there;
                    Had++;
                    Warn(warnings);
                    return;
                }
                (conflict, bind) = (holder, null);
                warnings |= PersonWarnings.DocumentNotBound;
            }
        }
        else if (There(row) is { } same)
        {
            Persons[row.Row] = same;
            Had++;
            Warn(warnings);
            return;
        }
        Add(row, bind, conflict, ref warnings);
        Persons[row.Row] = New[^1].Id;
        Accepted++;
        Warn(warnings);
    }

    void Add(SealedPerson row, Guid? bind, PersonRow? conflict, ref PersonWarnings warnings)
    {
        var person = row.Person;
        var guardian = GuardianOf(row);
        if (guardian is null && AgeBands.AgeOf(person.Birth, today) < guardianUnderAge)
            warnings |= PersonWarnings.GuardianMissing;
        var added = new PersonRow
        {
            Owner = person.Owner,
            Id = newId(),
            Name = person.Name,
            NameKey = person.NameKey,
            Sex = person.Sex,
            Birth = person.Birth,
            Residence = person.Residence,
            Household = row.Household,
            RegisteredDivision = person.RegisteredDivision,
            Workplace = person.Workplace,
            RiskPost = person.RiskPost,
            SpecialGroups = (long)person.Groups,
            Guardian = guardian,
            Confidence = IdentityConfidence.Claimed,
            PresentOwner = person.Owner,
            PresentPlace = person.Residence,
            PresentSince = now,
            CreatedAt = now,
            Source = source,
        };
        if (conflict is not null)
            pairs.Conflict(conflict, added);
        if (known.AnyShort && row.OtherDocKey is { } other && HolderOf(other) is { } sameNumber)
            pairs.ShortId(sameNumber, added);
        pairs.WithKnown(row, added);
        if (person.Birth is { } born && byName.TryGetValue((added.Owner, added.NameKey, born), out var namesakes))
            pairs.WithNamesakes(row, added, namesakes.Select(i => New[i]));
        if (bind is { } document)
        {
            byDocument[document] = New.Count;
            AddDocument(row, document, added);
        }
        if (person.Birth is { } birth)
            Put(byName, (added.Owner, added.NameKey, birth), New.Count);
        AddPhones(row, added.Owner, added.Id);
        AddHousehold(row, added);
        New.Add(added);
    }

    void AddDocument(SealedPerson row, Guid key, PersonRow person) => Documents.Add(new DocumentRow
    {
        Owner = person.Owner,
        DocKey = key,
        Person = person.Id,
        DocType = row.Person.DocType,
        Sealed = row.DocSealed,
        Masked = row.DocMasked,
    });

    /// <summary>The same document and person once more: nothing new is <c>already_had</c>, something new is a version.</summary>
    void Again(SealedPerson row, PersonRow holder, int? inUnit, PersonWarnings warnings)
    {
        Persons[row.Row] = holder.Id;
        if (holder.Owner != row.Person.Owner)
        {
            Refused.Add((row, new RegisteredElsewhere(holder.Owner)));
            return;
        }
        var merged = PersonAgain.Merge(holder, row, GuardianOf(row), now);
        var freshPhones = row.Phones.Count(p => !HasPhone(holder.Id, p.Key));
        if (merged == holder && freshPhones == 0)
        {
            Had++;
            Warn(warnings);
            return;
        }
        AddPhones(row, holder.Owner, holder.Id);
        if (PersonAgain.IsMet(holder, row))
        {
            AddDocument(row, row.DocKey!.Value, holder);
            Linked.Add(merged);
        }
        if (merged.Household != holder.Household)
            AddHousehold(row, merged);
        if (merged != holder)
            Supersede(holder, merged with { Version = holder.Version + 1 }, inUnit);
        Accepted++;
        Warn(warnings | PersonWarnings.NewVersion);
    }

    void Supersede(PersonRow holder, PersonRow merged, int? inUnit)
    {
        if (inUnit is { } at)
        {
            Superseded.Add(holder);
            New[at] = merged;
        }
        else if (changed.TryGetValue(holder.Id, out var again))
        {
            Superseded.Add(holder);
            Changes[again] = (Changes[again].Old, merged);
        }
        else
        {
            changed[holder.Id] = Changes.Count;
            Changes.Add((holder, merged));
        }
    }

    PersonRow Latest(PersonRow holder) => changed.TryGetValue(holder.Id, out var at) ? Changes[at].New : holder;

    /// <summary>Who is there already, to the letter, for a row without a document.</summary>
    Guid? There(SealedPerson row)
    {
        var key = (row.Person.Owner, row.Person.NameKey, row.Person.Birth!);
        if (known.Namesakes.TryGetValue(key, out var there)
            && there.Find(k => k.Residence == row.Person.Residence && !known.WithDocument.Contains(k.Id) && row.Phones.All(p => HasPhone(k.Id, p.Key))) is { } old)
            return old.Id;
        foreach (var i in byName.TryGetValue(key, out var own) ? own : [])
            if (New[i].Residence == row.Person.Residence && !Documents.Exists(d => d.Person == New[i].Id) && row.Phones.All(p => HasPhone(New[i].Id, p.Key)))
                return New[i].Id;
        return null;
    }

    Guid? GuardianOf(SealedPerson row) => row.GuardianKey is { } key ? HolderOf(key) : null;

    Guid? HolderOf(Guid document) => byDocument.TryGetValue(document, out var at) ? New[at].Id : known.Holders.TryGetValue(document, out var holder) ? holder.Id : null;

    bool HasPhone(Guid person, Guid key) => known.PhonesOf.TryGetValue(person, out var own) && own.Contains(key);

    void AddPhones(SealedPerson row, string owner, Guid person)
    {
        foreach (var (key, box, masked) in row.Phones)
        {
            if (HasPhone(person, key))
                continue;
            Phones.Add(new PhoneRow { Owner = owner, Person = person, PhoneKey = key, Sealed = box, Masked = masked });
            (known.PhonesOf.TryGetValue(person, out var own) ? own : known.PhonesOf[person] = []).Add(key);
        }
    }

    void AddHousehold(SealedPerson row, PersonRow person)
    {
        if (row.Household is not { } id)
            return;
        var adult = AgeBands.AgeOf(person.Birth, today) >= 18 ? person.Id : (Guid?)null;
        if (NewHouseholds.TryGetValue(id, out var there))
        {
            if (there.Head is null && adult is not null)
                NewHouseholds[id] = there with { Head = adult };
            return;
        }
        NewHouseholds[id] = new HouseholdRow
        {
            Owner = PlaceCode.OwnerOf(row.HouseholdUnit!),
            Id = id,
            UnitCode = row.HouseholdUnit!,
            Head = adult,
            PhoneKey = row.Phones.Count > 0 ? row.Phones[0].Key : null,
            CreatedAt = now,
        };
    }

    void Warn(PersonWarnings warnings)
    {
        if (warnings == PersonWarnings.None)
            return;
        Warned++;
        for (var bit = 1; bit <= (int)warnings; bit <<= 1)
            if (((int)warnings & bit) != 0)
                Warnings[(PersonWarnings)bit] = Warnings.GetValueOrDefault((PersonWarnings)bit) + 1;
    }

    static void Put<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int value)
        where TKey : notnull => (lists.TryGetValue(key, out var list) ? list : lists[key] = []).Add(value);
}

/// <summary>The person is on another county's register.</summary>
public sealed record RegisteredElsewhere(string County) : Refusal("registered_elsewhere", RefusalKind.Conflict,
    $"This person is registered in county {County}. Ask it to hand the person over.", $"该人员已在{County}登记，请联系该地移交。");
