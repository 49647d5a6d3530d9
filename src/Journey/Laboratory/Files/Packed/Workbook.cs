using System.Globalization;
using System.Text;

namespace Qipan.Laboratory.Files;

/// <summary>
/// The sheets of an xlsx, streamed row by row. Formulas are not computed: the stored value is used and the cell is marked.
/// Dates, styles and links are not read.
/// </summary>
sealed class Workbook(SafeZip zip, ReadLimits limits)
{
    const string Main = "xl/workbook.xml";
    List<string>? shared;

    public static bool IsIn(SafeZip zip) => zip.Has(Main);

    /// <summary>The sheets by name, in the workbook's order, with the part that holds each.</summary>
    public IReadOnlyList<(string Name, string Part)> Sheets { get; } = ReadSheets(zip, limits);

    /// <summary>Calls <paramref name="row"/> for every row of the sheet and returns the last row's number.</summary>
    public int Read(string part, Action<TableRow> row)
    {
        shared ??= ReadShared();
        return zip.Read(part, xml =>
        {
            var last = 0;
            var count = 0;
            xml.EachChild(name =>
            {
                if (name != "sheetData")
                    return;
                xml.EachChild(child =>
                {
                    if (child != "row")
                        return;
                    if (++count > limits.MaxRows)
                        throw new UnreadableFileException(FileRefusals.TooManyRows(limits.MaxRows));
                    last = int.TryParse(xml.Attribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                        ? number : last + 1;
                    row(ReadRow(xml, last));
                });
            });
            return last;
        });
    }

    TableRow ReadRow(XmlCursor xml, int line)
    {
        var cells = new List<Cell>();
        (string, string, string)? flaw = null;
        xml.EachChild(name =>
        {
            if (name != "c")
                return;
            var column = Column(xml.Attribute("r")) ?? cells.Count;
            var cell = ReadCell(xml);
            if (column >= limits.MaxColumns || cell.Text.Length > limits.MaxCellCharacters)
            {
                flaw = FileProblems.CellTooLong;
                return;
            }
            while (cells.Count <= column)
                cells.Add(Cell.Blank);
            cells[column] = cell;
        });
        return new TableRow(line, cells, flaw);
    }

    Cell ReadCell(XmlCursor xml)
    {
        var type = xml.Attribute("t");
        var text = "";
        var formula = false;
        xml.EachChild(name =>
        {
            if (name == "v")
                text = xml.Text();
            else if (name == "is")
                text = Rich(xml);
            else if (name == "f")
                formula = true;
        });
        switch (type)
        {
            case "s":
                var found = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared!.Count;
                // A text that is not in the table is a damaged name, not an empty one.
                return new Cell(found ? shared![index] : "\uFFFD", CellKind.Text, formula);
            case "inlineStr" or "str":
                return new Cell(text, CellKind.Text, formula);
            case "b":
                return new Cell(text is "1" or "true" ? "TRUE" : "FALSE", CellKind.Boolean, formula);
            case "e":
                return new Cell(text, CellKind.Error, formula);
            default:
                return new Cell(text, CellKind.Number, formula);
        }
    }

    List<string> ReadShared()
    {
        const string Part = "xl/sharedStrings.xml";
        if (!zip.Has(Part))
            return [];
        return zip.Read(Part, xml =>
        {
            var texts = new List<string>();
            long characters = 0;
            xml.EachChild(name =>
            {
                if (name != "si")
                    return;
                var text = Rich(xml);
                // Each text costs an object even when it is empty.
                characters += text.Length + 16;
                if (characters > limits.MaxSharedCharacters)
                    throw new UnreadableFileException(FileRefusals.Bomb);
                texts.Add(text);
            });
            return texts;
        });
    }

    // Plain text, or runs of formatted text; phonetic guides (rPh) are not part of it.
    static string Rich(XmlCursor xml)
    {
        string? one = null;
        StringBuilder? more = null;
        void Append(string text)
        {
            if (one is null)
                one = text;
            else
                (more ??= new StringBuilder(one)).Append(text);
        }
        xml.EachChild(name =>
        {
            if (name == "t")
                Append(xml.Text());
            else if (name == "r")
                xml.EachChild(inner =>
                {
                    if (inner == "t")
                        Append(xml.Text());
                });
        });
        return more?.ToString() ?? one ?? "";
    }

    static int? Column(string? reference)
    {
        if (reference is null)
            return null;
        var column = 0;
        var letters = 0;
        while (letters < reference.Length && letters < 4 && char.IsAsciiLetterUpper(reference[letters]))
            column = column * 26 + (reference[letters++] - 'A' + 1);
        return letters == 0 ? null : column - 1;
    }

    static List<(string Name, string Part)> ReadSheets(SafeZip zip, ReadLimits limits)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        const string Links = "xl/_rels/workbook.xml.rels";
        if (zip.Has(Links))
        {
            zip.Read(Links, xml =>
            {
                xml.EachChild(_ =>
                {
                    if (xml.Attribute("Id") is { } id && xml.Attribute("Target") is { } target && xml.Attribute("TargetMode") != "External")
                        targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
                });
                return 0;
            });
        }
        return zip.Read(Main, xml =>
        {
            var sheets = new List<(string, string)>();
            xml.EachChild(name =>
            {
                if (name != "sheets")
                    return;
                xml.EachChild(_ =>
                {
                    if (xml.Attribute("id") is { } id && targets.TryGetValue(id, out var part) && zip.Has(part)
                        && sheets.Count < limits.MaxEntries)
                    {
                        sheets.Add((xml.Attribute("name") ?? "", part));
                    }
                });
            });
            return sheets;
        });
    }
}
