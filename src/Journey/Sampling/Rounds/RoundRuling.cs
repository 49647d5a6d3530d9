using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Sampling;

/// <summary>What the protocols say of a round at its place on the day of its window; frozen in the round's row, so a later protocol changes nothing.</summary>
/// <param name="Protocol">id@version of the rule that sets the deadline.</param>
/// <param name="Versions">The version that answers for each group of rules.</param>
/// <param name="DueAt">Everybody resulted by.</param>
/// <param name="PoolPolicy">JSON as <see cref="PoolPolicies"/> writes it.</param>
/// <param name="PooledDueHours">A sealed tube of several persons is resulted within.</param>
/// <param name="SingleDueHours">A sealed tube of one person is resulted within.</param>
/// <param name="ResampleDueHours">A member who must be sampled again is sampled within.</param>
sealed record RoundRuling(
    string Protocol, IReadOnlyDictionary<string, string> Versions, DateTimeOffset DueAt, string PoolPolicy,
    int PooledDueHours, int SingleDueHours, int ResampleDueHours)
{
    public static Outcome<RoundRuling> Of(ProtocolBook book, PlanRound plan, Scope scope)
    {
        var ruling = book.Resolve(plan.Disease ?? "", scope.Common, LocalDays.China.DateOf(plan.WindowStart));
        if (!ruling.Ok)
            return ruling.Refusal;
        var (deadlines, pool, suspect) = (ruling.Value.Deadlines, ruling.Value.Pool, ruling.Value.SuspectPool);
        if ((deadlines.Refusal ?? pool.Refusal ?? suspect.Refusal) is { } refusal)
            return refusal;
        var policy = PoolPolicies.Of(pool.Value.Rule, plan.PoolPolicy);
        if (!policy.Ok)
            return policy.Refusal;
        var times = ruling.Value.Testing is { Ok: true } testing ? testing.Value.Rule.Results : null;
        var round = deadlines.Value.Rule.Round;
        var due = plan.DueAt ?? plan.WindowStart + round;
        return new RoundRuling(
            deadlines.Value.Version.ToString(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["deadlines"] = deadlines.Value.Version.ToString(),
                ["pool"] = pool.Value.Version.ToString(),
                ["suspect_pool"] = suspect.Value.Version.ToString(),
            },
            due < plan.WindowEnd ? plan.WindowEnd : due,
            policy.Value,
            Hours(times?.Pooled ?? round),
            Hours(times?.Single ?? round),
            Hours(suspect.Value.Rule.Resample));
    }

    static int Hours(TimeSpan time) => (int)Math.Ceiling(time.TotalHours);
}
