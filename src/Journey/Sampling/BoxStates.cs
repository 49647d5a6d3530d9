using Qipan.Kernel;

namespace Qipan.Sampling;

/// <summary>Where a box 转运箱 is in its life (domain 3.2). The numbers reach disk: append only.</summary>
public enum BoxState
{
    Open = 1,
    Closed = 2,

    /// <summary>送检: both sides have signed, and it is in a courier's hand.</summary>
    Sent = 3,

    /// <summary>接收: a laboratory has it.</summary>
    Received = 4,

    /// <summary>Its tubes were scanned and all agree.</summary>
    Reconciled = 5,

    /// <summary>Its tubes were scanned and something does not agree; the list says what.</summary>
    Discrepancy = 6,
}

/// <summary>The life of a box.</summary>
public static class BoxStates
{
    public static StateTable<BoxState> Table { get; } = new("box", "转运箱")
    {
        { BoxState.Open, BoxState.Closed },
        { BoxState.Closed, BoxState.Sent },
        { BoxState.Sent, BoxState.Received },
        { BoxState.Received, BoxState.Reconciled, BoxState.Discrepancy },
    };
}
