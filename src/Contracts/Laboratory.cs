namespace Qipan.Contracts;

/// <summary>A run's results are out.</summary>
/// <param name="Run">The run.</param>
/// <param name="Tubes">How many tubes have a result from it now.</param>
public sealed record ResultsReleased(Guid Run, int Tubes) : IEvent
{
    public static string Kind => "results_released";
}

/// <summary>A tube is not negative: its members are to be held, sampled again and decided 一键即报.</summary>
/// <param name="Members">Person ids.</param>
public sealed record PoolPositive(Guid Alert, Guid Tube, Guid? Round, IReadOnlyList<Guid> Members) : IEvent
{
    public static string Kind => "pool_positive";
}

/// <summary>A released result says something else now, or nothing any more (INV-11, INV-12, INV-13).</summary>
/// <param name="Result">The new version.</param>
/// <param name="Supersedes">The version that does not hold any more.</param>
/// <param name="From">Its call.</param>
/// <param name="To">The new call; null when the result was withdrawn.</param>
/// <param name="SampledAt">When the tube was sealed: what follows counts from then.</param>
public sealed record ResultAmended(Guid Result, Guid Supersedes, Guid Tube, string From, string? To, DateTimeOffset? SampledAt) : IEvent
{
    public static string Kind => "result_amended";
}

/// <summary>A member of a suspect tube is confirmed by a tube of their own.</summary>
/// <param name="SampleAt">When the confirming sample was taken: contacts count from then (INV-13).</param>
public sealed record MemberConfirmed(Guid Person, Guid Alert, Guid Tube, DateTimeOffset SampleAt) : IEvent
{
    public static string Kind => "member_confirmed";
}
