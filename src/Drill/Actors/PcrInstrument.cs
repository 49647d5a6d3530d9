using System.Globalization;
using System.Text;

namespace Qipan.Drill.Actors;

/// <summary>What a well holds.</summary>
/// <param name="Position">A1 to H12.</param>
/// <param name="Sample">The tube's code, or the control's name.</param>
/// <param name="Task">UNKNOWN, POSITIVE or NTC, as the instrument's file says it.</param>
/// <param name="Ct">Of the virus genes; null where there is none.</param>
/// <param name="HasMaterial">Whether human material is in it, which the internal control shows.</param>
public sealed record FilledWell(string Position, string Sample, string Task, double? Ct, bool HasMaterial);

/// <summary>
/// An invented real-time PCR instrument. It writes the text export of QuantStudio software, with two virus genes and an internal
/// control in every well, and realistic scatter. The same seed gives the same file.
/// </summary>
public sealed class PcrInstrument(Random random)
{
    static readonly (string Target, string Reporter)[] Targets = [("ORF1ab", "FAM"), ("N", "VIC"), ("IC", "CY5")];

    /// <summary>The export of one plate of 96 wells.</summary>
    /// <param name="plate">The plate's name.</param>
    /// <param name="endedAt">When the run ended.</param>
    /// <param name="wells">In the order of the plate.</param>
    public string Export(string plate, DateTimeOffset endedAt, IReadOnlyList<FilledWell> wells)
    {
        var file = new StringBuilder();
        foreach (var line in (string[])[
            "Block Type = 96-Well Block (0.2mL)", "Chemistry = TAQMAN",
            $"Experiment Barcode = {plate}", $"Experiment Name = {plate}",
            $"Experiment Run End Time = {endedAt.UtcDateTime.ToString("yyyy-MM-dd hh:mm:ss tt", CultureInfo.InvariantCulture)} UTC",
            "Experiment Type = Standard Curve", "Instrument Name = Qipan drill instrument", "Instrument Serial Number = DRILL-1",
            "Instrument Type = QuantStudio(TM) 6 Flex System", "Passive Reference = ROX", "Quantification Cycle Method = Ct"])
            file.Append("* ").Append(line).Append("\r\n");
        file.Append("\r\n[Results]\r\n")
            .Append("Well\tWell Position\tOmit\tSample Name\tTarget Name\tTask\tReporter\tQuencher\tCT\tComments\r\n");
        foreach (var well in wells)
            Write(file, well);
        return file.ToString();
    }

    void Write(StringBuilder file, FilledWell well)
    {
        var number = ((well.Position[0] - 'A') * 12) + int.Parse(well.Position.AsSpan(1), CultureInfo.InvariantCulture);
        foreach (var (target, reporter) in Targets)
        {
            double? value = target == "IC" ? (well.HasMaterial ? 27 : null) : well.Ct;
            var text = value is { } mean ? (mean + ((random.NextDouble() - 0.5) * 0.8)).ToString("F3", CultureInfo.InvariantCulture) : "Undetermined";
            file.Append(CultureInfo.InvariantCulture,
                $"{number}\t{well.Position}\tfalse\t{well.Sample}\t{target}\t{well.Task}\t{reporter}\tNFQ-MGB\t{text}\t\r\n");
        }
    }
}
