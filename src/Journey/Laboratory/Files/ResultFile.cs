namespace Qipan.Laboratory.Files;

/// <summary>
/// What one instrument's result file 结果文件 says, as printed in it: nothing is computed and nothing is repaired. Immutable.
/// A part that could not be read is not in <see cref="Wells"/>; it is a refused <see cref="FileProblem"/>, so that
/// accepted and refused readings together are all readings of the file (INV-49).
/// </summary>
public sealed record ResultFile
{
    public required ResultFormat Format { get; init; }

    /// <summary>The instrument's model as the file names it, e.g. "QuantStudio(TM) 7 Flex System"; null where it names none.</summary>
    public string? Instrument { get; init; }

    public string? InstrumentSerial { get; init; }

    /// <summary>The program that wrote the file and its version, as the file names it; null where it names none.</summary>
    public string? Software { get; init; }

    public DateTimeOffset? RunStartedAt { get; init; }

    public DateTimeOffset? RunEndedAt { get; init; }

    /// <summary>The plate's barcode, or else the experiment's name; null where the file has neither.</summary>
    public string? PlateName { get; init; }

    /// <summary>96 or 384; null where the file does not say.</summary>
    public int? PlateWells { get; init; }

    /// <summary>The text encoding that was used, e.g. "utf-8" or "gb18030"; null for xlsx and RDML.</summary>
    public string? Encoding { get; init; }

    /// <summary>The accepted readings, one per well and target, in the file's order.</summary>
    public required IReadOnlyList<ResultWell> Wells { get; init; }

    /// <summary>What was refused and what was read but needs a look, in the order found.</summary>
    public required IReadOnlyList<FileProblem> Problems { get; init; }

    /// <summary>How many readings were refused, including those beyond the number of problems that are listed.</summary>
    public required int Refused { get; init; }

    /// <summary>Readings found: accepted and refused together.</summary>
    public int Read => Wells.Count + Refused;
}

/// <summary>Which kind of file it was. The numbers reach disk: append only.</summary>
public enum ResultFormat
{
    /// <summary>Text of the QuantStudio 6/7 Flex and ViiA 7 software: "* key = value" and [Results].</summary>
    QuantStudioText = 1,

    /// <summary>The same as a workbook.</summary>
    QuantStudioXlsx = 2,

    /// <summary>Workbook of Design &amp; Analysis 2 (QuantStudio 6/7 Pro).</summary>
    DesignAndAnalysisXlsx = 3,

    /// <summary>Bio-Rad CFX Maestro, "Quantification Cq Results" as CSV.</summary>
    CfxCsv = 4,

    /// <summary>RDML: XML, mostly in a zip.</summary>
    Rdml = 5,

    /// <summary>Any delimited text through a saved column mapping.</summary>
    MappedText = 6,

    /// <summary>Any workbook through a saved column mapping.</summary>
    MappedXlsx = 7,

    /// <summary>Design &amp; Analysis 2 as CSV: "# key: value" and a table.</summary>
    DesignAndAnalysisText = 8,

    /// <summary>Bio-Rad CFX Maestro as a workbook.</summary>
    CfxXlsx = 9,
}

/// <summary>What the well is there for, from the file's own task word. The numbers reach disk: append only.</summary>
public enum WellRole
{
    /// <summary>A sample 样本 whose result is sought.</summary>
    Sample = 1,

    /// <summary>Negative control 阴性对照: no template, no amplification, no reverse transcription.</summary>
    NegativeControl = 2,

    /// <summary>Positive control 阳性对照.</summary>
    PositiveControl = 3,

    /// <summary>Standard 标准品 of known quantity.</summary>
    Standard = 4,

    /// <summary>Internal control 内标: amplifies in every tube that was properly extracted.</summary>
    InternalControl = 5,

    /// <summary>Internal control that was blocked on purpose and must not amplify.</summary>
    BlockedInternalControl = 6,

    /// <summary>A word that is not known here; the well is read, and no rule relies on it.</summary>
    Other = 9,
}

/// <summary>What stands in place of the Ct. The numbers reach disk: append only.</summary>
public enum CtReading
{
    /// <summary>A number.</summary>
    Determined = 1,

    /// <summary>The instrument says that it determined none ("Undetermined").</summary>
    Undetermined = 2,

    /// <summary>Nothing stands there: the instrument says neither. Counts as not measured, never as negative.</summary>
    Blank = 3,
}

/// <summary>One reading: one target in one well.</summary>
/// <param name="Well">"A1" to "P24", without leading zeros.</param>
/// <param name="Sample">The sample's name as printed, trimmed; empty where the file has none. Never interpreted as a formula.</param>
/// <param name="Target">The target's name as printed, trimmed; empty where the file has none (<see cref="Dye"/> tells them apart).</param>
/// <param name="Task">The file's own word, e.g. "UNKNOWN", "NTC", "Unkn"; <see cref="Role"/> is its meaning.</param>
/// <param name="Ct">Cycle threshold in cycles, as printed; null where the instrument determined none or nothing stands there.</param>
/// <param name="Line">Line of the text, row of the sheet, or for RDML the number of the reaction; 1-based.</param>
public sealed record ResultWell(string Well, string Sample, string Target, string Task, double? Ct, int Line)
{
    public required WellRole Role { get; init; }

    public required CtReading Reading { get; init; }

    /// <summary>Reporter dye or channel, e.g. "FAM"; null where the file has none.</summary>
    public string? Dye { get; init; }

    /// <summary>The run or plate inside the file, where one file holds several; wells are unique within it.</summary>
    public string? Run { get; init; }

    /// <summary>The operator took this well out of the analysis: never a result.</summary>
    public bool Omitted { get; init; }

    /// <summary>The file's comment or the instrument's own call, as printed.</summary>
    public string? Remark { get; init; }
}

/// <summary>A part of the file that was refused, or that was read and needs a look. Sentences never repeat a cell's text.</summary>
/// <param name="Where">"line 57", "sheet Results, row 27", "run 2, reaction 14" or "file".</param>
/// <param name="Code">Stable name in snake_case.</param>
public sealed record FileProblem(string Where, string Code, string Sentence, string Chinese)
{
    /// <summary>True: this reading is not in the file's wells. False: it was read, look at it.</summary>
    public required bool Refused { get; init; }

    /// <summary>The well, where one is known: what is left of it is not fully measured when <see cref="Refused"/>.</summary>
    public string? Well { get; init; }

    /// <summary>The run or plate of the well, as in <see cref="ResultWell.Run"/>.</summary>
    public string? Run { get; init; }
}
