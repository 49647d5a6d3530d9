using System.ComponentModel.DataAnnotations;

namespace Qipan.Situation;

/// <summary>How the board and the map show figures.</summary>
public sealed record SituationSettings
{
    /// <summary>Numbers of cases below this are shown to nobody but those who may see cases (P-10); 5 or 10 are usual.</summary>
    [Range(1, 100)]
    public int SmallNumber { get; init; } = 5;

    /// <summary>What is due within so many hours stands on the board as soon late.</summary>
    [Range(1, 24)]
    public int SoonHours { get; init; } = 2;

    /// <summary>How many days the board's curve goes back.</summary>
    [Range(7, 180)]
    public int CurveDays { get; init; } = 28;

    /// <summary>How many seconds pass between two looks for something new that is told to open pages.</summary>
    [Range(1, 60)]
    public int LiveSeconds { get; init; } = 2;
}
