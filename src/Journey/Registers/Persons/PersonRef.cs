namespace Qipan.Registers;

/// <summary>Sex (GB/T 2261.1). The numbers reach disk: append only.</summary>
public enum Sex
{
    Unknown = 0,
    Male = 1,
    Female = 2,
    NotStated = 9,
}

/// <summary>Where somebody is now. The numbers reach disk: append only.</summary>
public enum PresentKind
{
    /// <summary>At the residence unit 现住.</summary>
    Residence = 1,

    /// <summary>居家隔离.</summary>
    HomeIsolation = 2,

    /// <summary>集中隔离.</summary>
    CentralIsolation = 3,
    Hospital = 4,
    InTransit = 5,

    /// <summary>离开本地: out of every county that this deployment serves.</summary>
    LeftRegion = 6,
    Deceased = 7,
    Elsewhere = 8,
}

/// <summary>How sure it is that the person is who the row says. The numbers reach disk: append only.</summary>
public enum IdentityConfidence
{
    /// <summary>A document was read by a machine or checked by staff.</summary>
    Verified = 1,

    /// <summary>Said by the person, or from a list.</summary>
    Claimed = 2,

    /// <summary>A temporary identity (INV-19).</summary>
    Unknown = 3,
}

/// <summary>
/// What other modules need of a person 人员: no name, no document, no phone. Birth and name key are personal all the same: they
/// are for judging and never for showing.
/// </summary>
public class PersonRef
{
    /// <summary>The county of the row; it stays when the person moves.</summary>
    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The one current residence unit: a place code of community level or finer.</summary>
    public required string Residence { get; init; }

    /// <summary>yyyy-MM-dd, yyyy or null.</summary>
    public string? Birth { get; init; }

    public Sex Sex { get; init; }

    public Guid? Household { get; init; }

    public PresentKind PresentKind { get; init; } = PresentKind.Residence;

    /// <summary>The county that is responsible for the person now.</summary>
    public required string PresentOwner { get; init; }

    /// <summary>Where the person is now; null when it is not known to place level.</summary>
    public string? PresentPlace { get; init; }

    /// <summary>Set when this row was found to be the same person as another: follow it.</summary>
    public Guid? MergedInto { get; init; }

    public string NameKey { get; init; } = "";

    internal const string Columns =
        "owner, id, residence, birth, sex, household, present_kind, present_owner, present_place, merged_into, name_key";
}
