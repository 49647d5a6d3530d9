using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>
/// The results of the QuantStudio, ViiA 7 and Design &amp; Analysis software, as text or sheet: one row per well and target; in
/// genotyping one row per well and assay with a Ct for each allele.
/// </summary>
sealed class QuantStudioTable : ResultTable
{
    static readonly string[] Undetermined = ["Undetermined"];
    static readonly string[] CtNames = ["CT", "CRT", "Cq", "Cp"];

    readonly CtText ctText;
    readonly QuantStudioSetup setup;
    readonly Replicates replicates = new();
    readonly HashSet<string> wellsMet = new(StringComparer.Ordinal);
    readonly int number, position, omit, sample, target, task, reporter, comments, call, ct, mean, quantity, quantityMean;
    readonly (int Ct, int Reporter)[] alleles;

    QuantStudioTable(Header header, ReadingCollector collector, ReadLimits limits, QuantStudioSetup setup)
        : base(header, collector, limits)
    {
        this.setup = setup;
        ctText = new CtText(Undetermined, limits.MaxCt);
        number = header.Find("Well");
        position = header.Find("Well Position", "Position");
        omit = header.Find("Omit");
        sample = header.Find("Sample Name", "Sample");
        target = header.Find("Target Name", "Target", "SNP Assay Name", "Assay Name", "Detector Name");
        task = header.Find("Task");
        reporter = header.Find("Reporter");
        comments = header.Find("Comments", "Comment");
        call = header.Find("Call", "Amp Status");
        ct = header.Find(CtNames);
        mean = header.Find("Ct Mean", "Crt Mean", "Cq Mean");
        quantity = header.Find("Quantity");
        quantityMean = header.Find("Quantity Mean");
        alleles =
        [
            (header.Find("Allele1 Ct", "Allele1 Crt", "Allele1 Cq"), header.Find("Allele1 Reporter")),
            (header.Find("Allele2 Ct", "Allele2 Crt", "Allele2 Cq"), header.Find("Allele2 Reporter")),
        ];
    }

    /// <summary>The table, when this row is its header; null otherwise.</summary>
    public static QuantStudioTable? Recognise(
        TableRow row, ReadingCollector collector, ReadLimits limits, QuantStudioSetup setup, bool inSheet)
    {
        if (row.Flaw is not null || row.Cells.Count < 4)
            return null;
        var header = new Header(row);
        var hasWell = header.Find("Well Position", "Position", "Well") >= 0 && header.Find("Task") >= 0;
        var hasCt = header.Find(CtNames) >= 0 || header.Find("Allele1 Ct", "Allele1 Crt", "Allele1 Cq") >= 0;
        return hasWell && hasCt && header.Find("Sample Name", "Sample") >= 0
            ? new QuantStudioTable(header, collector, limits, setup) { InSheet = inSheet } : null;
    }

    protected override void Read(TableRow row, string where)
    {
        var (name, targetName) = (row.TextAt(sample), row.TextAt(target));
        var ctBlank = (ct < 0 || row.At(ct).IsBlank) && alleles.All(allele => row.At(allele.Ct).IsBlank);
        if (name.Length == 0 && targetName.Length == 0 && ctBlank && WellOf(row) is not null)
            return; // an empty well of the plate
        if (!TryWell(row, out var well, out var outside))
        {
            Collector.Refuse(where, outside ? FileProblems.WellOutOfRange : FileProblems.WellUnknown);
            return;
        }
        wellsMet.Add(well);
        if (row.Cells.Count <= Math.Max(ct, Math.Max(target, Math.Max(alleles[0].Ct, alleles[1].Ct))))
        {
            Collector.Refuse(where, FileProblems.RowShort, well);
            return;
        }
        int[] used = [number, position, sample, target, task, ct, alleles[0].Ct, alleles[1].Ct];
        if (used.Any(column => row.At(column).Formula))
            Collector.Flag(where, FileProblems.Formula, well);
        var reading = new ResultWell(well, name, targetName, row.TextAt(task), null, row.Line)
        {
            Role = Roles.Of(row.TextAt(task)),
            Reading = CtReading.Blank,
            Dye = NullIfBlank(row.TextAt(reporter)),
            Omitted = IsTrue(row.TextAt(omit)),
            Remark = NullIfBlank(row.TextAt(comments)) ?? NullIfBlank(row.TextAt(call)),
        };
        if (ct >= 0)
        {
            Add(ctText, row.At(ct), reading, where);
            if (!reading.Omitted)
                replicates.Add(name, targetName, reading.Task, CtOf(row, ct), CtOf(row, mean), where, well);
            if (quantity >= 0 && row.At(quantity).IsBlank && !row.At(quantityMean).IsBlank && reading.Role == WellRole.Sample)
                Collector.Flag(where, FileProblems.QuantitySourceMissing, well);
        }
        for (var i = 0; i < alleles.Length && ct < 0; i++)
        {
            var (allele, dye) = setup.Allele(well, targetName, i);
            Add(ctText, row.At(alleles[i].Ct),
                reading with { Target = $"{targetName}-{allele}", Dye = dye ?? NullIfBlank(row.TextAt(alleles[i].Reporter)) }, where);
        }
    }

    public override void Finish()
    {
        foreach (var (where, well) in replicates.NotTheMean())
            Collector.Flag(where, FileProblems.ReplicatesMissing, well);
        foreach (var (line, well) in setup.WellsWithout(wellsMet))
            Collector.Flag(Collector.Place(line), FileProblems.SetupWithoutResult, well);
    }

    protected override string? WellOf(TableRow row) => TryWell(row, out var well, out _) ? well : null;

    // "Well Position" is "A1"; where it is missing, "Well" is a number along the rows, or the name itself.
    bool TryWell(TableRow row, out string well, out bool outside)
    {
        var text = row.TextAt(position >= 0 ? position : number);
        if (WellName.TryRead(text, setup.PlateWells, out well, out outside))
            return true;
        return !outside && position < 0 && setup.PlateWells is { } wells
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= 100_000
            && double.IsInteger(count)
            && WellName.FromNumber((int)count, WellName.Columns(wells), wells, out well, out outside);
    }

    double? CtOf(TableRow row, int column) => ctText.Read(row.At(column).Text).Ct;

    static string? NullIfBlank(string text) => text.Length == 0 ? null : text;
}
