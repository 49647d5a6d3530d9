using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Where a run 批次 stands. The numbers reach disk: append only.</summary>
public enum RunState
{
    /// <summary>The plate is in the instrument, or its file was opened.</summary>
    Loaded = 1,

    /// <summary>The instrument has finished and the Ct values are kept.</summary>
    Amplified = 2,

    /// <summary>Every control shows what it must show.</summary>
    ControlOk = 3,

    /// <summary>A control failed, at once or found later: nothing of this run counts (INV-10).</summary>
    ControlFailed = 4,

    /// <summary>Two different persons have reviewed it.</summary>
    Reviewed = 5,

    /// <summary>Its results are out.</summary>
    Released = 6,
}

/// <summary>The ways of a run (domain 3.2). A control may be found to have failed after review and after release.</summary>
public static class RunStates
{
    public static StateTable<RunState> Table { get; } = new("run", "批次")
    {
        { RunState.Loaded, RunState.Amplified },
        { RunState.Amplified, RunState.ControlOk, RunState.ControlFailed },
        { RunState.ControlOk, RunState.Reviewed, RunState.ControlFailed },
        { RunState.Reviewed, RunState.Released, RunState.ControlFailed },
        { RunState.Released, RunState.ControlFailed },
    };
}
