namespace Qipan.Protocols;

/// <summary>Who is tested regularly 应检尽检 (domain 2.1) and who is exempt from rounds.</summary>
public sealed record ScreeningRule : IRule
{
    public static string Key => "screening";

    public required IReadOnlyList<ScreeningGroup> Groups { get; init; }

    /// <summary>Who takes no part in rounds: <c>recovered</c>, <c>epidemic_free_compound</c>; null: everybody does.</summary>
    public IReadOnlyList<string>? ExemptFromRounds { get; init; }
}

/// <param name="Times">Tests within <paramref name="PerDays"/> days: 2 in 7 is twice a week.</param>
/// <param name="AntigenSupplement">Antigen besides.</param>
public sealed record ScreeningGroup(string Code, string Zh, string En, int Times, int PerDays, bool AntigenSupplement = false);
