using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>A table of results whose header was recognised: turns each further row into readings. Not thread-safe.</summary>
abstract class ResultTable(Header header, ReadingCollector collector, ReadLimits limits)
{
    protected Header Header => header;

    protected ReadingCollector Collector => collector;

    protected ReadLimits Limits => limits;

    /// <summary>Reads one row after the header; blank rows and rows of notes under the table are passed over.</summary>
    public void Accept(TableRow row)
    {
        if (row.IsBlank)
        {
            afterBlank = true;
            return;
        }
        if (afterBlank && row.Flaw is null && IsNote(row))
            return;
        var where = collector.Place(row.Line);
        if (row.Flaw is { } flaw)
            collector.Refuse(where, flaw, WellOf(row));
        else if (!row.Terminated && row.Cells.Count < header.Count)
            collector.Refuse(where, FileProblems.RowCut, WellOf(row));
        else if (row.Cells.Count > header.Width && row.Cells.Skip(header.Width).Any(cell => !cell.IsBlank))
            collector.Refuse(where, FileProblems.RowLong, WellOf(row));
        else
            Read(row, where);
    }

    bool afterBlank;

    /// <summary>What the whole table shows when it has been read.</summary>
    public virtual void Finish()
    {
    }

    protected abstract void Read(TableRow row, string where);

    /// <summary>The well of a row that is refused, as far as it can be told; null otherwise.</summary>
    protected abstract string? WellOf(TableRow row);

    /// <summary>Adds one reading, or refuses it for what its Ct cell says.</summary>
    protected void Add(CtText ct, Cell cell, ResultWell well, string where)
    {
        var (reading, value, problem) = cell.Kind == CellKind.Error
            ? (CtReading.Blank, null, FileProblems.CtNotNumber) : ct.Read(cell.Text);
        if (problem is { } refused)
        {
            collector.Refuse(where, refused, well.Well, well.Run);
            return;
        }
        if (value is not null && cell.Kind == CellKind.Text && InSheet)
            collector.FlagOnce(FileProblems.NumberAsText);
        if (ct.CommaMet)
            collector.FlagOnce(FileProblems.DecimalComma);
        collector.Add(well with { Ct = value, Reading = reading }, where);
    }

    /// <summary>Set where the rows come from a workbook, whose numbers should be numbers.</summary>
    public bool InSheet { get; init; }

    // "Analysis Type = Singleplex" in text, two cells in a sheet. What could be a reading is never taken for a note.
    static bool IsNote(TableRow row) =>
        row.Cells.Count(cell => !cell.IsBlank) <= 2
        && !double.TryParse(row.TextAt(0), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
        && !row.Cells.Take(3).Any(cell => WellName.TryRead(cell.Text, null, out _, out var outside) || outside);

    protected static bool IsTrue(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text is "1" or "Yes";
}
