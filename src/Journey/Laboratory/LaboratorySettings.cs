using System.ComponentModel.DataAnnotations;

namespace Qipan.Laboratory;

/// <summary>How laboratories work here.</summary>
public sealed record LaboratorySettings
{
    /// <summary>A loaded run is reviewed by two persons within so many minutes.</summary>
    [Range(5, 1440)]
    public int ReviewMinutes { get; init; } = 60;

    /// <summary>How many tubes are released in one transaction; larger releases are cut, and a killed one goes on where it stopped.</summary>
    [Range(100, 20_000)]
    public int TubesPerRelease { get; init; } = 2_000;

    /// <summary>The assay that is taken when a run names none.</summary>
    [Required]
    public string DefaultAssay { get; init; } = "sars-cov-2-orf1ab-n";

    /// <summary>What a tube is tested for that belongs to no round, as a contact's on its test day.</summary>
    [Required]
    public string DiseaseOfOtherTubes { get; init; } = "COVID-19";

    /// <summary>How often registrations into single tubes are looked through for members of open alerts, in seconds.</summary>
    [Range(1, 3600)]
    public int ResampleLookSeconds { get; init; } = 5;

    /// <summary>How far back the public look-up of one's own results goes, in days.</summary>
    [Range(1, 90)]
    public int OwnResultDays { get; init; } = 14;

    /// <summary>How often one document may be asked for in the public look-up within ten minutes, right name or wrong.</summary>
    [Range(1, 1000)]
    public int OwnResultAsksPer10Minutes { get; init; } = 10;
}
