namespace Qipan.Contracts;

/// <summary>Rows of the register may be one person each; somebody has to decide (INV-21, INV-23).</summary>
/// <param name="Pairs">Of one county, that of the later rows.</param>
public sealed record PairsParked(IReadOnlyList<ParkedPair> Pairs) : IEvent
{
    public static string Kind => "pairs_parked";
}

/// <summary>One of them.</summary>
/// <param name="PersonA">The row that was there first.</param>
/// <param name="PersonB">The later one.</param>
/// <param name="Score">0 to 1: how much speaks for one person.</param>
public sealed record ParkedPair(Guid PersonA, Guid PersonB, double Score);

/// <summary>Somebody has said of two rows whether they are one person.</summary>
public sealed record PairDecided(Guid PersonA, Guid PersonB) : IEvent
{
    public static string Kind => "pair_decided";
}
