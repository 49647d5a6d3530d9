using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Where the links that hold lead to from some cases: enough of the graph to see a circle. Not safe for several threads.</summary>
sealed class Reach
{
    readonly Dictionary<Guid, List<Guid>> next = [];

    /// <summary>
    /// Everything that is reached from these cases, a query for each generation; many cases at once take all links of their diseases
    /// instead, which is one query.
    /// </summary>
    public static Reach From(Session session, IReadOnlyCollection<Guid> cases, Dictionary<Guid, CaseRow> known)
    {
        var reach = new Reach();
        if (cases.Count > 100)
        {
            foreach (var link in session.Stream<LinkRow>($"""
                SELECT l.from_case, l.to_case FROM transmission_link l JOIN case_record c ON c.owner = l.to_owner AND c.id = l.to_case
                WHERE l.state = 1 AND c.disease {session.In("diseases")}
                """, new { diseases = session.Keys(known.Values.Select(c => c.Disease).Distinct()) }))
                reach.Add(link.FromCase, link.ToCase);
            return reach;
        }
        var seen = cases.ToHashSet();
        var edge = seen.ToList();
        while (edge.Count > 0)
        {
            var found = session.Each<LinkRow>("SELECT from_case, to_case FROM transmission_link WHERE from_case = @key AND state = 1", edge);
            foreach (var link in found)
                reach.Add(link.FromCase, link.ToCase);
            edge = [.. found.Select(l => l.ToCase).Where(seen.Add)];
        }
        return reach;
    }

    public void Add(Guid from, Guid to)
    {
        if (!next.TryGetValue(from, out var list))
            next[from] = list = [];
        list.Add(to);
    }

    /// <summary>True when a way leads from the one to the other.</summary>
    public bool Leads(Guid from, Guid to)
    {
        var seen = new HashSet<Guid> { from };
        var open = new Stack<Guid>(seen);
        while (open.TryPop(out var at))
            foreach (var there in next.GetValueOrDefault(at) ?? [])
            {
                if (there == to)
                    return true;
                if (seen.Add(there))
                    open.Push(there);
            }
        return false;
    }
}
