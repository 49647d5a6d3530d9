using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// A checked person with everything that costs computing done: keys, seals, household. Made off the writer's thread; the numbers
/// themselves are not in it any more.
/// </summary>
sealed class SealedPerson(Keyring keyring)
{
    Guid? otherDocKey;

    /// <summary>Number of the row in its file, the header being row 1.</summary>
    public required long Row { get; init; }

    /// <summary>The row as it stood in the file, for the file of refused rows.</summary>
    public Personal<string> Raw { get; init; } = Personal.Of("");

    public required CheckedPerson Person { get; init; }

    public Guid? DocKey { get; init; }

    /// <summary>The key of the same number in its other length; computed when asked for, because almost nobody has an old number.</summary>
    public Guid? OtherDocKey => Person.OtherDocNo is { } other ? otherDocKey ??= DocumentKeys.Of(keyring, DocType.IdCard, other) : null;

    public byte[] DocSealed { get; init; } = [];

    public string DocMasked { get; init; } = "";

    public IReadOnlyList<(Guid Key, byte[] Sealed, string Masked)> Phones { get; init; } = [];

    public Guid? GuardianKey { get; init; }

    public string? HouseholdUnit { get; init; }

    public Guid? Household { get; init; }

    public static SealedPerson Of(Keyring keyring, CheckedPerson person, long row, string raw)
    {
        var owner = person.Owner;
        var unit = Households.UnitOf(person.Residence, person.Household);
        return new SealedPerson(keyring)
        {
            Row = row,
            Raw = Personal.Of(raw),
            Person = person,
            DocKey = person.DocNo is { } number ? DocumentKeys.Of(keyring, person.DocType, number) : null,
            DocSealed = person.DocNo is { } plain ? keyring.Seal(owner, Personal.Of(plain)) : [],
            DocMasked = person.DocNo is { } shown ? DocumentKeys.Masked(shown) : "",
            Phones = person.Phones.Count == 0 ? [] :
                [.. person.Phones.Select(p => (DocumentKeys.OfPhone(keyring, p), keyring.Seal(owner, Personal.Of(p)), DocumentKeys.Masked(p)))],
            GuardianKey = person.GuardianDocNo is { } guardian ? DocumentKeys.Of(keyring, DocType.IdCard, guardian) : null,
            HouseholdUnit = unit,
            Household = unit is null ? null : Households.IdOf(unit),
        };
    }
}
