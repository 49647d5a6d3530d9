using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Registers;

/// <summary>
/// Judges some rows against what the register knows, and collects what has to be written. Pure but for the ids it mints. Rules:
/// a document decides (INV-22); name and birth alone never merge (INV-23), they only park a pair.
/// </summary>
sealed class PersonUnit(KnownPersons known, string source, DateTimeOffset now, Func<Guid> newId, int guardianUnderAge, DateOnly today)
{
    /// <summary>Of one row; a name that half the county bears would park the county.</summary>
    const int MostPairs = 5;

    readonly Dictionary<Guid, int> byDocument = [];
    readonly Dictionary<(string, string, string), List<int>> byName = [];
    readonly Dictionary<Guid, int> changed = [];
    readonly HashSet<(Guid, Guid)> pairedUp = [];

    public List<PersonRow> New { get; } = [];

    public List<DocumentRow> Documents { get; } = [];

    public List<PhoneRow> Phones { get; } = [];

    public Dictionary<Guid, HouseholdRow> NewHouseholds { get; } = [];

    public List<PairRow> Pairs { get; } = [];

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
                if (SamePerson(holder, person))
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
        Park(row, added, conflict);
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
        var merged = Merge(holder, row);
        var freshPhones = row.Phones.Count(p => !HasPhone(holder.Id, p.Key));
        if (merged == holder && freshPhones == 0)
        {
            Had++;
            Warn(warnings);
            return;
        }
        AddPhones(row, holder.Owner, holder.Id);
        if (IsMet(holder, row))
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

    /// <summary>Intake has met the document before the register knew whose it is.</summary>
    static bool IsMet(PersonRow holder, SealedPerson row) => holder.Temporary is not null && holder.Id == row.DocKey;

    /// <summary>What the row says stands before what was there; what it does not say stays.</summary>
    PersonRow Merge(PersonRow old, SealedPerson row)
    {
        var person = row.Person;
        return PersonVersions.WithResidence(IsMet(old, row) ? Named(old, person) : old, person.Residence, now) with
        {
            Sex = person.Sex == Sex.Unknown ? old.Sex : person.Sex,
            Birth = person.Birth is null || (old.Birth?.Length ?? 0) > person.Birth.Length ? old.Birth : person.Birth,
            Household = row.Household ?? old.Household,
            RegisteredDivision = person.RegisteredDivision ?? old.RegisteredDivision,
            Workplace = person.Workplace ?? old.Workplace,
            RiskPost = person.RiskPost ?? old.RiskPost,
            SpecialGroups = old.SpecialGroups | (long)person.Groups,
            Guardian = GuardianOf(row) ?? old.Guardian,
        };
    }

    static PersonRow Named(PersonRow met, CheckedPerson person) =>
        met with { Name = person.Name, NameKey = person.NameKey, Temporary = null, Confidence = IdentityConfidence.Claimed };

    /// <summary>Somebody without a name is whoever the document names.</summary>
    static bool SamePerson(PersonRow holder, CheckedPerson person) => (holder.NameKey == person.NameKey || (holder.Temporary is not null && holder.NameKey.Length == 0))
        && (holder.Birth is null || person.Birth is null
            || holder.Birth.StartsWith(person.Birth, StringComparison.Ordinal) || person.Birth.StartsWith(holder.Birth, StringComparison.Ordinal));

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

    void Park(SealedPerson row, PersonRow added, PersonRow? conflict)
    {
        var person = row.Person;
        if (conflict is not null)
            Pair(conflict.Id, added, 0.8, "document_conflict");
        if (known.AnyShort && row.OtherDocKey is { } other)
        {
            if (byDocument.TryGetValue(other, out var at))
                Pair(New[at].Id, added, 0.95, "short_id");
            else if (known.Holders.TryGetValue(other, out var holder))
                Pair(holder.Id, added, 0.95, "short_id");
        }
        if (person.Birth is { } birth)
        {
            var key = (added.Owner, added.NameKey, birth);
            if (known.Namesakes.TryGetValue(key, out var there))
                foreach (var namesake in there.Take(MostPairs))
                    Pair(namesake.Id, added, Likeness(namesake.Residence == added.Residence, row, known.WithIdCard.Contains(namesake.Id)), "name_birth");
            if (byName.TryGetValue(key, out var own))
                foreach (var i in own.Take(MostPairs))
                    Pair(New[i].Id, added, Likeness(New[i].Residence == added.Residence, row, true), "name_birth");
        }
        foreach (var (phone, _, _) in row.Phones)
            if (known.PhoneMates.TryGetValue((phone, added.NameKey), out var mates))
                foreach (var mate in mates.Take(MostPairs))
                    Pair(mate.Id, added, 0.5, "phone_name");
    }

    /// <summary>Two different ID cards speak against one person, one home speaks for it.</summary>
    static double Likeness(bool sameHome, SealedPerson row, bool otherHasCard) =>
        row.Person.DocType == DocType.IdCard && row.DocKey is not null && otherHasCard ? sameHome ? 0.5 : 0.3 : sameHome ? 0.9 : 0.7;

    void Pair(Guid earlier, PersonRow added, double score, string reason)
    {
        if (pairedUp.Add((earlier, added.Id)))
        {
            Pairs.Add(new PairRow { Owner = added.Owner, PersonA = earlier, PersonB = added.Id, Score = score, Reasons = reason, FoundAt = now });
            return;
        }
        var at = Pairs.FindLastIndex(p => p.PersonA == earlier && p.PersonB == added.Id);
        var pair = Pairs[at];
        if (!pair.Reasons.Contains(reason, StringComparison.Ordinal))
            Pairs[at] = pair with { Score = Math.Min(0.95, Math.Max(pair.Score, score) + 0.1), Reasons = $"{pair.Reasons},{reason}" };
    }

    Guid? GuardianOf(SealedPerson row) => row.GuardianKey is not { } key ? null
        : byDocument.TryGetValue(key, out var at) ? New[at].Id
        : known.Holders.TryGetValue(key, out var holder) ? holder.Id : null;

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
