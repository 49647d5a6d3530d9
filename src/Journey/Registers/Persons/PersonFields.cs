using Qipan.Http;

namespace Qipan.Registers;

/// <summary>What can be shown of a person. The bits are the program's own and reach neither disk nor wire.</summary>
[Flags]
public enum PersonFields
{
    None = 0,
    Name = 1 << 0,

    /// <summary>The name without the family name: 伟 of 张伟.</summary>
    FirstName = 1 << 1,

    /// <summary>The first three and last four characters of the number.</summary>
    MaskedDocument = 1 << 2,
    Sex = 1 << 3,

    /// <summary>Whole years.</summary>
    Age = 1 << 4,
    Birth = 1 << 5,

    /// <summary>The residence in words and as a code.</summary>
    Address = 1 << 6,
    Household = 1 << 7,
    MaskedPhone = 1 << 8,
    SpecialGroups = 1 << 9,

    /// <summary>Where the person is now.</summary>
    Present = 1 << 10,
    Guardian = 1 << 11,
    Work = 1 << 12,

    /// <summary>May ask for the whole phone number; each time is logged.</summary>
    RevealPhone = 1 << 13,

    /// <summary>May ask for the whole document number; each time is logged.</summary>
    RevealDocument = 1 << 14,
}

/// <summary>
/// The fewest fields that each role's work needs (P-05). The only place where it is written; a test holds the whole table. A
/// role that is not here sees nobody.
/// </summary>
public static class FieldsOfRole
{
    /// <summary>The fields that a role is shown.</summary>
    public static PersonFields Of(Role role) => role switch
    {
        Role.Sampler => PersonFields.Name | PersonFields.MaskedDocument,
        Role.Courier => PersonFields.Address | PersonFields.FirstName,
        Role.Commander => PersonFields.Name | PersonFields.Age | PersonFields.Address | PersonFields.SpecialGroups | PersonFields.Present,
        Role.RoundOfficer => PersonFields.Name | PersonFields.MaskedDocument | PersonFields.Sex | PersonFields.Age | PersonFields.Address
            | PersonFields.Household | PersonFields.MaskedPhone | PersonFields.SpecialGroups | PersonFields.Present | PersonFields.Guardian,
        Role.GridWorker => PersonFields.Name | PersonFields.MaskedDocument | PersonFields.Sex | PersonFields.Age | PersonFields.Address
            | PersonFields.Household | PersonFields.MaskedPhone | PersonFields.SpecialGroups | PersonFields.Present | PersonFields.Guardian
            | PersonFields.RevealPhone,
        Role.Investigator => PersonFields.Name | PersonFields.MaskedDocument | PersonFields.Sex | PersonFields.Age | PersonFields.Birth
            | PersonFields.Address | PersonFields.Household | PersonFields.MaskedPhone | PersonFields.SpecialGroups | PersonFields.Present
            | PersonFields.Guardian | PersonFields.Work | PersonFields.RevealPhone | PersonFields.RevealDocument,
        Role.Technician or Role.Reviewer or Role.Administrator or Role.Auditor => PersonFields.None,
    };

    /// <summary>
    /// What the caller may see of somebody who lives at one place and is at another: the roles that cover either. Of a child
    /// under the age of guardianship no phone: the guardian is asked (P-18).
    /// </summary>
    public static PersonFields Of(Caller caller, string residence, string? presentPlace, string presentOwner, bool isChild)
    {
        var here = presentPlace ?? presentOwner;
        var fields = caller.Grants
            .Where(g => residence.StartsWith(g.Territory, StringComparison.Ordinal) || here.StartsWith(g.Territory, StringComparison.Ordinal))
            .Aggregate(PersonFields.None, (all, g) => all | Of(g.Role));
        return isChild ? fields & ~(PersonFields.MaskedPhone | PersonFields.RevealPhone) : fields;
    }

    /// <summary>The names of the fields, as the access log keeps them.</summary>
    public static IReadOnlyList<string> Names(PersonFields fields) =>
        [.. Enum.GetValues<PersonFields>().Where(f => f != PersonFields.None && fields.HasFlag(f)).Select(f => f.ToString())];
}
