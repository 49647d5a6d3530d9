using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>A cluster with what is counted of it.</summary>
public sealed class ClusterCount
{
    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public ClusterKind Kind { get; init; }

    public string? Place { get; init; }

    public string? Note { get; init; }

    /// <summary>Cases that belong to it now, without those ruled out.</summary>
    public long Cases { get; init; }

    public long OpenTails { get; init; }

    /// <summary>When the first of them was found; null while it has none.</summary>
    public DateTimeOffset? First { get; init; }

    public DateTimeOffset? Last { get; init; }
}

/// <summary>Reads clusters 聚集性疫情.</summary>
public static class ClusterBook
{
    const string Columns = """
        SELECT k.owner, k.id, k.name, k.kind, k.place, k.note, count(c.id) AS cases, min(c.found_at) AS first, max(c.found_at) AS last,
          sum(CASE WHEN c.id IS NOT NULL AND c.contacts_asked_at IS NULL THEN 1 ELSE 0 END) AS open_tails
        FROM cluster k LEFT JOIN case_record c ON c.cluster = k.id AND c.class <> 5
        """;

    /// <summary>The clusters of the territory's counties, those with the latest cases first.</summary>
    public static Outcome<IReadOnlyList<ClusterCount>> Of(Session session, Caller caller, string territory)
    {
        if (!caller.May(Permission.SeeCases, territory))
            return new NotAllowedHere();
        var county = territory.Length > 6 ? territory[..6] : territory;
        return Outcome.Of<IReadOnlyList<ClusterCount>>([.. session.Query<ClusterCount>(
            Columns + " WHERE k.owner >= @county AND k.owner < @beyond GROUP BY k.owner, k.id, k.name, k.kind, k.place, k.note",
            new { county, beyond = county + "~" }).OrderByDescending(c => c.Last).ThenBy(c => c.Name, StringComparer.Ordinal)]);
    }

    /// <summary>One cluster with its cases that the caller may see, the latest first.</summary>
    public static Outcome<(ClusterCount Cluster, IReadOnlyList<CaseRow> Cases)> One(Session session, Caller caller, Guid id)
    {
        if (session.One<ClusterCount>(Columns + " WHERE k.id = @id GROUP BY k.owner, k.id, k.name, k.kind, k.place, k.note", new { id }) is not { } cluster)
            return CaseRefusals.ClusterUnknown;
        if (!caller.May(Permission.SeeCases, cluster.Owner))
            return new NotAllowedHere();
        var cases = session.Query<CaseRow>("SELECT * FROM case_record WHERE cluster = @id AND class <> 5 ORDER BY found_at DESC, id DESC", new { id });
        return (cluster, (IReadOnlyList<CaseRow>)cases.FindAll(c => CaseRights.MaySee(caller, c)));
    }

    /// <summary>The clusters that a case of the county may be put into, by name.</summary>
    public static List<ClusterRow> OfCounty(Session session, string owner) =>
        session.Query<ClusterRow>("SELECT * FROM cluster WHERE owner = @owner ORDER BY name, id", new { owner });
}
