using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>
/// What holds for a disease at a place on a day 适用规则. Each group is answered by one protocol: of those that have the group, the one
/// with the narrowest jurisdiction, then for the named variant, then with the highest priority, then with the latest beginning.
/// Immutable, safe for all threads.
/// </summary>
public sealed class Ruling
{
    readonly IReadOnlyList<Protocol> ranked;

    internal Ruling(string disease, string place, DateOnly on, IReadOnlyList<Protocol> ranked)
    {
        Disease = disease;
        Place = place;
        On = on;
        this.ranked = ranked;
    }

    public string Disease { get; }

    /// <summary>The place code that was asked for.</summary>
    public string Place { get; }

    public DateOnly On { get; }

    /// <summary>Every protocol that holds here, the first in rank first.</summary>
    public IReadOnlyList<Protocol> Protocols => ranked;

    public Outcome<Ruled<ContactRule>> Contact => Of<ContactRule>();

    public Outcome<Ruled<SituationsRule>> Situations => Of<SituationsRule>();

    public Outcome<Ruled<TransportRule>> Transport => Of<TransportRule>();

    public Outcome<Ruled<QuarantineRule>> Quarantine => Of<QuarantineRule>();

    public Outcome<Ruled<FollowupRule>> Followup => Of<FollowupRule>();

    public Outcome<Ruled<OutbreakRule>> Outbreak => Of<OutbreakRule>();

    public Outcome<Ruled<ClassificationRule>> Classification => Of<ClassificationRule>();

    public Outcome<Ruled<DischargeRule>> Discharge => Of<DischargeRule>();

    public Outcome<Ruled<SeverityRule>> Severity => Of<SeverityRule>();

    public Outcome<Ruled<ZonesRule>> Zones => Of<ZonesRule>();

    public Outcome<Ruled<CompoundsRule>> Compounds => Of<CompoundsRule>();

    public Outcome<Ruled<PoolRule>> Pool => Of<PoolRule>();

    public Outcome<Ruled<SuspectPoolRule>> SuspectPool => Of<SuspectPoolRule>();

    public Outcome<Ruled<Deadlines>> Deadlines => Of<Deadlines>();

    public Outcome<Ruled<SocialRule>> Social => Of<SocialRule>();

    public Outcome<Ruled<ScreeningRule>> Screening => Of<ScreeningRule>();

    public Outcome<Ruled<TestingRule>> Testing => Of<TestingRule>();

    public Outcome<Ruled<AntigenRule>> Antigen => Of<AntigenRule>();

    public Outcome<Ruled<AssayRule>> Assay => Of<AssayRule>();

    public Outcome<Ruled<StrategiesRule>> Strategies => Of<StrategiesRule>();

    public Outcome<Ruled<IsolationRule>> Isolation => Of<IsolationRule>();

    public Outcome<Ruled<FangcangRule>> Fangcang => Of<FangcangRule>();

    public Outcome<Ruled<GoodsPass>> GoodsPass => Of<GoodsPass>();

    public Outcome<Ruled<OutingPass>> Outing => Of<OutingPass>();

    public Outcome<Ruled<HealthCodeRule>> HealthCode => Of<HealthCodeRule>();

    public Outcome<Ruled<VenuesRule>> Venues => Of<VenuesRule>();

    public Outcome<Ruled<TracingRule>> Tracing => Of<TracingRule>();

    public Outcome<Ruled<SerialIntervalRule>> SerialInterval => Of<SerialIntervalRule>();

    /// <summary>The group with the version it comes from, or <c>no_rule</c> when no protocol here has it.</summary>
    public Outcome<Ruled<TRule>> Of<TRule>()
        where TRule : class, IRule
    {
        foreach (var protocol in ranked)
            if (protocol.TryGet<TRule>(out var rule))
                return new Ruled<TRule>(rule, protocol.Version);
        return new NoRule(Disease, Place, On, TRule.Key);
    }

    /// <summary>The protocol that answers for each group that is ruled here, by the group's key.</summary>
    public IReadOnlyList<(string Group, Protocol Protocol)> Answers() =>
    [
        .. ranked.SelectMany(p => p.Groups).Distinct().Order(StringComparer.Ordinal).Select(g => (g, ranked.First(p => p.Has(g)))),
    ];
}
