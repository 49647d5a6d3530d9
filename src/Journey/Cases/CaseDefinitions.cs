using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The case definition that holds for a case, and the class that it proposes. Safe for all threads.</summary>
public sealed class CaseDefinitions(ProtocolBook protocols, LocalDays days)
{
    /// <summary>The definition at the place and on the day of the finding, or <c>no_rule</c>.</summary>
    public Outcome<Ruled<ClassificationRule>> Of(CaseRow row)
    {
        var ruling = protocols.Resolve(row.Disease, row.Owner, days.DateOf(row.FoundAt));
        return ruling.Ok ? ruling.Value.Classification : ruling.Refusal;
    }

    /// <summary>
    /// The class that the definition gives for what is known of the case, and which criteria hold; a person decides. Known is what was
    /// recorded, and a first positive sample.
    /// </summary>
    public Outcome<ClassificationAnswer> Propose(Session session, CaseRow row)
    {
        var rule = Of(row);
        return rule.Ok ? Classification.Of(rule.Value.Rule, Facts(session, row, rule.Value.Rule)) : rule.Refusal;
    }

    static Dictionary<string, bool> Facts(Session session, CaseRow row, ClassificationRule rule)
    {
        var facts = Known(session, row).ToDictionary(f => f.Finding, f => f.Holds);
        if (row.FirstPositiveAt is not null)
            facts.TryAdd(rule.PositiveSample, true);
        return facts;
    }

    /// <summary>What was recorded of the case.</summary>
    public static List<FindingRow> Known(Session session, CaseRow row) => session.Query<FindingRow>(
        "SELECT * FROM case_finding WHERE owner = @Owner AND case_id = @Id ORDER BY finding", new { row.Owner, row.Id });
}
