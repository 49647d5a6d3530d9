namespace Qipan.Protocols;

/// <summary>
/// What the states of a health code meant 健康码 (domain 2.8), to read old data and to know that "unverifiable" is not red. This
/// program has no code that gates movement.
/// </summary>
public sealed record HealthCodeRule : IRule
{
    public static string Key => "health_code";

    public required IReadOnlyList<CodeState> States { get; init; }

    /// <summary>Degrees Celsius from which a reading on the spot counts as fever.</summary>
    public required double FeverC { get; init; }
}

/// <param name="Code"><c>green</c>, <c>yellow</c>, <c>orange</c>, <c>red</c>, <c>unverifiable</c>.</param>
/// <param name="HealthMeaning">False where the state says nothing about the holder.</param>
public sealed record CodeState(string Code, string Zh, string En, bool HealthMeaning);
