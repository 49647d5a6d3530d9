using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Which cases a list shows. Every condition that is set must hold.</summary>
public sealed record CaseFilter
{
    /// <summary>A place code; the cases that are reported, counted or present in it. Empty is the whole deployment.</summary>
    public string Territory { get; init; } = "";

    /// <summary>Several of them, none inside another, in place of one.</summary>
    public IReadOnlyCollection<string>? Territories { get; init; }

    public string? Disease { get; init; }

    public IReadOnlyCollection<CaseClass>? Classes { get; init; }

    /// <summary>Found at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Found before.</summary>
    public DateTimeOffset? To { get; init; }

    public Guid? Cluster { get; init; }

    /// <summary>Whose investigation, by staff id.</summary>
    public Guid? Assignee { get; init; }

    /// <summary>True: those whose contacts nobody has asked for yet 链尾.</summary>
    public bool OpenTail { get; init; }

    /// <summary>True: those whose source is neither named nor declared unknown 源头.</summary>
    public bool MissingSource { get; init; }

    /// <summary>True: those that somebody has to look at again.</summary>
    public bool Flagged { get; init; }
}

/// <summary>A page of cases; give <paramref name="Next"/> as <c>after</c> for the next, null at the end.</summary>
public sealed record CasePage(IReadOnlyList<CaseRow> Items, string? Next);

/// <summary>Finds cases for other modules and for the desks. Reveals nothing of a person but ids.</summary>
public static class CaseBook
{
    /// <summary>The cases of these ids, those that are there, in whatever county.</summary>
    public static Dictionary<Guid, CaseRow> ByIds(Session session, IReadOnlyCollection<Guid> ids) => ids.Count == 0
        ? []
        : session.Each<CaseRow>("SELECT * FROM case_record WHERE id = @key", ids.Distinct()).ToDictionary(c => c.Id);

    /// <summary>The cases of these persons, ruled out ones too, oldest first.</summary>
    public static List<CaseRow> OfPersons(Session session, IReadOnlyCollection<Guid> persons) => persons.Count == 0
        ? []
        : [.. session.Each<CaseRow>("SELECT * FROM case_record WHERE person = @key", persons.Distinct()).OrderBy(c => c.FoundAt).ThenBy(c => c.Id)];

    /// <summary>The case of this id or number, or null.</summary>
    public static CaseRow? Find(Session session, string idOrNo) => Guid.TryParse(idOrNo, out var id)
        ? session.One<CaseRow>("SELECT * FROM case_record WHERE id = @id", new { id })
        : session.One<CaseRow>("SELECT * FROM case_record WHERE owner = @owner AND no = @no", new { owner = idOrNo.Split('-')[0], no = idOrNo });

    /// <summary>A page of cases, the latest found first. A page costs about the same wherever it stands.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The <see cref="CasePage.Next"/> of the page before; one that is none is the first page.</param>
    /// <param name="take">1 to 200.</param>
    public static CasePage Page(Session session, CaseFilter filter, string? after = null, int take = 50)
    {
        take = Math.Clamp(take, 1, 200);
        var mark = Mark(after);
        var rows = new List<CaseRow>();
        foreach (var within in Apart(filter))
        {
            foreach (var owner in Owners(session, within.Territory))
                rows.AddRange(session.Query<CaseRow>(Sql(within, Reported, mark is not null), Arguments(owner, within, mark, take + 1)));
            rows.AddRange(session.Query<CaseRow>(Sql(within, TakenOver, mark is not null), Arguments("", within, mark, take + 1)));
        }
        rows = [.. rows.DistinctBy(r => r.Id).OrderByDescending(r => r.FoundAt).ThenByDescending(r => r.Id, IdOrder).Take(take + 1)];
        if (rows.Count <= take)
            return new CasePage(rows, null);
        rows.RemoveAt(take);
        return new CasePage(rows, $"{rows[^1].FoundAt.ToUnixTimeMilliseconds()}.{rows[^1].Id:N}");
    }

    /// <summary>How many cases the filter names.</summary>
    public static long Count(Session session, CaseFilter filter)
    {
        var apart = Apart(filter).ToList();
        var reported = apart.Sum(within => Owners(session, within.Territory).Sum(owner =>
            session.Scalar<long>($"SELECT count(*) FROM ({Sql(within, Reported, paged: false, limited: false)}) x", Arguments(owner, within, null, 0))));
        // Those that were taken over are few; one that is reported in the same territories counts once (INV-38).
        return reported + apart.SelectMany(within => session.Query<CaseRow>(Sql(within, TakenOver, paged: false, limited: false), Arguments("", within, null, 0)))
            .DistinctBy(c => c.Id).Count(c => !apart.Exists(a => c.Owner.StartsWith(County(a.Territory), StringComparison.Ordinal)
                && (a.Territory.Length <= 6 || c.CurrentRegion.StartsWith(a.Territory, StringComparison.Ordinal))));
    }

    const string Reported = "c.owner = @owner";

    /// <summary>A territory lists what its counties have taken over as well.</summary>
    const string TakenOver = "c.custody <> c.owner AND c.custody >= @county AND c.custody < @countyEnd";

    static string County(string territory) => territory[..Math.Min(territory.Length, 6)];

    static IEnumerable<CaseFilter> Apart(CaseFilter filter) =>
        filter.Territories is { Count: > 0 } several ? several.Select(t => filter with { Territory = t }) : [filter];

    static object Arguments(string owner, CaseFilter filter, (DateTimeOffset At, Guid Id)? mark, int take) => new
    {
        owner,
        filter.Disease,
        filter.From,
        filter.To,
        filter.Cluster,
        filter.Assignee,
        territory = filter.Territory,
        beyond = filter.Territory + "~",
        county = County(filter.Territory),
        countyEnd = County(filter.Territory) + "~",
        at = mark?.At,
        id = mark?.Id,
        take,
    };

    /// <summary>The counties that hold cases of the territory: from a county down, that county; above, all that have any.</summary>
    static List<string> Owners(Session session, string territory) => territory.Length >= 6
        ? [territory[..6]]
        : session.Query<string>("SELECT DISTINCT owner FROM case_counter WHERE owner >= @territory AND owner < @beyond ORDER BY owner",
            new { territory, beyond = territory + "~" });

    static string Sql(CaseFilter filter, string county, bool paged, bool limited = true)
    {
        var sql = new System.Text.StringBuilder("SELECT c.* FROM case_record c");
        if (filter.Assignee is not null)
            sql.Append(" JOIN investigation i ON i.owner = c.owner AND i.case_id = c.id AND i.assignee = @Assignee");
        sql.Append(" WHERE ").Append(county);
        if (filter.Territory.Length > 6)
            sql.Append(" AND c.current_region >= @territory AND c.current_region < @beyond");
        if (filter.Disease is not null)
            sql.Append(" AND c.disease = @Disease");
        if (filter.Classes is { Count: > 0 } classes)
            sql.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND c.class IN ({string.Join(", ", classes.Select(k => (int)k))})");
        if (filter.From is not null)
            sql.Append(" AND c.found_at >= @From");
        if (filter.To is not null)
            sql.Append(" AND c.found_at < @To");
        if (filter.Cluster is not null)
            sql.Append(" AND c.cluster = @Cluster");
        if (filter.OpenTail)
            sql.Append(" AND c.contacts_asked_at IS NULL AND c.class <> 5");
        if (filter.MissingSource)
            sql.Append(" AND c.source_state = 0 AND c.class <> 5");
        if (filter.Flagged)
            sql.Append(" AND c.flags <> ''");
        if (paged)
            sql.Append(" AND (c.found_at, c.id) < (@at, @id)");
        if (limited)
            sql.Append(" ORDER BY c.found_at DESC, c.id DESC LIMIT @take");
        return sql.ToString();
    }

    static (DateTimeOffset At, Guid Id)? Mark(string? after) =>
        after?.Split('.') is [var at, var id] && long.TryParse(at, out var time) && Guid.TryParseExact(id, "N", out var key)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(time), key) : null;

    /// <summary>As both stores order ids: by their bytes, big-endian.</summary>
    static readonly Comparer<Guid> IdOrder = Comparer<Guid>.Create((a, b) => string.CompareOrdinal(a.ToString("N"), b.ToString("N")));
}
