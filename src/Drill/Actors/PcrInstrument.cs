using System.Globalization;
using System.Text;

namespace Qipan.Drill.Actors;

/// <summary>
/// An invented real-time PCR instrument. It writes the text export of QuantStudio software, with two virus genes and an internal
/// control in every well, a positive and a negative control, and realistic scatter. The same seed gives the same file.
/// </summary>
public sealed class PcrInstrument(Random random)
{
    /// <summary>Wells of a 96-well plate that hold tubes; the last two hold the controls.</summary>
    public const int TubesPerPlate = 94;

    static readonly (string Target, string Reporter)[] Targets = [("ORF1ab", "FAM"), ("N", "VIC"), ("IC", "CY5")];

    /// <summary>The export of one plate.</summary>
    /// <param name="plate">The plate's name.</param>
    /// <param name="endedAt">When the run ended.</param>
    /// <param name="tubes">Tube code, and the Ct of the virus genes or null where there is none.</param>
    /// <param name="negativeControlFails">True for a contaminated negative control: the whole run is void.</param>
    public string Export(string plate, DateTimeOffset endedAt, IReadOnlyList<(string Code, double? Ct)> tubes, bool negativeControlFails = false)
    {
        if (tubes.Count > TubesPerPlate)
            throw new ArgumentException($"A plate holds {TubesPerPlate} tubes.", nameof(tubes));
        var file = new StringBuilder();
        foreach (var line in (string[])[
            "Block Type = 96-Well Block (0.2mL)", "Chemistry = TAQMAN",
            $"Experiment Barcode = {plate}", $"Experiment Name = {plate}",
            $"Experiment Run End Time = {endedAt.ToString("yyyy-MM-dd hh:mm:ss tt", CultureInfo.InvariantCulture)} UTC",
            "Experiment Type = Standard Curve", "Instrument Name = Qipan drill instrument", "Instrument Serial Number = DRILL-1",
            "Instrument Type = QuantStudio(TM) 6 Flex System", "Passive Reference = ROX", "Quantification Cycle Method = Ct"])
            file.Append("* ").Append(line).Append("\r\n");
        file.Append("\r\n[Results]\r\n")
            .Append("Well\tWell Position\tOmit\tSample Name\tTarget Name\tTask\tReporter\tQuencher\tCT\tComments\r\n");
        for (var i = 0; i < tubes.Count; i++)
            Well(file, i, tubes[i].Code, "UNKNOWN", tubes[i].Ct, hasMaterial: true);
        Well(file, TubesPerPlate, "POS", "POSITIVE", 24, hasMaterial: true);
        Well(file, TubesPerPlate + 1, "NTC", "NTC", negativeControlFails ? 33 : null, hasMaterial: false);
        return file.ToString();
    }

    void Well(StringBuilder file, int index, string sample, string task, double? ct, bool hasMaterial)
    {
        var position = $"{(char)('A' + (index / 12))}{(index % 12) + 1}";
        foreach (var (target, reporter) in Targets)
        {
            double? value = target == "IC" ? (hasMaterial ? 27 : null) : ct;
            var text = value is { } mean ? (mean + ((random.NextDouble() - 0.5) * 0.8)).ToString("F3", CultureInfo.InvariantCulture) : "Undetermined";
            file.Append(CultureInfo.InvariantCulture, $"{index + 1}\t{position}\tfalse\t{sample}\t{target}\t{task}\t{reporter}\tNFQ-MGB\t{text}\t\r\n");
        }
    }
}
