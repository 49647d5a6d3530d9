using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Which column of a laboratory's own table is what 列映射, saved as JSON and used for every file of that kind. A column is its
/// header's text, or "#3" for the third one. docs/formats/lab-files.md has an example.
/// </summary>
public sealed record ColumnMapping
{
    /// <summary>For people; shown where a file was read through it.</summary>
    public string? Name { get; init; }

    /// <summary>The columns of well, sample, target, task, dye, plate and remark. Well is required.</summary>
    public required MappedColumns Columns { get; init; }

    /// <summary>
    /// The columns of Ct: one for a table with a row per well and target, or one for each target where a row holds a whole well.
    /// </summary>
    public required IReadOnlyList<MappedCt> Ct { get; init; }

    /// <summary>Texts that say that the instrument determined no Ct. An empty cell is one only when "" is among them.</summary>
    public IReadOnlyList<string> Undetermined { get; init; } = ["Undetermined", "NoCt", "No Ct", "N/A", "NaN"];

    /// <summary>The laboratory's task words and what they mean; words of instruments are known already.</summary>
    public IReadOnlyDictionary<string, WellRole> Tasks { get; init; } = new Dictionary<string, WellRole>();

    /// <summary>True: 30,155. False: 30.155. Not given: either is read, and a comma is flagged.</summary>
    public bool? DecimalComma { get; init; }

    /// <summary>One character; not given: tab, comma and semicolon are tried.</summary>
    public string? Delimiter { get; init; }

    /// <summary>"utf-8", "gb18030", "utf-16"...; not given: detected.</summary>
    public string? Encoding { get; init; }

    /// <summary>The line of the header, 1-based; not given: the first of 300 lines that has all columns. 0: there is none.</summary>
    public int? HeaderRow { get; init; }

    /// <summary>96 or 384; not given: wells up to P24 are taken.</summary>
    public int? PlateWells { get; init; }

    /// <summary>The sheet of a workbook; not given: the first that has all columns.</summary>
    public string? Sheet { get; init; }

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter<WellRole>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The mapping in this JSON, or why it is none. Reads at most a mebibyte.</summary>
    public static Outcome<ColumnMapping> Read(Stream stream)
    {
        if (SmallJson.Read<ColumnMapping>(stream, Json, out var path) is not { } mapping)
        {
            return FileRefusals.Mapping(
                path, $"The column mapping is not valid JSON of its kind at \"{path}\": see docs/formats/lab-files.md.",
                $"列映射在“{path}”处不合格式：见 docs/formats/lab-files.md。");
        }
        return mapping.Check() is { } refusal ? refusal : mapping;
    }

    Refusal? Check()
    {
        if (Columns is null || string.IsNullOrWhiteSpace(Columns.Well))
            return FileRefusals.Mapping("columns.well", "The column mapping names no column for the well.", "列映射未指明孔位列。");
        if (Ct is not { Count: > 0 } || Ct.Any(ct => ct is null || string.IsNullOrWhiteSpace(ct.Column)))
            return FileRefusals.Mapping("ct", "The column mapping names no column for the Ct.", "列映射未指明 Ct 列。");
        if (Ct.Count > 1 && Ct.Any(ct => string.IsNullOrWhiteSpace(ct.Target)))
            return FileRefusals.Mapping("ct.target", "Each of several Ct columns needs its target.", "有多个 Ct 列时，每列都须写明靶标。");
        if (Delimiter is not null && (Delimiter.Length != 1 || Delimiter[0] is '"' or '\n' or '\r'))
            return FileRefusals.Mapping("delimiter", "The delimiter is one character and no quotation mark.", "分隔符须为单个字符，且不能是引号。");
        if (Encoding is not null && TextEncoding.ByName(Encoding) is null)
            return FileRefusals.Mapping("encoding", "The encoding is not known: take utf-8, gb18030 or utf-16.",
                "未知编码：请用 utf-8、gb18030 或 utf-16。");
        if (HeaderRow is < 0 or > 300)
            return FileRefusals.Mapping("headerRow", "The header row lies between 0 and 300.", "表头行须在 0 至 300 之间。");
        if (HeaderRow == 0 && AllColumns().Any(column => !column.StartsWith('#')))
            return FileRefusals.Mapping("headerRow", "Without a header row every column is given by number, as \"#3\".",
                "没有表头行时，各列须以编号给出，如“#3”。");
        if (PlateWells is not (null or 96 or 384))
            return FileRefusals.Mapping("plateWells", "A plate has 96 or 384 wells.", "板为 96 孔或 384 孔。");
        return Undetermined is null || Tasks is null
            ? FileRefusals.Mapping("undetermined", "The lists of the mapping are lists, not null.", "映射中的列表不能为 null。") : null;
    }

    internal IEnumerable<string> AllColumns() =>
        new[] { Columns.Well, Columns.Sample, Columns.Target, Columns.Task, Columns.Dye, Columns.Plate, Columns.Remark }
            .Concat(Ct.Select(ct => ct.Column)).OfType<string>();
}

/// <summary>Columns by header text or number ("#3").</summary>
public sealed record MappedColumns
{
    public required string Well { get; init; }

    public string? Sample { get; init; }

    public string? Target { get; init; }

    public string? Task { get; init; }

    public string? Dye { get; init; }

    /// <summary>The plate or run, where one table holds several.</summary>
    public string? Plate { get; init; }

    public string? Remark { get; init; }
}

/// <summary>A column of Ct, and the target that it is of where the column says so and no other.</summary>
public sealed record MappedCt(string Column, string? Target = null);
