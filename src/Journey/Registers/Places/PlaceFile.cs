using System.Globalization;
using System.Text.Json;
using Qipan.Kernel;
using Qipan.Kernel.Codes;

namespace Qipan.Registers;

/// <summary>The kinds of place files, known by their header.</summary>
enum PlaceFileKind
{
    /// <summary>code, name …: provinces, cities, counties, streets, communities, or an own tree down to the entrance.</summary>
    Places = 1,

    /// <summary>CODE, NAME, POPU …: census figures of counties.</summary>
    Census = 2,

    /// <summary>old_code, new_code, changed_on.</summary>
    CodeChanges = 3,

    /// <summary>code, name, parent, of_which, covers.</summary>
    ReportingUnits = 4,
}

/// <summary>Reads the rows of a place file, whichever it is.</summary>
sealed class PlaceFile
{
    readonly CsvRows rows;
    readonly Dictionary<string, int> columns;

    PlaceFile(CsvRows rows, Dictionary<string, int> columns, PlaceFileKind kind)
    {
        this.rows = rows;
        this.columns = columns;
        Kind = kind;
    }

    public PlaceFileKind Kind { get; }

    public static Outcome<PlaceFile> Open(TextReader reader)
    {
        var csv = new CsvRows(reader);
        if (!csv.Read())
            return new ImportEmpty();
        var header = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < csv.Count; i++)
            header.TryAdd(csv[i].Trim('\ufeff').ToLowerInvariant() switch { "编码" or "代码" => "code", "名称" => "name", var other => other }, i);
        PlaceFileKind? kind = header switch
        {
            _ when header.ContainsKey("old_code") && header.ContainsKey("new_code") => PlaceFileKind.CodeChanges,
            _ when header.ContainsKey("covers") && header.ContainsKey("of_which") => PlaceFileKind.ReportingUnits,
            _ when header.ContainsKey("popu") || header.ContainsKey("population2020") => PlaceFileKind.Census,
            _ when header.ContainsKey("code") && header.ContainsKey("name") => PlaceFileKind.Places,
            _ => null,
        };
        return kind is { } known ? new PlaceFile(csv, header, known) : new ImportColumnsUnknown("code, name");
    }

    public bool Read() => rows.Read();

    public long Number => rows.Number;

    public string Raw => rows.Raw;

    /// <summary>A place, with census figures or without.</summary>
    public Outcome<Place> Place()
    {
        if (Fault() is { } fault)
            return fault;
        var code = PlaceCode.Parse(Field("code"));
        if (!code.Ok)
            return code.Refusal;
        var name = Field("name");
        if (name.Length is 0 or > 100)
            return new PlaceNameMissing();
        var population = Number64(Field("popu").Length > 0 ? Field("popu") : Field("population2020").Length > 0 ? Field("population2020") : Field("population"));
        var (lat, lon) = (Real(Field("lat")), Real(Field("lon")));
        if (lat is < -90 or > 90 || lon is < -180 or > 180 || lat is null != lon is null)
            return new PlacePointWrong();
        return new Place
        {
            Code = code.Value.Value,
            Name = name,
            NameEn = Text("name_en"),
            Official = (short)(Registers.Place.IsOfficial(code.Value.Value) ? 1 : 0),
            Grid = Text("grid"),
            Lat = lat,
            Lon = lon,
            Population = population,
            ValidFrom = Text("valid_from"),
            ValidTo = Text("valid_to"),
        };
    }

    public Outcome<(string Old, string New, string On, string? Note)> Change()
    {
        if (Fault() is { } fault)
            return fault;
        var (old, next) = (PlaceCode.Parse(Field("old_code")), PlaceCode.Parse(Field("new_code")));
        if (!old.Ok)
            return old.Refusal;
        if (!next.Ok)
            return next.Refusal;
        return (old.Value.Value, next.Value.Value, Field("changed_on"), Text("note"));
    }

    public Outcome<ReportingUnit> Unit()
    {
        if (Fault() is { } fault)
            return fault;
        var covers = Field("covers").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var cover in covers)
            if (PlaceCode.Parse(cover) is { Ok: false } wrong)
                return wrong.Refusal;
        if (Field("code").Length == 0 || Field("name").Length == 0)
            return new PlaceNameMissing();
        return new ReportingUnit
        {
            Code = Field("code"),
            Name = Field("name"),
            NameEn = Text("name_en"),
            Parent = Text("parent"),
            OfWhich = Field("of_which") == "1",
            Covers = JsonSerializer.Serialize(covers),
            ValidFrom = Text("valid_from"),
            ValidTo = Text("valid_to"),
        };
    }

    Refusal? Fault() => rows.Broken ? new RowBroken() : rows.Raw.Contains('\ufffd') ? new RowBadEncoding() : null;

    string Field(string column) => columns.TryGetValue(column, out var at) ? rows[at] : "";

    string? Text(string column) => Field(column) is { Length: > 0 } text ? text : null;

    static long? Number64(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    static double? Real(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : null;
}

/// <summary>A place without a name or code.</summary>
public sealed record PlaceNameMissing() : FieldRefusal("name", "place_name_missing", RefusalKind.Invalid,
    "A place needs a code and a name of up to 100 characters.", "地点须有编码和不超过100字的名称。");

/// <summary>Not a point on the earth.</summary>
public sealed record PlacePointWrong() : FieldRefusal("lat", "place_point_wrong", RefusalKind.Invalid,
    "Latitude and longitude stand together: -90 to 90 and -180 to 180 degrees.", "纬度、经度须同时填写，且在有效范围内。");

/// <summary>The place above is missing.</summary>
public sealed record PlaceParentUnknown() : FieldRefusal("code", "place_parent_unknown", RefusalKind.Invalid,
    "The place above this one is not in the tree. Import provinces, cities, counties, streets and communities in this order.",
    "上级地点不在地点树中，请按省、市、县、街道、社区的顺序导入。");
