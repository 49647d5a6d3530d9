using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Where one version of a result 结果 stands. The numbers reach disk: append only.</summary>
public enum ResultState
{
    /// <summary>Loaded from a run, not yet out.</summary>
    Preliminary = 1,

    /// <summary>Out, and the latest version.</summary>
    Released = 2,

    /// <summary>Was out; a later version stands in its place.</summary>
    Amended = 3,

    /// <summary>Says nothing any more: taken back, or its run failed.</summary>
    Withdrawn = 4,
}

/// <summary>The ways of a version of a result (domain 3.2).</summary>
public static class ResultStates
{
    public static StateTable<ResultState> Table { get; } = new("result", "结果")
    {
        { ResultState.Preliminary, ResultState.Released, ResultState.Withdrawn },
        { ResultState.Released, ResultState.Amended, ResultState.Withdrawn },
    };
}
