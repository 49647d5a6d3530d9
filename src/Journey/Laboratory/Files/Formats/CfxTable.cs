namespace Qipan.Laboratory.Files;

/// <summary>
/// Bio-Rad CFX Maestro, "Quantification Cq Results": one row per well and fluorophore, wells as "A01", no Cq as "NaN" or "N/A".
/// </summary>
sealed class CfxTable : ResultTable
{
    static readonly string[] Undetermined = ["NaN", "N/A"];
    readonly CtText ctText;
    readonly int well, fluor, target, content, sample, cq, note;

    CfxTable(Header header, ReadingCollector collector, ReadLimits limits)
        : base(header, collector, limits)
    {
        ctText = new CtText(Undetermined, limits.MaxCt);
        well = header.Find("Well");
        fluor = header.Find("Fluor");
        target = header.Find("Target");
        content = header.Find("Content");
        sample = header.Find("Sample");
        cq = header.Find("Cq", "C(t)", "Ct");
        note = header.Find("Well Note");
    }

    public static CfxTable? Recognise(TableRow row, ReadingCollector collector, ReadLimits limits, bool inSheet)
    {
        if (row.Flaw is not null || row.Cells.Count < 4)
            return null;
        var header = new Header(row);
        return header.Find("Well") >= 0 && header.Find("Fluor") >= 0 && header.Find("Content") >= 0 && header.Find("Cq", "C(t)", "Ct") >= 0
            ? new CfxTable(header, collector, limits) { InSheet = inSheet } : null;
    }

    protected override void Read(TableRow row, string where)
    {
        if (!WellName.TryRead(row.TextAt(well), null, out var name, out var outside))
        {
            Collector.Refuse(where, outside ? FileProblems.WellOutOfRange : FileProblems.WellUnknown);
            return;
        }
        if (row.Cells.Count <= cq)
        {
            Collector.Refuse(where, FileProblems.RowShort, name);
            return;
        }
        int[] used = [well, fluor, target, content, sample, cq];
        if (used.Any(column => row.At(column).Formula))
            Collector.Flag(where, FileProblems.Formula, name);
        var (dye, remark) = (row.TextAt(fluor), row.TextAt(note));
        Add(ctText, row.At(cq), new ResultWell(name, row.TextAt(sample), row.TextAt(target), row.TextAt(content), null, row.Line)
        {
            Role = Roles.Of(row.TextAt(content)),
            Reading = CtReading.Blank,
            Dye = dye.Length > 0 ? dye : null,
            Remark = remark.Length > 0 ? remark : null,
        }, where);
    }

    protected override string? WellOf(TableRow row) => WellName.TryRead(row.TextAt(well), null, out var name, out _) ? name : null;
}
