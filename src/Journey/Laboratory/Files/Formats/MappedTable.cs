using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>A table whose columns a saved mapping names.</summary>
sealed class MappedTable : ResultTable
{
    readonly ColumnMapping mapping;
    readonly CtText ctText;
    readonly int well, sample, target, task, dye, plate, remark;
    readonly (int Column, string? Target)[] cts;
    readonly int last;

    MappedTable(ColumnMapping mapping, Header header, Func<string, int> column, ReadingCollector collector, ReadLimits limits)
        : base(header, collector, limits)
    {
        this.mapping = mapping;
        ctText = new CtText(mapping.Undetermined, limits.MaxCt, mapping.DecimalComma);
        int Find(string? name) => name is null ? -1 : column(name);
        (well, sample, target, task) =
            (Find(mapping.Columns.Well), Find(mapping.Columns.Sample), Find(mapping.Columns.Target), Find(mapping.Columns.Task));
        (dye, plate, remark) = (Find(mapping.Columns.Dye), Find(mapping.Columns.Plate), Find(mapping.Columns.Remark));
        cts = [.. mapping.Ct.Select(ct => (column(ct.Column), ct.Target))];
        last = cts.Select(ct => ct.Column).Concat([well, sample, target]).Max();
    }

    /// <summary>The table with this row as its header, or the name of the first column that is not in it.</summary>
    public static (MappedTable? Table, string? Missing) Under(
        TableRow row, ColumnMapping mapping, ReadingCollector collector, ReadLimits limits, bool inSheet)
    {
        var header = new Header(row);
        int Column(string name) => Number(name) ?? header.Find(name);
        foreach (var name in mapping.AllColumns())
        {
            var column = Column(name);
            if (column < 0 || column >= header.Width)
                return (null, name);
        }
        return (new MappedTable(mapping, header, Column, collector, limits) { InSheet = inSheet }, null);
    }

    public static void ReadAll(
        IEnumerable<TableRow> rows, ColumnMapping mapping, ReadingCollector collector, ReadLimits limits, bool inSheet)
    {
        var table = new MappedRows(mapping, collector, limits, inSheet);
        foreach (var row in rows)
            table.Accept(row);
        table.Finish();
    }

    protected override void Read(TableRow row, string where)
    {
        if (!WellName.TryRead(row.TextAt(well), mapping.PlateWells, out var name, out var outside))
        {
            Collector.Refuse(where, outside ? FileProblems.WellOutOfRange : FileProblems.WellUnknown);
            return;
        }
        var run = plate >= 0 ? row.TextAt(plate) : null;
        if (row.Cells.Count <= last && !InSheet)
        {
            Collector.Refuse(where, FileProblems.RowShort, name, run);
            return;
        }
        if (cts.Select(ct => ct.Column).Concat([well, sample, target, task, plate]).Any(column => row.At(column).Formula))
            Collector.Flag(where, FileProblems.Formula, name, run);
        if (!row.Terminated && cts[^1].Column == row.Cells.Count - 1)
            Collector.Flag(where, FileProblems.NoFinalLineEnd, name, run);
        var word = row.TextAt(task);
        var reading = new ResultWell(name, row.TextAt(sample), row.TextAt(target), word, null, row.Line)
        {
            Role = task < 0 ? WellRole.Sample : mapping.Tasks.TryGetValue(word, out var role) ? role : Roles.Of(word),
            Reading = CtReading.Blank,
            Dye = NullIfBlank(row.TextAt(dye)),
            Run = run,
            Remark = NullIfBlank(row.TextAt(remark)),
        };
        foreach (var (column, ofTarget) in cts)
            Add(ctText, row.At(column), ofTarget is null ? reading : reading with { Target = ofTarget }, where);
    }

    protected override string? WellOf(TableRow row) =>
        WellName.TryRead(row.TextAt(well), mapping.PlateWells, out var name, out _) ? name : null;

    static int? Number(string name) =>
        name.StartsWith('#') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number - 1 : null;

    static string? NullIfBlank(string text) => text.Length == 0 ? null : text;
}

/// <summary>Looks for the header row of a mapped table and gives the rows under it to the table.</summary>
sealed class MappedRows(ColumnMapping mapping, ReadingCollector collector, ReadLimits limits, bool inSheet)
{
    const int LastHeaderRow = 300;
    MappedTable? table;
    string? missing;

    public void Accept(TableRow row)
    {
        if (table is not null)
        {
            table.Accept(row);
            return;
        }
        if (mapping.HeaderRow is > 0 and var wanted ? row.Line != wanted : row.Line > LastHeaderRow || row.IsBlank)
            return;
        (table, var lacks) = MappedTable.Under(row, mapping, collector, limits, inSheet);
        // The row that has most of the columns tells best which one is missing; the first such name is kept.
        missing ??= lacks;
        if (table is not null && mapping.HeaderRow == 0)
            table.Accept(row);
    }

    public void Finish()
    {
        if (table is null)
            throw new UnreadableFileException(FileRefusals.MappingColumns(missing ?? mapping.Columns.Well));
        table.Finish();
    }
}
