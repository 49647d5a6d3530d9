using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Cases.Reading;

/// <summary>A person with what the finder compares.</summary>
sealed class SharingPerson
{
    public SharingPerson(int index, ReadPerson person)
    {
        Index = index;
        Person = person;
        Name = person.Name?.Reveal(Disclosure.ForProcessing);
        Homes = [.. person.Remarks.Where(r => r is { Kind: RemarkKind.Residence, Place: not null })
            .Select(r => (PlaceKey.Of(r.Place!), r))];
    }

    public int Index { get; }

    public ReadPerson Person { get; }

    public string? Name { get; }

    public IReadOnlyList<(PlaceKey Key, ReadRemark Remark)> Homes { get; }

    /// <summary>刘某: shared by thousands.</summary>
    public bool NameIsMasked => Name?.Contains('某', StringComparison.Ordinal) == true;

    /// <summary>The same compound or house; null when nothing of the two homes fits.</summary>
    public (ReadRemark Own, ReadRemark Other, bool House)? SameHome(SharingPerson other)
    {
        foreach (var (key, remark) in Homes)
            foreach (var (otherKey, otherRemark) in other.Homes)
                if (!key.IsArea && !otherKey.IsArea && PlaceKey.Likeness(key, otherKey) >= 0.85)
                    return (remark, otherRemark, IsHouse(key.Name) && key.Name == otherKey.Name);
        return null;
    }

    /// <summary>Relations by which a text names somebody: 系病例5的丈夫; 与…聚餐.</summary>
    public IEnumerable<(NamedPerson Who, TextWords Words)> Named() =>
        Person.Remarks.Where(r => r.Who is not null).Select(r => (r.Who!, r.Words))
            .Concat(Person.Stays.SelectMany(s => s.With.Select(w => (w, s.Words))));

    /// <summary>A husband's other is a woman: says whether the sexes speak against the relation.</summary>
    public bool SpeaksAgainst(PersonRelation relation, SharingPerson other) =>
        relation == PersonRelation.Spouse && Person.Sex != Sex.Unknown && Person.Sex == other.Person.Sex;

    /// <summary>694号: a number at the end, so that two who give it live behind one door.</summary>
    static bool IsHouse(string name) => name.Length > 2 && (char.IsAsciiDigit(name[^1])
        || (name[^1] is '号' or '室' or '户' && char.IsAsciiDigit(name[^2])));
}
