using System.Globalization;
using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>
/// Reads a plate layout from delimited text: either lines of well, tube code or control role, or the plate drawn as a grid with
/// column numbers above and row letters at the left. A control is written with the word of the instrument: NTC, NC, PC, 阴性对照. Pure.
/// </summary>
static class LayoutCsv
{
    static readonly HashSet<string> Controls = new(StringComparer.OrdinalIgnoreCase) { "NC", "PC", "BLANK", "空白" };

    public static (Dictionary<string, LayoutWell> Wells, List<RefusedWell> Refused) Read(byte[] bytes, ReadLimits limits)
    {
        var wells = new Dictionary<string, LayoutWell>(StringComparer.Ordinal);
        var refused = new List<RefusedWell>();
        if (TextEncoding.Detect(bytes) is not { } text)
            return (wells, refused);
        using var reader = new StreamReader(new MemoryStream(bytes, text.Skip, bytes.Length - text.Skip, writable: false), text.Encoding);
        var rows = new DelimitedReader(reader, Delimiter(text.Encoding.GetString(bytes.AsSpan(text.Skip, Math.Min(4096, bytes.Length - text.Skip)))), limits)
            .Rows().Where(row => !row.IsBlank).Take(2000).ToList();
        var columns = rows.Count == 0 ? null : GridColumns(rows[0]);
        foreach (var row in columns is null ? rows : rows.Skip(1))
        {
            if (row.Flaw is { } flaw)
                refused.Add(new RefusedWell(Line(row), "", flaw.Code, flaw.Sentence, flaw.Chinese));
            else if (columns is not null)
                Grid(row, columns, wells, refused);
            else if (row != rows[0] || WellName.TryRead(row.TextAt(0), null, out _, out _))
                Put(Line(row), row.TextAt(0), row.TextAt(1), row.TextAt(2), wells, refused);
        }
        TubesTwice(wells, refused);
        return (wells, refused);
    }

    static void Grid(TableRow row, List<string> columns, Dictionary<string, LayoutWell> wells, List<RefusedWell> refused)
    {
        for (var i = 0; i < columns.Count; i++)
            if (!row.At(i + 1).IsBlank)
                Put(Line(row), row.TextAt(0) + columns[i], row.TextAt(i + 1), "", wells, refused);
    }

    static void Put(string place, string name, string content, string role, Dictionary<string, LayoutWell> wells, List<RefusedWell> refused)
    {
        if (!WellName.TryRead(name, null, out var well, out _))
            refused.Add(new RefusedWell(place, "", "well_unknown", "The line names no well of a plate (A1 to P24).", "该行没有有效的孔位（A1 至 P24）。"));
        else if (Content(content, role) is not { } what)
            refused.Add(new RefusedWell(place, well, "layout_well_empty", "The line names neither a tube code nor a control.", "该行既无采样管编码也无对照。"));
        else if (!wells.TryAdd(well, what) && wells[well] != what)
            refused.Add(new RefusedWell(place, well, "layout_well_twice", "The well stands in the layout twice; the first line is kept.", "该孔在布板中出现两次；保留第一行。"));
    }

    static LayoutWell? Content(string content, string role)
    {
        var word = role.Length > 0 ? role : content;
        var control = Controls.Contains(word)
            ? word.Equals("PC", StringComparison.OrdinalIgnoreCase) ? WellRole.PositiveControl : WellRole.NegativeControl
            : Roles.Of(word);
        if (control is not (WellRole.Other or WellRole.Sample))
            return new LayoutWell(null, control);
        return content.Length is > 0 and <= 60 ? new LayoutWell(content.ToUpperInvariant(), null) : null;
    }

    /// <summary>A tube in two wells: nobody can say which one it is, so neither well is kept.</summary>
    static void TubesTwice(Dictionary<string, LayoutWell> wells, List<RefusedWell> refused)
    {
        foreach (var twice in wells.Where(w => w.Value.Tube is not null).GroupBy(w => w.Value.Tube).Where(g => g.Count() > 1).ToList())
            foreach (var (well, _) in twice)
            {
                wells.Remove(well);
                refused.Add(new RefusedWell(well, well, "layout_tube_twice", "The tube stands in more than one well of the layout.", "该采样管在布板中占多个孔。"));
            }
    }

    static List<string>? GridColumns(TableRow row)
    {
        var numbers = row.Cells.Skip(1).Select(c => c.Text.Trim()).TakeWhile(t => t.Length > 0).ToList();
        var counted = Enumerable.Range(1, numbers.Count).Select(n => n.ToString(CultureInfo.InvariantCulture));
        return numbers.Count >= 2 && numbers.SequenceEqual(counted) ? numbers : null;
    }

    static char Delimiter(string head) => new[] { '\t', ';', ',' }.MaxBy(d => head.Count(c => c == d));

    static string Line(TableRow row) => string.Create(CultureInfo.InvariantCulture, $"line {row.Line}");
}
