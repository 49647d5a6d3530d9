namespace Qipan.Registers;

/// <summary>What speaks for and against two rows being one person. The words of the members reach disk as reasons of a pair: append only.</summary>
[Flags]
enum PairEvidence
{
    None = 0,
    SameName = 1 << 0,
    SamePinyin = 1 << 1,

    /// <summary>One syllable or character differs, or is missing.</summary>
    NearName = 1 << 2,

    /// <summary>Latin names that sound alike.</summary>
    LatinAlike = 1 << 3,
    SameBirth = 1 << 4,

    /// <summary>One digit differs, or day and month changed places.</summary>
    NearBirth = 1 << 5,

    /// <summary>Of one only the year is known, and it agrees.</summary>
    SameYear = 1 << 6,

    /// <summary>A shared phone is normal in a household (INV-20): with a name that is alike, and never alone.</summary>
    Phone = 1 << 7,
    Household = 1 << 8,
    Residence = 1 << 9,

    /// <summary>The same document, on the registers of two counties.</summary>
    Document = 1 << 10,

    /// <summary>A number of 15 digits and the same one in 18.</summary>
    ShortId = 1 << 11,
    OtherSex = 1 << 12,

    /// <summary>Each has an identity card of their own.</summary>
    TwoCards = 1 << 13,
}

/// <summary>
/// How likely two rows are one person, 0 to 1. Name and birth alone never reach 0.9 (INV-23: twins, namesakes): only a document does, and only pairs
/// with a document may be joined without a person looking.
/// </summary>
static class PairScore
{
    public const PairEvidence Names = PairEvidence.SameName | PairEvidence.SamePinyin | PairEvidence.NearName | PairEvidence.LatinAlike;

    /// <summary>Evidence of identity itself.</summary>
    public const PairEvidence Identity = PairEvidence.Document | PairEvidence.ShortId;

    const double MostWithoutDocument = 0.9;

    public static double Of(PairEvidence evidence)
    {
        bool Has(PairEvidence one) => (evidence & one) != PairEvidence.None;
        var name = Has(PairEvidence.SameName) ? 0.40 : Has(PairEvidence.SamePinyin) ? 0.32 : Has(PairEvidence.LatinAlike) ? 0.28 : Has(PairEvidence.NearName) ? 0.22 : 0;
        if (Has(PairEvidence.Document))
            return name > 0 ? 0.98 : 0.6;
        if (name == 0)
            return 0;
        var birth = Has(PairEvidence.SameBirth) ? 0.30 : Has(PairEvidence.NearBirth) ? 0.14 : Has(PairEvidence.SameYear) ? 0.10 : 0;
        var sum = name + birth + (Has(PairEvidence.Phone) ? 0.12 : 0) + (Has(PairEvidence.Household) ? 0.08 : 0) + (Has(PairEvidence.Residence) ? 0.05 : 0)
            - (Has(PairEvidence.OtherSex) ? 0.25 : 0);
        if (Has(PairEvidence.ShortId))
            return 0.96;
        if (Has(PairEvidence.TwoCards))
            sum -= 0.35;
        return Math.Round(Math.Clamp(sum, 0, MostWithoutDocument), 2);
    }

    /// <summary>As kept with the pair: words with commas between.</summary>
    public static string Words(PairEvidence evidence) => string.Join(',', Enum.GetValues<PairEvidence>().Where(e => e != PairEvidence.None && evidence.HasFlag(e))
        .Select(e => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(e.ToString())));

    /// <summary>
    /// Whether a pair may be joined without a person looking (INV-23): a document in common, and names that are alike. One document under two names is a slip
    /// of the pen or worse (INV-22), and somebody has to look.
    /// </summary>
    public static bool Sure(double score, string reasons) => score > MostWithoutDocument && reasons.Split(',').Any(r => r is "document" or "short_id");
}
