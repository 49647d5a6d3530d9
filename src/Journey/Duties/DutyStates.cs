using Qipan.Kernel;

namespace Qipan.Duties;

/// <summary>The state of a duty. The numbers reach disk: append only.</summary>
public enum DutyState
{
    /// <summary>To be done 未.</summary>
    Open = 0,

    /// <summary>Done 已, by a named piece of evidence.</summary>
    Done = 1,

    /// <summary>Waived 豁免, with a reason and a name.</summary>
    Waived = 2,

    /// <summary>Withdrawn 撤销, because its basis fell.</summary>
    Withdrawn = 3,
}

/// <summary>The ways of a duty. Done returns to open when its evidence falls; what was waived or withdrawn can be reinstated.</summary>
public static class DutyStates
{
    public static StateTable<DutyState> Table { get; } = new("duty", "任务")
    {
        { DutyState.Open, DutyState.Done, DutyState.Waived, DutyState.Withdrawn },
        { DutyState.Done, DutyState.Open, DutyState.Withdrawn },
        { DutyState.Waived, DutyState.Open, DutyState.Withdrawn },
        { DutyState.Withdrawn, DutyState.Open },
    };

    /// <summary>The states from which the table allows the way to <paramref name="to"/>, as numbers for SQL.</summary>
    internal static string From(DutyState to) => string.Join(", ", Table.Where(t => t.To == to).Select(t => (int)t.From));
}
