using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>What somebody is to the case 接触类别. The numbers reach disk: append only.</summary>
public enum ContactKind : short
{
    /// <summary>密接.</summary>
    Close = 1,

    /// <summary>次密接: a contact of a close contact.</summary>
    Secondary = 2,

    /// <summary>一般接触者.</summary>
    General = 3,
}

/// <summary>
/// What is ahead of a contact 观察计划: stages with their ends, the tests of each, and the follow-up, which has a length of its own. Days are
/// counted by <see cref="ContactDays"/> from the last exposure. Kept as JSON with the contact, so it holds when the protocol changes (INV-33).
/// </summary>
public sealed record ContactPlan
{
    /// <summary>id@version of the group that rules the stages; of the follow-up where there are none.</summary>
    public required string Protocol { get; init; }

    /// <summary>id@version of the follow-up; null where none is ruled.</summary>
    public string? FollowupProtocol { get; init; }

    public required ContactKind Kind { get; init; }

    public required DateTimeOffset LastExposure { get; init; }

    /// <summary>One after the other; empty where nobody is kept away from others, as with Ebola.</summary>
    public required IReadOnlyList<PlannedStage> Stages { get; init; }

    /// <summary>By day.</summary>
    public required IReadOnlyList<PlannedTest> Tests { get; init; }

    /// <summary>Days of the contact on which health is asked after; empty: no follow-up.</summary>
    public required IReadOnlyList<int> FollowupDays { get; init; }

    /// <summary>Visits or calls on each of them.</summary>
    public int PerDay { get; init; }

    /// <summary>True: it ends only when the contact was seen well on the last day.</summary>
    public bool NeedsLastVisit { get; init; }

    /// <summary>When the last stage is over; null without stages. Law: not the follow-up's end.</summary>
    public DateTimeOffset? QuarantineEnds { get; init; }

    /// <summary>When the follow-up is over; null without one. Biology: not the quarantine's end.</summary>
    public DateTimeOffset? FollowupEnds { get; init; }

    /// <summary>Where a secondary contact may go home: the own test days that must be negative, and the first tests of the contact.</summary>
    public SecondaryRelease? SecondaryRelease { get; init; }

    /// <summary>True where only a tube of one's own counts as a test.</summary>
    public bool SingleTubes { get; init; }

    /// <summary>The earliest release: the later of both ends; the last exposure itself where nothing is ruled.</summary>
    public DateTimeOffset Ends => Later(QuarantineEnds, FollowupEnds) ?? LastExposure;

    static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}

/// <param name="Mode">Where it is spent.</param>
/// <param name="FirstDay">Day of the contact on which it begins: 0 for the first, otherwise the day after the stage before.</param>
/// <param name="LastDay">Its last day.</param>
/// <param name="Until">When it is over.</param>
/// <param name="ByChoice">Where else, if the person chooses.</param>
public sealed record PlannedStage(StayKind Mode, int FirstDay, int LastDay, DateTimeOffset Until, StayKind? ByChoice = null)
{
    /// <summary>True where the person must not go out: isolation, not monitoring.</summary>
    public bool Confines => Mode is StayKind.Central or StayKind.HomeIsolation;
}

/// <param name="Day">Day of the contact.</param>
/// <param name="Stage">Place of its stage, from 0.</param>
/// <param name="On">The date.</param>
/// <param name="Release">What the last test of the stage must be; null for the others.</param>
/// <param name="Specimen">As the protocol names it; null: either.</param>
public sealed record PlannedTest(int Day, int Stage, DateOnly On, StageRelease? Release = null, string? Specimen = null);
