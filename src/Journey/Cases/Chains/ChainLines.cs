namespace Qipan.Cases;

/// <summary>Which cases of the chains are wanted; null: no matter. The picture filters by the same conditions (src/Web/islands/chains/shown.ts).</summary>
public sealed record ChainFilter
{
    /// <summary>The first day that counts, by the day at which the case stands.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last one.</summary>
    public DateOnly? To { get; init; }

    /// <summary>A place code; the cases whose place lies in it.</summary>
    public string? Place { get; init; }

    public Guid? Cluster { get; init; }

    public CaseClass? Class { get; init; }

    /// <summary>sources or tails: those whose source is missing, or whose contacts nobody has asked for.</summary>
    public string? Open { get; init; }

    internal bool Wants(ChainSet set, ChainCase c)
    {
        var day = set.DayOf(c).Day;
        return !(day < From) && !(day > To) && (Place is null || c.Place.StartsWith(Place, StringComparison.Ordinal))
            && (Cluster is null || c.Cluster == Cluster) && (Class is null || c.Class == Class)
            && Open switch { "sources" => c.SourceMissing, "tails" => c.OpenTail, _ => true };
    }
}

/// <summary>One chain in a list.</summary>
/// <param name="Chain">Its place among the chains of the set.</param>
/// <param name="Head">The earliest of its cases that no link leads to; in a circle, the earliest case.</param>
/// <param name="Cases">All of them; with <paramref name="Wanted"/> those that the filter names.</param>
/// <param name="Heads">How many have no source in it.</param>
/// <param name="Depth">Generations, the head's being one; 0 when the chain is one circle.</param>
/// <param name="Largest">The most that one of them passed it on to.</param>
public sealed record ChainLine(
    int Chain, ChainCase Head, int Cases, int Wanted, int Heads, int Depth, int Largest, int MissingSources, int OpenTails, DateOnly First, DateOnly Last);

/// <summary>Chains as a table. Pure.</summary>
public static class ChainLines
{
    /// <summary>The chains that have a case which the filter wants, the largest first, then the earliest.</summary>
    public static IReadOnlyList<ChainLine> Of(ChainSet set, ChainFilter filter) => filter == new ChainFilter() ? set.Lines : Made(set, filter);

    internal static IReadOnlyList<ChainLine> Made(ChainSet set, ChainFilter filter)
    {
        var chains = set.Members;
        var lines = new List<ChainLine>(chains.Count);
        for (var chain = 0; chain < chains.Count; chain++)
        {
            var wanted = chains[chain].Count(i => filter.Wants(set, set.Cases[i]));
            if (wanted > 0)
                lines.Add(Line(set, chain, chains[chain], wanted));
        }
        return [.. lines.OrderByDescending(l => l.Cases).ThenBy(l => l.First).ThenBy(l => l.Head.No, StringComparer.Ordinal)];
    }

    /// <summary>The places of a chain's cases in the set, in the order of the set.</summary>
    public static IReadOnlyList<int> Members(ChainSet set, int chain) => set.Members[chain];

    static ChainLine Line(ChainSet set, int chain, List<int> members, int wanted)
    {
        var graph = set.Graph;
        var heads = members.Where(i => graph.Sources(i) == 0).ToList();
        var days = members.ConvertAll(i => set.DayOf(set.Cases[i]).Day);
        return new ChainLine(chain, set.Cases[heads.Count > 0 ? heads[0] : members[0]], members.Count, wanted, heads.Count, members.Max(i => graph.Generation[i]) + 1,
            members.Max(graph.Offspring), members.Count(i => set.Cases[i].SourceMissing), members.Count(i => set.Cases[i].OpenTail), days.Min(), days.Max());
    }
}
