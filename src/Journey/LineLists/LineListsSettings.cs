using System.ComponentModel.DataAnnotations;

namespace Qipan.LineLists;

/// <summary>How line lists are imported.</summary>
public sealed record LineListsSettings
{
    /// <summary>How many rows of a list are judged and committed together; a kill costs at most the work of one such unit.</summary>
    [Range(50, 10_000)]
    public int UnitRows { get; init; } = 2_000;

    /// <summary>The largest list in megabytes that is taken over the network; larger ones are imported on the server's machine.</summary>
    [Range(1, 4096)]
    public int UploadMegabytes { get; init; } = 256;

    /// <summary>For how many days the file of an import and its refused rows are kept for download; they hold persons' data.</summary>
    [Range(1, 90)]
    public int KeepDays { get; init; } = 7;
}
