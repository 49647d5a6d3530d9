using Qipan.Duties;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A change of a case is evidence as long as it is on record.</summary>
sealed class CasesEvidence : IEvidenceCheck
{
    public IReadOnlyList<string> Kinds { get; } = ["case_change"];

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var cases = ids.Select(i => i.Split('.')[0]).Where(c => Guid.TryParseExact(c, "N", out _)).Select(c => Guid.ParseExact(c, "N")).Distinct();
        var standing = session.Each<CaseChangeRow>(
            "SELECT h.* FROM case_record c JOIN case_change h ON h.owner = c.owner AND h.case_id = c.id WHERE c.id = @key", cases).Select(c => c.Evidence.Id).ToHashSet();
        return [.. ids.Where(i => !standing.Contains(i))];
    }
}
