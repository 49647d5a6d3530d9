using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>The groups of a ruling that a contact's plan is made from. Immutable.</summary>
sealed record PlanRules(Ruled<QuarantineRule>? Quarantine, Ruled<FollowupRule>? Followup, Ruled<PoolRule>? Pool)
{
    /// <summary>What holds; <c>no_plan_rule</c> when the protocol rules neither a quarantine nor a follow-up.</summary>
    public static Outcome<PlanRules> Of(Ruling ruling)
    {
        var rules = new PlanRules(Try(ruling.Quarantine), Try(ruling.Followup), Try(ruling.Pool));
        return rules.Quarantine is null && rules.Followup is null ? new NoPlanRule() : rules;
    }

    /// <summary>The rules that a plan was made under, whatever holds today (INV-33); <c>unknown_protocol</c> when their file is gone.</summary>
    public static Outcome<PlanRules> Under(ProtocolBook book, ContactPlan plan)
    {
        var quarantine = Group<QuarantineRule>(book, plan.Protocol);
        if (!quarantine.Ok)
            return quarantine.Refusal;
        var followup = plan.FollowupProtocol is { } id ? Group<FollowupRule>(book, id) : Outcome.Of<Ruled<FollowupRule>?>(null);
        if (!followup.Ok)
            return followup.Refusal;
        var single = new PoolRule { Default = PoolKind.Single, ByRisk = new Dictionary<RiskClass, PoolKind>() };
        return new PlanRules(quarantine.Value, followup.Value, plan.SingleTubes ? new Ruled<PoolRule>(single, ProtocolVersionOf(plan.Protocol)) : null);
    }

    static Outcome<Ruled<T>?> Group<T>(ProtocolBook book, string id)
        where T : class, IRule
    {
        var version = ProtocolVersionOf(id);
        var protocol = book.Find(version);
        if (!protocol.Ok)
            return protocol.Refusal;
        return protocol.Value.TryGet<T>(out var rule) ? new Ruled<T>(rule, version) : (Ruled<T>?)null;
    }

    static ProtocolVersion ProtocolVersionOf(string id) =>
        ProtocolVersion.TryParse(id, out var version) ? version : throw new CorruptException("contact.plan", $"names the protocol {id}");

    static Ruled<T>? Try<T>(Outcome<Ruled<T>> outcome)
        where T : class, IRule => outcome.Ok ? outcome.Value : null;

    /// <summary>id@version that decides: the quarantine's, or the follow-up's where nobody is kept away.</summary>
    public string Protocol => (Quarantine?.Version ?? Followup!.Version).ToString();

    /// <summary>
    /// The plan of a contact whose exposure ended at an instant. <c>kind_not_determined</c> where the protocol knows no such contacts.
    /// </summary>
    public Outcome<ContactPlan> Plan(ContactDays days, ContactKind kind, DateTimeOffset lastExposure)
    {
        IReadOnlyList<Stage>? ruled = kind switch
        {
            ContactKind.Close => Quarantine?.Rule.Close ?? [],
            ContactKind.Secondary => Quarantine?.Rule.Secondary,
            ContactKind.General => [],
        };
        if (ruled is null)
            return new KindNotDetermined();
        var stages = new List<PlannedStage>(ruled.Count);
        var tests = new List<PlannedTest>();
        var before = 0;
        foreach (var stage in ruled)
        {
            // Test days count from the first day of their stage, which is the day after the stage before.
            var last = before + stage.Days;
            stages.Add(new PlannedStage(stage.Mode, before == 0 ? 0 : before + 1, last, days.Over(lastExposure, last), stage.ByChoice));
            tests.AddRange(stage.Tests.Select(day => new PlannedTest(
                before + day, stages.Count - 1, days.DateOf(lastExposure, before + day),
                day == stage.Tests[^1] ? stage.Release : null, stage.Specimen)));
            before = last;
        }
        var followup = kind == ContactKind.General ? null : Followup?.Rule;
        return new ContactPlan
        {
            Protocol = Protocol,
            FollowupProtocol = followup is null ? null : Followup!.Version.ToString(),
            Kind = kind,
            LastExposure = lastExposure,
            Stages = stages,
            Tests = tests,
            FollowupDays = followup is null ? [] : DaysOf(followup, kind == ContactKind.Secondary ? before : int.MaxValue),
            PerDay = followup?.PerDay ?? 0,
            NeedsLastVisit = followup?.ClosesOnlyAfterLastVisit ?? false,
            QuarantineEnds = stages.Count == 0 ? null : stages[^1].Until,
            FollowupEnds = followup is null ? null : days.Over(lastExposure, Math.Min(followup.Days, kind == ContactKind.Secondary ? before : int.MaxValue)),
            SecondaryRelease = kind == ContactKind.Secondary ? Quarantine!.Rule.SecondaryRelease : null,
            SingleTubes = Pool?.Rule.For(RiskClass.Isolation) == PoolKind.Single,
        };
    }

    /// <summary>
    /// From the first day of follow-up to its last, which is day <c>days</c> itself: starting on the day after and counting <c>days</c> more
    /// would be one too many. A secondary contact is followed as long as its quarantine.
    /// </summary>
    static List<int> DaysOf(FollowupRule rule, int most)
    {
        var last = Math.Min(rule.Days, most);
        return rule.OnDays is { } some ? [.. some.Where(d => d <= last)] : [.. Enumerable.Range(rule.FirstDay, last - rule.FirstDay + 1)];
    }
}
