namespace Qipan.Cases;

/// <summary>Why somebody has to look at a case again. Words reach disk and wire: append only.</summary>
public static class CaseFlags
{
    /// <summary>The day of onset lies after the day of the report: possible for an asymptomatic infection, often a slip.</summary>
    public const string OnsetAfterReport = "onset_after_report";

    /// <summary>The result it was opened on says something else now, or nothing (INV-12).</summary>
    public const string OpeningResultChanged = "opening_result_changed";

    /// <summary>Positive again after discharge: a medical review, no new case (INV-34).</summary>
    public const string Repositive = "re_positive";

    /// <summary>The sample was taken before a discharge that has happened since (INV-13).</summary>
    public const string LatePositive = "late_positive";

    /// <summary>Its person turned out to be one who has a case of the same disease already; it does not count until somebody decides (INV-21).</summary>
    public const string SamePerson = "same_person";

    /// <summary>All of them, for pages and tests.</summary>
    public static IReadOnlyList<string> All { get; } = [OnsetAfterReport, OpeningResultChanged, Repositive, LatePositive, SamePerson];

    /// <summary>The words with this one among them.</summary>
    internal static string With(string flags, string flag) =>
        Has(flags, flag) ? flags : string.Join(' ', flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(flag).Order(StringComparer.Ordinal));

    /// <summary>The words without this one.</summary>
    internal static string Without(string flags, string flag) =>
        string.Join(' ', flags.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(f => f != flag));

    internal static bool Has(string flags, string flag) => flags.Split(' ').Contains(flag);
}
