using System.ComponentModel.DataAnnotations;

namespace Qipan.Duties;

/// <summary>When a duty that is overdue moves up to the next unit. It stays open whoever has it.</summary>
public sealed record DutiesSettings
{
    /// <summary>How long after its deadline a duty moves to the next unit up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan FirstEscalationAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long after its deadline it moves up a second time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan SecondEscalationAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long after its deadline it moves up a third time, and stays there.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ThirdEscalationAfter { get; init; } = TimeSpan.FromHours(8);

    /// <summary>How long after two persons were joined what does not go together has to be settled.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan SettleMergeWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>From which score on somebody has to decide whether two rows are one person; below it they wait in the list of pairs alone.</summary>
    [Range(0.5, 1)]
    public double DecidePairsFrom { get; init; } = 0.8;

    /// <summary>How long after two rows were found that has to be decided.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan DecidePairsWithin { get; init; } = TimeSpan.FromHours(72);

    /// <summary>How often the program looks for overdue duties, in seconds.</summary>
    [Range(1, 86_400)]
    public int EscalationEverySeconds { get; init; } = 60;

    /// <summary>The times in order, level 1 first.</summary>
    internal IReadOnlyList<TimeSpan> Levels => [FirstEscalationAfter, SecondEscalationAfter, ThirdEscalationAfter];
}
