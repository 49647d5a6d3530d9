namespace Qipan.Laboratory.Files;

/// <summary>Finds the sheet of results in a workbook: the one named Results first, and then each in its order.</summary>
sealed class WorkbookResults(SafeZip zip, ReadLimits limits)
{
    // A sheet that shows no header up to here is not one of results.
    const int LastHeaderRow = 300;
    readonly Workbook workbook = new(zip, limits);

    public ResultFile Read()
    {
        var setup = new QuantStudioSetup();
        var setupSheet = workbook.Sheets.FirstOrDefault(sheet => sheet.Name == "Sample Setup");
        foreach (var (name, part) in workbook.Sheets.OrderBy(sheet => sheet.Name == "Results" ? 0 : 1))
        {
            var collector = new ReadingCollector(limits, Shown(name));
            var format = ResultFormat.QuantStudioXlsx;
            ResultTable? table = null;
            if (name == "Results" && setupSheet.Part is not null)
                ReadSetup(setupSheet.Part, setup);
            var last = workbook.Read(part, row =>
            {
                if (table is not null)
                {
                    table.Accept(row);
                    return;
                }
                if (row.Line > LastHeaderRow)
                    return;
                if (QuantStudioTable.Recognise(row, collector, limits, setup, inSheet: true) is { } quantStudio)
                {
                    table = quantStudio;
                    format = setup.Key("Software Name and Version") is null
                        ? ResultFormat.QuantStudioXlsx : ResultFormat.DesignAndAnalysisXlsx;
                }
                else if (CfxTable.Recognise(row, collector, limits, inSheet: true) is { } cfx)
                {
                    table = cfx;
                    format = ResultFormat.CfxXlsx;
                }
                else if (row.Cells.Count is 1 or 2 || row.Cells.Skip(2).All(cell => cell.IsBlank))
                {
                    setup.AddKey(row.TextAt(0), KeyText(row.At(1)));
                }
            });
            if (table is null)
                continue;
            table.Finish();
            FlagTruncation(last, collector);
            return Results.Complete(setup.Fill(Results.Of(format), collector, limits), collector);
        }
        throw new UnreadableFileException(FileRefusals.NoSheet);
    }

    public ResultFile Read(ColumnMapping mapping)
    {
        UnreadableFileException? missing = null;
        foreach (var (name, part) in workbook.Sheets.Where(sheet => mapping.Sheet is null || sheet.Name == mapping.Sheet))
        {
            var collector = new ReadingCollector(limits, Shown(name));
            var table = new MappedRows(mapping, collector, limits, inSheet: true);
            try
            {
                var last = workbook.Read(part, table.Accept);
                table.Finish();
                FlagTruncation(last, collector);
                return Results.Complete(Results.Of(ResultFormat.MappedXlsx), collector);
            }
            catch (UnreadableFileException e) when (e.Refusal.Code == "lab_mapping_not_matching")
            {
                missing = e;
            }
        }
        throw missing ?? new UnreadableFileException(FileRefusals.NoSheet);
    }

    static void FlagTruncation(int last, ReadingCollector collector)
    {
        if (last is 65_536 or 1_048_576)
            collector.FlagOnce(FileProblems.SheetTruncated);
    }

    void ReadSetup(string part, QuantStudioSetup setup)
    {
        var met = false;
        workbook.Read(part, row =>
        {
            met |= row.Cells.Count > 4 && row.TextAt(0) == "Well";
            if (met)
                setup.AddRow(row);
            else
                setup.AddKey(row.TextAt(0), KeyText(row.At(1)));
        });
    }

    // A serial number that a spreadsheet took for a number comes back as "12345.0".
    static string KeyText(Cell cell) =>
        cell.Kind == CellKind.Number && cell.Text.EndsWith(".0", StringComparison.Ordinal) ? cell.Text[..^2] : cell.Text;

    static string Shown(string sheet) => sheet is "Results" or "Sample Setup" || sheet.Length <= 12 ? sheet : sheet[..12] + "…";
}
