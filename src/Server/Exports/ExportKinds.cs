using Qipan.Duties;
using Qipan.Registers;
using Qipan.Sampling;

namespace Qipan.Server.Exports;

/// <summary>How a column's stored value is written out.</summary>
enum ExportType
{
    Text = 1,
    Number = 2,

    /// <summary>32 hex digits.</summary>
    Id = 3,

    /// <summary>ISO 8601 in UTC.</summary>
    Instant = 4,

    /// <summary>The snake_case name of an enum's value.</summary>
    Word = 5,
}

/// <summary>One column: its name in the file, and how it is written.</summary>
sealed record ExportColumn(string Name, ExportType Type = ExportType.Text, Type? Words = null);

/// <summary>
/// A list that can be exported. Document and phone numbers are in none: they leave the program only where a page shows one person's.
/// </summary>
/// <param name="Kind">As the command names it.</param>
/// <param name="Table">Where the rows stand; its first column is owner.</param>
/// <param name="Area">The column that the territory is judged by.</param>
/// <param name="Personal">Which columns tell something about a person; they stand in the access log.</param>
/// <param name="Columns">In the order of the file.</param>
sealed record ExportKind(string Kind, string Table, string Area, IReadOnlyList<string> Personal, IReadOnlyList<ExportColumn> Columns);

static class ExportKinds
{
    public static IReadOnlyList<ExportKind> All { get; } =
    [
        new("persons", "person", "residence", ["name", "sex", "birth", "residence", "present_place"],
        [
            new("owner"), new("id", ExportType.Id), new("name"), new("sex", ExportType.Word, typeof(Sex)), new("birth"), new("residence"),
            new("household", ExportType.Id), new("special_groups", ExportType.Number), new("confidence", ExportType.Word, typeof(IdentityConfidence)),
            new("present_kind", ExportType.Word, typeof(PresentKind)), new("present_place"), new("present_since", ExportType.Instant),
        ]),
        new("duties", "duty", "area", ["subject_id"],
        [
            new("owner"), new("kind", ExportType.Word, typeof(DutyKind)), new("basis_kind"), new("basis_id"), new("subject_kind"),
            new("subject_id", ExportType.Id), new("protocol"), new("area"), new("age_band", ExportType.Word, typeof(AgeBand)),
            new("owner_unit", ExportType.Id), new("opened_at", ExportType.Instant), new("due_at", ExportType.Instant),
            new("state", ExportType.Word, typeof(DutyState)), new("ended_at", ExportType.Instant), new("ended_by"), new("evidence_kind"),
            new("evidence_id"), new("reason"), new("priority", ExportType.Number), new("escalation", ExportType.Number), new("note"),
        ]),
        new("registrations", "registration", "area", ["person"],
        [
            new("owner"), new("id", ExportType.Id), new("round", ExportType.Id), new("person", ExportType.Id), new("tube", ExportType.Id),
            new("position", ExportType.Number), new("occurred_at", ExportType.Instant), new("corrected_at", ExportType.Instant),
            new("specimen", ExportType.Word, typeof(Specimen)), new("device", ExportType.Id), new("state", ExportType.Word, typeof(RegistrationState)),
            new("result_state", ExportType.Word, typeof(MemberResult)), new("area"),
        ]),
    ];

    public static ExportKind? Named(string kind) => All.FirstOrDefault(k => k.Kind == kind);
}
