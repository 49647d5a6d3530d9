using System.Text.Json;
using Qipan.Cases;
using Qipan.Registers;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>A row of an export as it comes from the store; which fields are filled depends on the rows.</summary>
sealed class ExportRow
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string No { get; init; } = "";

    public Guid Person { get; init; }

    public string Disease { get; init; } = "";

    public CaseClass Class { get; init; }

    public CaseSeverity Severity { get; init; }

    public ClinicalState Clinical { get; init; }

    public string? Onset { get; init; }

    public bool OnsetAbout { get; init; }

    public long? FirstPositiveAt { get; init; }

    public long FoundAt { get; init; }

    public long? ReportAt { get; init; }

    public long? IsolatedAt { get; init; }

    public CaseOutcome Outcome { get; init; }

    public string? OutcomeOn { get; init; }

    public string? DeathOn { get; init; }

    public Discovery Discovery { get; init; }

    public CaseOrigin Origin { get; init; }

    public string ReportRegion { get; init; } = "";

    public string OnsetRegion { get; init; } = "";

    public string CurrentRegion { get; init; } = "";

    public Guid? Cluster { get; init; }

    public SourceState SourceState { get; init; }

    public string? OutsideNo { get; init; }

    public Sex Sex { get; init; }

    public string? Birth { get; init; }

    public string Name { get; init; } = "";

    public string Residence { get; init; } = "";

    public Guid IndexCase { get; init; }

    public ContactKind Kind { get; init; }

    public string Situation { get; init; } = "";

    public long FirstExposure { get; init; }

    public long LastExposure { get; init; }

    public ContactState State { get; init; }

    public long? ReleaseAt { get; init; }

    public Guid FromCase { get; init; }

    public Guid ToCase { get; init; }

    public LinkConfidence Confidence { get; init; }

    public string? ExposureOn { get; init; }
}

/// <summary>A column of an export.</summary>
/// <param name="Name">As it stands in the head.</param>
/// <param name="Real">True: it tells who somebody is, and is written only to whoever may see that, for a purpose.</param>
/// <param name="Text">Free text: a spreadsheet must not run it.</param>
sealed record ExportedColumn(string Name, Func<ExportRow, ExportSight, string?> Value, bool Real = false, bool Text = false);

/// <summary>The columns of each kind of list. What lies below a county, a name, a number and a birth are real; everything else is pseudonymous.</summary>
static class ListColumns
{
    static readonly ExportedColumn[] OfCases =
    [
        new("case", (r, s) => s.Pseudonym(r.Id)),
        new("person", (r, s) => s.Pseudonym(r.Person)),
        new("disease", (r, _) => r.Disease, Text: true),
        new("class", (r, _) => Word(r.Class)),
        new("severity", (r, _) => Word(r.Severity)),
        new("clinical", (r, _) => Word(r.Clinical)),
        new("onset", (r, _) => r.Onset),
        new("onset_about", (r, _) => r.OnsetAbout ? "1" : "0"),
        new("first_positive_on", (r, s) => s.Day(r.FirstPositiveAt)),
        new("found_on", (r, s) => s.Day(r.FoundAt)),
        new("report_on", (r, s) => s.Day(r.ReportAt)),
        new("isolated_on", (r, s) => s.Day(r.IsolatedAt)),
        new("outcome", (r, _) => Word(r.Outcome)),
        new("outcome_on", (r, _) => r.OutcomeOn),
        new("death_on", (r, _) => r.DeathOn),
        new("discovery", (r, _) => Word(r.Discovery)),
        new("origin", (r, _) => Word(r.Origin)),
        new("source", (r, _) => Word(r.SourceState)),
        new("report_county", (r, _) => County(r.ReportRegion)),
        new("onset_county", (r, _) => County(r.OnsetRegion)),
        new("current_county", (r, _) => County(r.CurrentRegion)),
        new("cluster", (r, s) => r.Cluster is { } cluster ? s.Pseudonym(cluster) : null),
        new("sex", (r, _) => Word(r.Sex)),
        new("age_band", (r, s) => s.Band(r.Birth, r.Onset, r.FoundAt)),
        new("no", (r, _) => r.No, Real: true),
        new("outside_no", (r, _) => r.OutsideNo, Real: true, Text: true),
        new("person_id", (r, _) => r.Person.ToString("N"), Real: true),
        new("name", (r, _) => r.Name, Real: true, Text: true),
        new("birth", (r, _) => r.Birth, Real: true),
        new("residence", (r, _) => r.Residence, Real: true),
        new("current_region", (r, _) => r.CurrentRegion, Real: true),
    ];

    static readonly ExportedColumn[] OfContacts =
    [
        new("contact", (r, s) => s.Pseudonym(r.Id)),
        new("person", (r, s) => s.Pseudonym(r.Person)),
        new("case", (r, s) => s.Pseudonym(r.IndexCase)),
        new("kind", (r, _) => Word(r.Kind)),
        new("situation", (r, _) => r.Situation, Text: true),
        new("first_exposure", (r, s) => s.Day(r.FirstExposure)),
        new("last_exposure", (r, s) => s.Day(r.LastExposure)),
        new("state", (r, _) => Word(r.State)),
        new("release_on", (r, s) => s.Day(r.ReleaseAt)),
        new("county", (r, _) => County(r.Owner)),
        new("sex", (r, _) => Word(r.Sex)),
        new("age_band", (r, s) => s.Band(r.Birth, null, r.LastExposure)),
        new("person_id", (r, _) => r.Person.ToString("N"), Real: true),
        new("name", (r, _) => r.Name, Real: true, Text: true),
        new("birth", (r, _) => r.Birth, Real: true),
        new("residence", (r, _) => r.Residence, Real: true),
    ];

    static readonly ExportedColumn[] OfLinks =
    [
        new("from", (r, s) => s.Pseudonym(r.FromCase)),
        new("to", (r, s) => s.Pseudonym(r.ToCase)),
        new("confidence", (r, _) => Word(r.Confidence)),
        new("situation", (r, _) => r.Situation, Text: true),
        new("exposure_on", (r, _) => r.ExposureOn),
        new("county", (r, _) => County(r.Owner)),
    ];

    public static IReadOnlyList<ExportedColumn> Of(ListKind kind) => kind switch
    {
        ListKind.Cases => OfCases,
        ListKind.Contacts => OfContacts,
        ListKind.Links => OfLinks,
    };

    static string County(string region) => region.Length > 6 ? region[..6] : region;

    static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => Known<TEnum>.Words.TryGetValue(value, out var word) ? word : value.ToString();

    static class Known<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Words =
            Enum.GetValues<TEnum>().Distinct().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
