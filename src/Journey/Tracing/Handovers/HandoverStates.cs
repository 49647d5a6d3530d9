using Qipan.Kernel;

namespace Qipan.Tracing;

/// <summary>What is handed over. The numbers reach disk: append only.</summary>
public enum HandoverSubject : short
{
    /// <summary>A contact, with every observation of the person that the sender has custody of.</summary>
    Contact = 1,
    Case = 2,
}

/// <summary>Where a hand-over 移交 stands. The numbers reach disk: append only.</summary>
public enum HandoverState : short
{
    /// <summary>Sent; the sender has the duties.</summary>
    Requested = 1,

    /// <summary>The receiver has custody and the duties.</summary>
    Accepted = 2,

    /// <summary>The receiver said no, with a reason; the sender keeps the duties.</summary>
    Refused = 3,

    /// <summary>The sender took it back, or what was handed over ended first.</summary>
    Cancelled = 4,
}

/// <summary>The ways of a hand-over: answered once.</summary>
static class HandoverStates
{
    public static StateTable<HandoverState> Table { get; } = new("hand-over", "移交")
    {
        { HandoverState.Requested, HandoverState.Accepted, HandoverState.Refused, HandoverState.Cancelled },
        { HandoverState.Accepted },
        { HandoverState.Refused },
        { HandoverState.Cancelled },
    };
}
