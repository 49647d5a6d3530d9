using System.Collections.Concurrent;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>How many cases of a disease there are.</summary>
public sealed class DiseaseCount
{
    public string Disease { get; init; } = "";

    public long Cases { get; init; }

    public long Sources { get; init; }

    public long Tails { get; init; }
}

/// <summary>
/// Reads chains 传播链, for the desks. What was read is kept until a case or a link of it is another: the snapshot itself says so, so that nobody is shown chains
/// of before, whoever wrote. Safe for all threads.
/// </summary>
public sealed class ChainBook(LocalDays days)
{
    /// <summary>Twenty-five thousand cases are about 15 MB.</summary>
    const int MostKept = 6;

    readonly ConcurrentDictionary<(string Disease, string Territories, string Rights), (Mark Mark, ChainSet Set)> shelf = new();

    /// <summary>
    /// The cases of the disease that the caller may see in the territory (empty: all of the caller's), without those ruled out, and the links
    /// that hold among them.
    /// </summary>
    public Outcome<ChainSet> Of(Session session, Caller caller, string territory, string disease)
    {
        if (Territories(caller, territory) is not { } territories)
            return new NotAllowedHere();
        // Whom the caller may see follows from where they may see cases, and from nothing else of them.
        var asked = (disease, string.Join(' ', territories), string.Join(' ', caller.Territories(Permission.SeeCases)));
        var mark = Mark.Of(session, territories, disease);
        if (shelf.TryGetValue(asked, out var had) && had.Mark == mark)
            return had.Set;
        var seen = new Dictionary<(string, string, string, string, string), bool>();
        var cases = territories.SelectMany(t => Cases(session, t, disease)).Where(c => MaySee(c)).DistinctBy(c => c.Id).ToList();
        var made = new ChainSet(cases, Links(session, cases), days);
        if (shelf.Count >= MostKept)
            shelf.Clear();
        shelf[asked] = (mark, made);
        return made;

        bool MaySee(ChainCase c)
        {
            var key = (c.Owner, c.ReportRegion, c.OnsetRegion, c.CurrentRegion, c.Custody);
            if (!seen.TryGetValue(key, out var may))
                seen[key] = may = CaseRights.MaySee(caller, c.Owner, c.ReportRegion, c.OnsetRegion, c.CurrentRegion, c.Custody);
            return may;
        }
    }

    /// <summary>The diseases of the territory by their cases, the most first.</summary>
    public static Outcome<IReadOnlyList<DiseaseCount>> Diseases(Session session, Caller caller, string territory)
    {
        if (Territories(caller, territory) is not { } territories)
            return new NotAllowedHere();
        return Outcome.Of<IReadOnlyList<DiseaseCount>>([.. territories.SelectMany(t => session.Query<DiseaseCount>($"""
            SELECT disease, count(*) AS cases, sum(CASE WHEN source_state = 0 THEN 1 ELSE 0 END) AS sources,
              sum(CASE WHEN contacts_asked_at IS NULL THEN 1 ELSE 0 END) AS tails
            FROM (SELECT * FROM case_record WHERE owner >= @county AND owner < @beyond UNION ALL SELECT * FROM case_record WHERE {TakenOver}) c
            WHERE class <> 5 AND (@all = 1 OR (current_region >= @territory AND current_region < @end) OR (onset_region >= @territory AND onset_region < @end))
            GROUP BY disease
            """, Within(t))).GroupBy(d => d.Disease).Select(g => new DiseaseCount
            {
                Disease = g.Key,
                Cases = g.Sum(d => d.Cases),
                Sources = g.Sum(d => d.Sources),
                Tails = g.Sum(d => d.Tails),
            }).OrderByDescending(d => d.Cases).ThenBy(d => d.Disease, StringComparer.Ordinal)]);
    }

    static IReadOnlyCollection<string>? Territories(Caller caller, string territory)
    {
        IReadOnlyCollection<string> territories = territory.Length > 0 ? [territory] : [.. caller.Territories(Permission.SeeCases)];
        return territories.Count == 0 || territories.Any(t => !caller.May(Permission.SeeCases, t)) ? null : territories;
    }

    static List<ChainCase> Cases(Session session, string territory, string disease)
    {
        const string columns = """
            SELECT owner, id, no, class, onset, first_positive_at, found_at, report_at, isolated_at, outcome_on, death_on, report_region, onset_region,
              current_region, custody, cluster, contacts_asked_at, source_state FROM case_record
            """;
        var cases = session.Query<ChainCase>($"""
            {columns} WHERE owner >= @county AND owner < @beyond AND disease = @disease AND class <> 5
            UNION ALL {columns} WHERE {TakenOver} AND disease = @disease AND class <> 5
            """, new { county = County(territory), beyond = County(territory) + "~", disease });
        // A case is of a street where it is counted or where the person is now.
        return territory.Length <= 6 ? cases
            : cases.FindAll(c => c.CurrentRegion.StartsWith(territory, StringComparison.Ordinal) || c.OnsetRegion.StartsWith(territory, StringComparison.Ordinal));
    }

    static List<ChainLink> Links(Session session, List<ChainCase> cases) => cases.Count == 0 ? [] : session.Query<ChainLink>($"""
        SELECT from_case, to_case, confidence, exposure_on FROM transmission_link WHERE owner {session.In("owners")} AND state = 1
        """, new { owners = session.Keys(cases.Select(r => r.Owner).Distinct()) });

    /// <summary>Cases of counties outside the territory that one inside it has taken over; few, and found by an index of their own.</summary>
    const string TakenOver = "custody <> owner AND custody >= @county AND custody < @beyond AND NOT (owner >= @county AND owner < @beyond)";

    /// <summary>
    /// Which cases and links there are, in few numbers. A case's version grows with every change and nothing writes a case without it (<see cref="CaseHistory"/>); a link is
    /// added, or its state changes once.
    /// </summary>
    readonly record struct Mark(long Cases, long Versions, long Links, long States, long Latest)
    {
        public static Mark Of(Session session, IReadOnlyCollection<string> territories, string disease)
        {
            var sum = default(Mark);
            foreach (var t in territories)
            {
                var args = new { county = County(t), beyond = County(t) + "~", disease };
                foreach (var row in session.Query<MarkRow>($"""
                    SELECT count(*) AS cases, coalesce(sum(version), 0) AS versions FROM case_record WHERE owner >= @county AND owner < @beyond AND disease = @disease
                    UNION ALL SELECT count(*), coalesce(sum(version), 0) FROM case_record WHERE {TakenOver} AND disease = @disease
                    """, args))
                    sum = sum with { Cases = sum.Cases + row.Cases, Versions = sum.Versions + row.Versions };
                // The links of a case that was taken over lie in the county that reported it.
                var links = session.Query<MarkRow>($"""
                    SELECT count(*) AS cases, coalesce(sum(state), 0) AS versions, coalesce(max(at), 0) AS latest FROM transmission_link
                    WHERE (owner >= @county AND owner < @beyond) OR owner IN (SELECT owner FROM case_record WHERE {TakenOver})
                    """, args)[0];
                sum = sum with { Links = sum.Links + links.Cases, States = sum.States + links.Versions, Latest = Math.Max(sum.Latest, links.Latest) };
            }
            return sum;
        }
    }

    sealed class MarkRow
    {
        public long Cases { get; init; }

        public long Versions { get; init; }

        public long Latest { get; init; }
    }

    static string County(string territory) => territory.Length > 6 ? territory[..6] : territory;

    static object Within(string territory) => new
    {
        county = County(territory),
        beyond = County(territory) + "~",
        territory,
        end = territory + "~",
        all = territory.Length <= 6 ? 1 : 0,
    };
}
