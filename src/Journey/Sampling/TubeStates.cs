using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>Where a tube 采样管 is in its life (domain 3.2). The numbers reach disk: append only.</summary>
public enum TubeState
{
    /// <summary>Something was said about it, but its opening has not arrived yet.</summary>
    Issued = 1,

    /// <summary>Takes persons in.</summary>
    Open = 2,

    /// <summary>Sealed 封管.</summary>
    Sealed = 3,

    /// <summary>In a box.</summary>
    Boxed = 4,

    /// <summary>Its box is on the way, in a courier's hand.</summary>
    InTransit = 5,

    /// <summary>A laboratory has it.</summary>
    Received = 6,

    /// <summary>Accepted for testing.</summary>
    Queued = 7,

    /// <summary>On a plate.</summary>
    InRun = 8,

    /// <summary>A result was released.</summary>
    Resulted = 9,

    /// <summary>Kept after its result.</summary>
    Retained = 10,
    Destroyed = 11,

    /// <summary>The laboratory refused it: see <see cref="RejectReason"/>.</summary>
    Rejected = 12,
    Void = 13,
}

/// <summary>Why a tube cannot be tested. The numbers reach disk: append only.</summary>
public enum RejectReason
{
    None = 0,

    /// <summary>漏.</summary>
    Leaking = 1,

    /// <summary>空.</summary>
    Empty = 2,

    /// <summary>量少.</summary>
    TooLittle = 3,

    /// <summary>破.</summary>
    Broken = 4,

    /// <summary>标签不符.</summary>
    LabelMismatch = 5,

    /// <summary>超时.</summary>
    TooLate = 6,

    /// <summary>Its box arrived without it (INV-04); it is still in transit.</summary>
    NotReceived = 7,
}

/// <summary>The life of a tube.</summary>
public static class TubeStates
{
    public static StateTable<TubeState> Table { get; } = new("tube", "采样管")
    {
        { TubeState.Issued, TubeState.Open, TubeState.Void },
        { TubeState.Open, TubeState.Sealed, TubeState.Void },
        { TubeState.Sealed, TubeState.Boxed },
        { TubeState.Boxed, TubeState.InTransit },
        { TubeState.InTransit, TubeState.Received },
        { TubeState.Received, TubeState.Rejected, TubeState.Queued },
        { TubeState.Queued, TubeState.InRun },
        // Back to the queue: the run's control failed, or the result has to be repeated (INV-10, INV-12).
        { TubeState.InRun, TubeState.Resulted, TubeState.Queued },
        { TubeState.Resulted, TubeState.Retained, TubeState.Queued },
        { TubeState.Retained, TubeState.Destroyed },
    };
}
