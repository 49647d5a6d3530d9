namespace Qipan.Registers;

/// <summary>A row of an import about somebody who is on the register: whether it is the same person, and what the row says anew. Pure.</summary>
static class PersonAgain
{
    /// <summary>Intake has met the document before the register knew whose it is.</summary>
    public static bool IsMet(PersonRow holder, SealedPerson row) => holder.Temporary is not null && holder.Id == row.DocKey;

    /// <summary>What the row says stands before what was there; what it does not say stays.</summary>
    public static PersonRow Merge(PersonRow old, SealedPerson row, Guid? guardian, DateTimeOffset now)
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
            Guardian = guardian ?? old.Guardian,
        };
    }

    static PersonRow Named(PersonRow met, CheckedPerson person) =>
        met with { Name = person.Name, NameKey = person.NameKey, Temporary = null, Confidence = IdentityConfidence.Claimed };

    /// <summary>Somebody without a name is whoever the document names.</summary>
    public static bool Is(PersonRow holder, CheckedPerson person) => (holder.NameKey == person.NameKey || (holder.Temporary is not null && holder.NameKey.Length == 0))
        && (holder.Birth is null || person.Birth is null
            || holder.Birth.StartsWith(person.Birth, StringComparison.Ordinal) || person.Birth.StartsWith(holder.Birth, StringComparison.Ordinal));
}
