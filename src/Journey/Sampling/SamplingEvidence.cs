using Qipan.Duties;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Says which pieces of the field's evidence stand: samples, antigen tests, received boxes, settled and explained discrepancies.</summary>
sealed class SamplingEvidence : IEvidenceCheck
{
    public IReadOnlyList<string> Kinds { get; } = ["registration", "antigen", "box", "discrepancy", "explanation"];

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids) => kind switch
    {
        "registration" => Missing(session, ids, """
            SELECT r.id FROM fact f JOIN registration r ON r.owner = f.owner AND r.tube = f.subject AND r.id = f.id
            WHERE r.state <> 3 AND f.owner IN (SELECT DISTINCT owner FROM device) AND f.id
            """),
        "antigen" => Missing(session, ids, "SELECT id FROM antigen WHERE id"),
        "box" => Missing(session, ids, "SELECT id FROM box WHERE received_at IS NOT NULL AND id"),
        "discrepancy" => Missing(session, ids, "SELECT id FROM discrepancy WHERE state = 1 AND id"),
        _ => Unexplained(session, ids),
    };

    static List<string> Missing(Session session, IReadOnlyCollection<string> ids, string select)
    {
        var known = ids.Where(i => Guid.TryParseExact(i, "N", out _)).Select(i => Guid.ParseExact(i, "N")).ToList();
        var standing = session.Query<Guid>($"{select} {session.InIds("ids")}", new { ids = session.Keys(known) }).Select(i => i.ToString("N")).ToHashSet();
        return [.. ids.Where(i => !standing.Contains(i))];
    }

    /// <summary>discrepancy.submission: the discrepancy is closed, and by the facts of this batch.</summary>
    static List<string> Unexplained(Session session, IReadOnlyCollection<string> ids)
    {
        var discrepancies = ids.Select(i => i.Split('.')[0]).Where(i => Guid.TryParseExact(i, "N", out _)).Select(i => Guid.ParseExact(i, "N")).Distinct();
        var standing = session.Query<string>($"SELECT note FROM discrepancy WHERE state = 1 AND id {session.InIds("ids")}",
            new { ids = session.Keys(discrepancies) }).ToHashSet(StringComparer.Ordinal);
        return [.. ids.Where(i => !standing.Contains(i))];
    }
}
