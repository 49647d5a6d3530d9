namespace Qipan.Protocols;

/// <summary>A criterion as it was found.</summary>
/// <param name="Rule">The criterion.</param>
/// <param name="Holds">True when enough of its parts are known to hold.</param>
/// <param name="By">The parts that hold.</param>
/// <param name="Open">The parts of which nobody knows yet; a criterion that does not hold may hold with them.</param>
public sealed record CriterionAnswer(CriterionRule Rule, bool Holds, IReadOnlyList<string> By, IReadOnlyList<string> Open);

/// <summary>The class that a definition gives, and why. A proposal: a person decides.</summary>
/// <param name="Class">Null: no class holds.</param>
/// <param name="Way">The findings and criteria that made it; empty when no class holds.</param>
/// <param name="Criteria">Every criterion, in the order of the rule.</param>
public sealed record ClassificationAnswer(DefinedClass? Class, IReadOnlyList<string> Way, IReadOnlyList<CriterionAnswer> Criteria);

/// <summary>Applies a case definition to what is known of one case. Pure: the same facts give the same answer.</summary>
public static class Classification
{
    /// <summary>
    /// The first class of the rule of which one way holds and no exception does. A finding that nobody looked for counts as not known: it makes
    /// no criterion hold and no exception either.
    /// </summary>
    /// <param name="rule">The definition.</param>
    /// <param name="facts">Findings: true holds, false was looked for and is not there; those that are absent are not known.</param>
    public static ClassificationAnswer Of(ClassificationRule rule, IReadOnlyDictionary<string, bool> facts)
    {
        var holds = facts.Where(f => f.Value).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var known = facts.Keys.ToHashSet(StringComparer.Ordinal);
        var criteria = new List<CriterionAnswer>(rule.Criteria.Count);
        foreach (var criterion in rule.Criteria)
        {
            var by = criterion.Of.Where(holds.Contains).ToList();
            var open = criterion.Of.Where(p => !known.Contains(p)).ToList();
            var answer = new CriterionAnswer(criterion, by.Count >= criterion.AtLeast, by, open);
            criteria.Add(answer);
            if (answer.Holds)
                holds.Add(criterion.Code);
            if (answer.Holds || by.Count + open.Count < criterion.AtLeast)
                known.Add(criterion.Code);
        }
        foreach (var one in rule.Classes)
        {
            if (one.Unless?.Any(holds.Contains) == true)
                continue;
            if (one.Any.FirstOrDefault(way => way.All(holds.Contains)) is { } way)
                return new ClassificationAnswer(one.Class, way, criteria);
        }
        return new ClassificationAnswer(null, [], criteria);
    }
}
