using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>What stands above and beside the results of a QuantStudio or ViiA 7: the file's own keys, and its plate setup.</summary>
sealed class QuantStudioSetup
{
    readonly Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, int> wells = new(StringComparer.Ordinal);
    readonly Dictionary<(string Well, string Assay, int Allele), (string Name, string? Dye)> alleles = [];
    Header? header;

    /// <summary>96 or 384 by the block; null where the block is not named.</summary>
    public int? PlateWells => Key("Block Type") switch
    {
        { } block when block.Contains("384", StringComparison.Ordinal) => 384,
        { } block when block.Contains("96", StringComparison.Ordinal) => 96,
        _ => null,
    };

    public void AddKey(string key, string value)
    {
        if (keys.Count < 500 && value.Length < 1000)
            keys.TryAdd(key.Trim(), value.Trim());
    }

    /// <summary>The value of the first key that has one; "NA" is how the software prints none.</summary>
    public string? Key(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (keys.TryGetValue(name, out var value) && value.Length > 0 && value != "NA")
                return value;
        }
        return null;
    }

    /// <summary>A row of [Sample Setup].</summary>
    public void AddRow(TableRow row)
    {
        if (row.IsBlank || row.Flaw is not null)
            return;
        if (header is null)
        {
            header = new Header(row);
            return;
        }
        if (wells.Count >= 384 || !WellName.TryRead(row.TextAt(header.Find("Well Position", "Well")), PlateWells, out var well, out _))
            return;
        if (row.TextAt(header.Find("Sample Name", "Sample")).Length > 0
            || row.TextAt(header.Find("Target Name", "Target", "SNP Assay Name")).Length > 0)
            wells.TryAdd(well, row.Line);
        var assay = row.TextAt(header.Find("SNP Assay Name"));
        for (var i = 0; i < 2 && assay.Length > 0; i++)
        {
            var name = row.TextAt(header.Find(string.Create(CultureInfo.InvariantCulture, $"Allele{i + 1} Name")));
            var dye = row.TextAt(header.Find(string.Create(CultureInfo.InvariantCulture, $"Allele{i + 1} Reporter")));
            if (name.Length > 0)
                alleles.TryAdd((well, assay, i), (name, dye.Length > 0 ? dye : null));
        }
    }

    /// <summary>The allele's name and dye in this well, or "Allele 1" and "Allele 2" where the setup is not in the file.</summary>
    public (string Name, string? Dye) Allele(string well, string assay, int index) =>
        alleles.TryGetValue((well, assay, index), out var allele)
            ? allele : (string.Create(CultureInfo.InvariantCulture, $"Allele {index + 1}"), null);

    /// <summary>The wells of the setup that are not among these, with their lines.</summary>
    public IEnumerable<(int Line, string Well)> WellsWithout(IReadOnlySet<string> met) =>
        wells.Where(pair => !met.Contains(pair.Key)).Select(pair => (pair.Value, pair.Key));

    /// <summary>The head of the file with what the keys say.</summary>
    public ResultFile Fill(ResultFile file, ReadingCollector collector, ReadLimits limits)
    {
        var started = InstrumentTime.Read(Key("Run Start Date/Time", "Experiment Run Start Time"), limits.LocalZone, out var unclearStart);
        var ended = InstrumentTime.Read(
            Key("Run End Date/Time", "Run End Data/Time", "Experiment Run End Time", "Run End Time"), limits.LocalZone, out var unclearEnd);
        if (unclearStart || unclearEnd)
            collector.FlagOnce(FileProblems.ZoneAmbiguous);
        return file with
        {
            Instrument = Key("Instrument Type"),
            InstrumentSerial = Key("Instrument Serial Number", "Instrument Name"),
            Software = Key("Software Name and Version"),
            RunStartedAt = started,
            RunEndedAt = ended,
            PlateName = Key("Experiment Barcode", "Barcode", "Experiment Name") ?? Stem(Key("File Name", "Experiment File Name")),
            PlateWells = PlateWells,
        };
    }

    static string? Stem(string? path)
    {
        if (path is null)
            return null;
        var file = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = file.LastIndexOf('.');
        return dot > 0 ? file[..dot] : file;
    }
}
