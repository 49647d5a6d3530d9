namespace Qipan.Protocols;

/// <summary>The ways of testing a population, as ordered steps 检测策略 (domain 2.3; S3:49).</summary>
public sealed record StrategiesRule : IRule
{
    public static string Key => "strategies";

    /// <summary>核酸混检+抗原追阳: pooled PCR, antigen on the members of a suspect pool, single PCR.</summary>
    public Strategy? A { get; init; }

    /// <summary>抗原筛查+单管复核: antigen for everybody, single PCR for its positives.</summary>
    public Strategy? B { get; init; }

    /// <summary>Both at once at the door; a local form.</summary>
    public Strategy? C { get; init; }
}

public sealed record Strategy(string Zh, string En, IReadOnlyList<StrategyStep> Steps);

/// <summary>How a step tests.</summary>
public enum TestMethod : short
{
    PoolPcr = 1,
    Antigen = 2,
    SinglePcr = 3,
}

/// <summary>Whom a step tests.</summary>
public enum TestGroup : short
{
    Everybody = 1,
    MembersOfSuspectPool = 2,
    AntigenPositive = 3,
}

/// <param name="Concludes">Whether its result may be the last word.</param>
public sealed record StrategyStep(TestMethod Method, TestGroup On, bool Concludes = false);
