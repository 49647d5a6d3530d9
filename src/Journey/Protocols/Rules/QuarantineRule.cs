namespace Qipan.Protocols;

/// <summary>Where somebody spends a stage.</summary>
public enum StayKind : short
{
    /// <summary>集中隔离医学观察.</summary>
    Central = 1,

    /// <summary>居家隔离医学观察: stays at home.</summary>
    HomeIsolation = 2,

    /// <summary>居家健康监测: may go out for medical need, with approval.</summary>
    HomeMonitor = 3,

    /// <summary>自我健康监测.</summary>
    SelfMonitor = 4,
}

/// <summary>What the last test of a stage must be.</summary>
public enum StageRelease : short
{
    /// <summary>Two samples, tested with two reagents, both negative 双采双检.</summary>
    DoubleSample = 1,

    /// <summary>The last test of the stage is negative.</summary>
    LastNegative = 2,
}

/// <summary>Who is quarantined how long, where, and tested on which days 隔离观察 (domain 2.1, 2.10; INV-28, 31, 32).</summary>
public sealed record QuarantineRule : IRule
{
    public static string Key => "quarantine";

    /// <summary>What happened on day 0, as <c>last_exposure</c>; day n begins at local midnight of its date + n (INV-32).</summary>
    public required string Day0 { get; init; }

    /// <summary>Close contacts 密接, stage after stage.</summary>
    public IReadOnlyList<Stage>? Close { get; init; }

    /// <summary>Secondary contacts 次密接; null: not determined.</summary>
    public IReadOnlyList<Stage>? Secondary { get; init; }

    /// <summary>Travellers from high-risk places, counted from their leaving.</summary>
    public IReadOnlyList<Stage>? TravellerHigh { get; init; }

    /// <summary>Travellers from medium-risk places.</summary>
    public IReadOnlyList<Stage>? TravellerMedium { get; init; }

    /// <summary>People inside a sealed area.</summary>
    public IReadOnlyList<Stage>? ResidentSealed { get; init; }

    /// <summary>Only travellers who were there within so many days; null: not limited.</summary>
    public int? TravellerWithinDays { get; init; }

    /// <summary>When a secondary contact is released; null: like anybody, after the last stage.</summary>
    public SecondaryRelease? SecondaryRelease { get; init; }
}

/// <summary>One stage of a quarantine. The test days count from the first day of this stage.</summary>
public sealed record Stage
{
    public required StayKind Mode { get; init; }

    public required int Days { get; init; }

    /// <summary>Days of this stage on which a sample is taken, ascending, none beyond <see cref="Days"/>.</summary>
    public required IReadOnlyList<int> Tests { get; init; }

    /// <summary><c>nasopharyngeal</c> or <c>oropharyngeal</c>; null: either.</summary>
    public string? Specimen { get; init; }

    /// <summary>Null: the days alone.</summary>
    public StageRelease? Release { get; init; }

    /// <summary>Another way that the person may choose; null: none.</summary>
    public StayKind? ByChoice { get; init; }
}

/// <param name="OwnTestsNegative">Test days on which the secondary contact must have been negative.</param>
/// <param name="IndexContactFirstTestsNegative">How many first tests of the contact must have been negative.</param>
/// <param name="Otherwise">Managed as this: <c>close</c>.</param>
public sealed record SecondaryRelease(IReadOnlyList<int> OwnTestsNegative, int IndexContactFirstTestsNegative, string Otherwise);
