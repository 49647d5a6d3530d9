namespace Qipan.Registers;

/// <summary>
/// A person as somebody wrote it down: on a form, in a file, in a device. Nothing is checked yet; empty means not said. Holds
/// personal data in plain and lives only until it is judged.
/// </summary>
public sealed class PersonDraft
{
    public string Name { get; set; } = "";

    /// <summary>1/2, M/F, 男/女, male/female.</summary>
    public string Sex { get; set; } = "";

    /// <summary>yyyy-MM-dd, yyyy/M/d, yyyyMMdd, yyyy年M月d日 or yyyy.</summary>
    public string Birth { get; set; } = "";

    /// <summary>Number or word of <see cref="DocType"/>; empty with a number of 15 or 18 characters means an ID card.</summary>
    public string DocType { get; set; } = "";

    public string DocNo { get; set; } = "";

    /// <summary>One or more numbers, separated by ; / 、 or blanks.</summary>
    public string Phones { get; set; } = "";

    /// <summary>Place code of the community or finer.</summary>
    public string Residence { get; set; } = "";

    /// <summary>What tells households of one place apart, such as 户号; empty: everybody of one room is one household.</summary>
    public string Household { get; set; } = "";

    public string RegisteredDivision { get; set; } = "";

    public string Workplace { get; set; } = "";

    public string RiskPost { get; set; } = "";

    public string SpecialGroups { get; set; } = "";

    /// <summary>ID card number of the guardian.</summary>
    public string GuardianDocNo { get; set; } = "";

    public void Clear() => Name = Sex = Birth = DocType = DocNo = Phones = Residence = Household = RegisteredDivision = Workplace
        = RiskPost = SpecialGroups = GuardianDocNo = "";
}

/// <summary>What was noticed about a row that was taken all the same. The bits reach disk: append only.</summary>
[Flags]
public enum PersonWarnings
{
    None = 0,

    /// <summary>The identity number begins with a division that the place tree does not have (INV-23).</summary>
    HistoricDivision = 1 << 0,

    /// <summary>A phone number was none and was left out.</summary>
    PhoneDropped = 1 << 1,

    /// <summary>A word is no special group.</summary>
    GroupUnknown = 1 << 2,

    /// <summary>The sex that was written differs from the document's, which was taken.</summary>
    SexDiffers = 1 << 3,

    /// <summary>A child without a guardian (P-18).</summary>
    GuardianMissing = 1 << 4,

    /// <summary>The residence stood under a code that was renumbered; the present one was taken.</summary>
    ResidenceRenumbered = 1 << 5,

    /// <summary>The document belongs to somebody else already; the person was taken without it and parked (INV-22).</summary>
    DocumentNotBound = 1 << 6,

    /// <summary>The person was there with other data; a new version was written.</summary>
    NewVersion = 1 << 7,
}
