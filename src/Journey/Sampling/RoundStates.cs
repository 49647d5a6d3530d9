using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>Where a round 轮次 is in its life (domain 3.2). The numbers reach disk: append only.</summary>
public enum RoundState
{
    Planned = 1,

    /// <summary>The roster is frozen, and everybody on it has a duty.</summary>
    Published = 2,
    Sampling = 3,

    /// <summary>The window has ended; what is taken or reported later is supplement.</summary>
    SamplingClosed = 4,
    Testing = 5,

    /// <summary>The figures are final; late samples go to the supplement and never open it again.</summary>
    Final = 6,
    Archived = 7,
    Cancelled = 8,
}

/// <summary>The life of a round.</summary>
public static class RoundStates
{
    public static StateTable<RoundState> Table { get; } = new("round", "轮次")
    {
        { RoundState.Planned, RoundState.Published, RoundState.Cancelled },
        { RoundState.Published, RoundState.Sampling, RoundState.Cancelled },
        { RoundState.Sampling, RoundState.SamplingClosed, RoundState.Cancelled },
        { RoundState.SamplingClosed, RoundState.Testing },
        { RoundState.Testing, RoundState.Final },
        { RoundState.Final, RoundState.Archived },
    };
}
