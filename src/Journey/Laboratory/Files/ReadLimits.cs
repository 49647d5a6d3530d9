using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>
/// How much of a file is read before it is refused. The defaults hold a 384-well plate with all its raw data many times over;
/// with them a hostile file costs at most some hundred megabytes.
/// </summary>
public sealed record ReadLimits
{
    public static ReadLimits Default { get; } = new();

    /// <summary>Bytes of the file as it came.</summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Parts inside an xlsx or RDML.</summary>
    public int MaxEntries { get; init; } = 2_000;

    /// <summary>Bytes of all parts together after unpacking, as the archive declares them.</summary>
    public long MaxUnpackedBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of one part after unpacking.</summary>
    public long MaxPartBytes { get; init; } = 128L << 20;

    /// <summary>Unpacked by packed size of one part larger than a mebibyte. Sheets of instruments stay below 30.</summary>
    public int MaxRatio { get; init; } = 250;

    /// <summary>Rows of a sheet or text, of any kind.</summary>
    public int MaxRows { get; init; } = 2_000_000;

    public int MaxColumns { get; init; } = 1_000;

    /// <summary>Readings (well × target) of one file.</summary>
    public int MaxReadings { get; init; } = 200_000;

    /// <summary>Characters of one cell.</summary>
    public int MaxCellCharacters { get; init; } = 32_767;

    /// <summary>Characters of a workbook's shared texts together.</summary>
    public int MaxSharedCharacters { get; init; } = 32 << 20;

    /// <summary>Depth of nested elements.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Bytes from one tag to the next: the length of a tag, a text or a CDATA section.</summary>
    public int MaxMarkupBytes { get; init; } = 256 << 10;

    /// <summary>Problems that are listed; more are counted.</summary>
    public int MaxProblems { get; init; } = 1_000;

    /// <summary>Cycles; no run has more, so a larger Ct is an error of the file.</summary>
    public double MaxCt { get; init; } = 60;

    /// <summary>The zone of times that name none.</summary>
    public TimeZoneInfo LocalZone { get; init; } = LocalDays.China.Zone;
}
