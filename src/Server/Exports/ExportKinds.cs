using Qipan.Duties;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
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

/// <summary>One column: its name in the file, how it is written, and where it comes from (a column of its own name unless told otherwise).</summary>
sealed record ExportColumn(string Name, ExportType Type = ExportType.Text, Type? Words = null, string? Sql = null);

/// <summary>
/// A list that can be exported. Document and phone numbers are in none: they leave the program only where a page shows one person's.
/// </summary>
/// <param name="Kind">As the command names it.</param>
/// <param name="Table">Where the rows stand, as <c>x</c>; it has an owner.</param>
/// <param name="Area">The test of a row's place; <c>{0}x.area{1}</c> becomes <c>substr(x.area, 1, 6) = @territory</c>.</param>
/// <param name="Personal">Which columns tell something about a person; they stand in the access log.</param>
/// <param name="Columns">In the order of the file.</param>
sealed record ExportKind(string Kind, string Table, string Area, IReadOnlyList<string> Personal, IReadOnlyList<ExportColumn> Columns)
{
    /// <summary>The column that names the round, 32 hex digits or bytes; null where the rows are of no round.</summary>
    public string? Round { get; init; }

    /// <summary>The instant that the dates are asked of; null where the rows have none.</summary>
    public string? Day { get; init; }
}

static class ExportKinds
{
    public static IReadOnlyList<ExportKind> All { get; } =
    [
        new("persons", "person x", "{0}x.residence{1}", ["name", "sex", "birth", "residence", "present_place"],
        [
            new("owner"), new("id", ExportType.Id), new("name"), new("sex", ExportType.Word, typeof(Sex)), new("birth"), new("residence"),
            new("household", ExportType.Id), new("special_groups", ExportType.Number), new("confidence", ExportType.Word, typeof(IdentityConfidence)),
            new("present_kind", ExportType.Word, typeof(PresentKind)), new("present_place"), new("present_since", ExportType.Instant),
        ]),
        new("duties", "duty x", "{0}x.area{1}", ["subject_id"],
        [
            new("owner"), new("kind", ExportType.Word, typeof(DutyKind)), new("basis_kind"), new("basis_id"), new("subject_kind"),
            new("subject_id", ExportType.Id), new("protocol"), new("area"), new("age_band", ExportType.Word, typeof(AgeBand)),
            new("owner_unit", ExportType.Id), new("opened_at", ExportType.Instant), new("due_at", ExportType.Instant),
            new("state", ExportType.Word, typeof(DutyState)), new("ended_at", ExportType.Instant), new("ended_by"), new("evidence_kind"),
            new("evidence_id"), new("reason"), new("priority", ExportType.Number), new("escalation", ExportType.Number), new("note"),
        ])
        {
            Day = "x.opened_at",
        },
        new("registrations", "registration x", "{0}x.area{1}", ["person"],
        [
            new("owner"), new("id", ExportType.Id), new("round", ExportType.Id), new("person", ExportType.Id), new("tube", ExportType.Id),
            new("position", ExportType.Number), new("occurred_at", ExportType.Instant), new("corrected_at", ExportType.Instant),
            new("specimen", ExportType.Word, typeof(Specimen)), new("device", ExportType.Id), new("state", ExportType.Word, typeof(RegistrationState)),
            new("result_state", ExportType.Word, typeof(MemberResult)), new("area"),
        ])
        {
            Round = "x.round",
            Day = "x.corrected_at",
        },
        new("results", "result x JOIN tube t ON t.owner = x.owner AND t.id = x.tube LEFT JOIN run u ON u.id = x.run",
            "({0}x.owner{1} OR EXISTS (SELECT 1 FROM registration g WHERE g.owner = x.owner AND g.tube = x.tube AND g.state <> 3 AND {0}g.area{1}))", [],
        [
            new("owner"), new("id", ExportType.Id), new("tube_code", Sql: "t.code"), new("tube", ExportType.Id), new("tube_kind", ExportType.Number, Sql: "t.kind"),
            new("persons", ExportType.Number, Sql: "t.count"), new("round", ExportType.Id, Sql: "t.round"), new("sealed_at", ExportType.Instant, Sql: "t.sealed_at"),
            new("received_at", ExportType.Instant, Sql: "t.received_at"), new("laboratory", ExportType.Id, Sql: "u.lab"), new("run", ExportType.Id),
            new("plate", Sql: "u.plate"), new("assay", Sql: "u.assay"), new("assay_version", ExportType.Number, Sql: "u.assay_version"),
            new("version", ExportType.Number), new("call", ExportType.Word, typeof(Call)), new("ct"), new("state", ExportType.Word, typeof(ResultState)),
            new("verified", ExportType.Number), new("alarm"), new("reported_at", ExportType.Instant), new("released_at", ExportType.Instant),
            new("supersedes", ExportType.Id), new("reason"),
        ])
        {
            Round = "t.round",
            Day = "x.reported_at",
        },
    ];

    public static ExportKind? Named(string kind) => All.FirstOrDefault(k => k.Kind == kind);
}
