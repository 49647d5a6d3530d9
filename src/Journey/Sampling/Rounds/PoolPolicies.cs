using System.Globalization;
using System.Text.Json;
using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Sampling;

/// <summary>Writes the pool policy 混采规则 of a round: the protocol's pools, with what the order for this round says instead.</summary>
static class PoolPolicies
{
    static readonly HashSet<string> Risks = new(Enum.GetValues<RiskClass>().Select(RiskNames.Of).Append("default"), StringComparer.Ordinal);

    /// <summary>JSON: <c>default</c> and risk classes to 1, 5, 10, 20 or <c>"HOUSEHOLD"</c>.</summary>
    public static Outcome<string> Of(PoolRule rule, IReadOnlyDictionary<string, string>? instead = null)
    {
        var policy = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["default"] = Plain(rule.Default) };
        foreach (var (risk, kind) in rule.ByRisk)
            policy[RiskNames.Of(risk)] = Plain(kind);
        foreach (var (risk, size) in instead ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (!Risks.Contains(risk) || size is not ("1" or "5" or "10" or "20" or "HOUSEHOLD"))
                return new PoolPolicyWrong();
            policy[risk] = Plain((PoolKind)PoolPolicy.KindOf(size));
        }
        return JsonSerializer.Serialize(policy);
    }

    /// <summary>The risk class of a name as the policy writes it, or null.</summary>
    public static RiskClass? Risk(string? name) =>
        Enum.GetValues<RiskClass>().Where(r => RiskNames.Of(r) == name).Select(r => (RiskClass?)r).FirstOrDefault();

    static object Plain(PoolKind kind) => kind == PoolKind.Household ? "HOUSEHOLD" : Convert.ToInt32(kind, CultureInfo.InvariantCulture);
}
