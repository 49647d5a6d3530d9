using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Where a suspect-pool alert 一键即报 stands. The numbers reach disk: append only.</summary>
public enum AlertState
{
    Raised = 1,

    /// <summary>The team has it.</summary>
    Acknowledged = 2,

    /// <summary>Every member is held where they are now, or is gone.</summary>
    MembersHeld = 3,

    /// <summary>Every member has given a sample in a tube of their own, or is gone.</summary>
    Resampled = 4,

    /// <summary>Every member is cleared, dead or gone.</summary>
    Cleared = 5,

    /// <summary>At least one member is confirmed.</summary>
    PositiveFound = 6,

    /// <summary>The pool was positive and every member alone is negative: a person has to sign (INV-08).</summary>
    Unresolved = 7,

    Closed = 8,
}

/// <summary>What became of a member of an alert. The numbers reach disk: append only.</summary>
public enum MemberOutcome
{
    Open = 0,
    Cleared = 1,
    Confirmed = 2,
    Dead = 3,

    /// <summary>Left the region; the note says who was told.</summary>
    Left = 4,

    /// <summary>Signed as not explained: the pool was positive and nobody in it was.</summary>
    Unresolved = 5,
}

/// <summary>
/// The ways of an alert (domain 3.2). An unresolved one is signed as cleared, or somebody turns out positive after all; a result
/// that is amended before the alert closes may also take a finding back.
/// </summary>
public static class AlertStates
{
    public static StateTable<AlertState> Table { get; } = new("alert", "预警")
    {
        { AlertState.Raised, AlertState.Acknowledged },
        { AlertState.Acknowledged, AlertState.MembersHeld },
        { AlertState.MembersHeld, AlertState.Resampled },
        { AlertState.Resampled, AlertState.Cleared, AlertState.PositiveFound, AlertState.Unresolved },
        { AlertState.Unresolved, AlertState.Cleared, AlertState.PositiveFound, AlertState.Closed },
        { AlertState.Cleared, AlertState.PositiveFound, AlertState.Unresolved, AlertState.Closed },
        { AlertState.PositiveFound, AlertState.Cleared, AlertState.Unresolved, AlertState.Closed },
    };
}
