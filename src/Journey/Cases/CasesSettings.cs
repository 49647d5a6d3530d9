using System.ComponentModel.DataAnnotations;

namespace Qipan.Cases;

/// <summary>How cases are handled where no protocol says it.</summary>
public sealed record CasesSettings
{
    /// <summary>Hours until a case is reported, where the disease's protocol has no deadlines.</summary>
    [Range(1, 720)]
    public int ReportHours { get; init; } = 24;

    /// <summary>Hours from the report until another person has reviewed it, where the protocol has no deadlines.</summary>
    [Range(1, 720)]
    public int ReviewHours { get; init; } = 24;

    /// <summary>Hours until the core of the investigation, where the protocol has no deadlines.</summary>
    [Range(1, 720)]
    public int InvestigationCoreHours { get; init; } = 24;

    /// <summary>Hours until the whole investigation, where the protocol has no deadlines.</summary>
    [Range(1, 720)]
    public int InvestigationFullHours { get; init; } = 72;
}
