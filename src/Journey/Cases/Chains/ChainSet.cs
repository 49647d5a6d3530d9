using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// The cases of a disease in a territory with the links among them, in the order of their days, and what follows from them. Immutable and safe for
/// all threads.
/// </summary>
public sealed class ChainSet
{
    readonly LocalDays days;
    readonly bool[] fromOutside;
    readonly Lazy<IReadOnlyList<ChainLine>> lines;
    readonly Lazy<List<int>[]> members;

    internal ChainSet(IReadOnlyList<ChainCase> cases, IReadOnlyList<ChainLink> links, LocalDays days)
    {
        this.days = days;
        Cases = [.. cases.OrderBy(c => DayOf(c).Day).ThenBy(c => c.No, StringComparer.Ordinal)];
        var place = new Dictionary<Guid, int>(Cases.Count);
        for (var i = 0; i < Cases.Count; i++)
            place[Cases[i].Id] = i;
        fromOutside = new bool[Cases.Count];
        var edges = new List<ChainEdge>(links.Count);
        var exposures = new DateOnly?[Cases.Count];
        var several = new bool[Cases.Count];
        foreach (var link in links)
        {
            if (!place.TryGetValue(link.ToCase, out var to))
                continue;
            if (place.TryGetValue(link.FromCase, out var from))
                edges.Add(new ChainEdge(from, to, link.Confidence));
            else
                fromOutside[to] = true;
            several[to] |= exposures[to] is { } known && link.ExposureOn is { } other && known != other;
            exposures[to] ??= link.ExposureOn;
        }
        Links = edges;
        Graph = new Chains(Cases.Count, edges.Select(e => (e.From, e.To)));
        members = new(MembersOf);
        lines = new(() => ChainLines.Made(this, new ChainFilter()));
        Exposure = [.. exposures.Select((day, i) => several[i] ? null : day)];
    }

    /// <summary>By their days, then their numbers.</summary>
    public IReadOnlyList<ChainCase> Cases { get; }

    public IReadOnlyList<ChainEdge> Links { get; }

    public Chains Graph { get; }

    /// <summary>The one day of exposure that the links to each case give; null where none or several do.</summary>
    public IReadOnlyList<DateOnly?> Exposure { get; }

    /// <summary>The chains as a table without a filter: made when they are first asked for, and kept with the set.</summary>
    internal IReadOnlyList<ChainLine> Lines => lines.Value;

    /// <summary>The cases of each chain, by its place among the chains, in the order of the set.</summary>
    internal IReadOnlyList<List<int>> Members => members.Value;

    List<int>[] MembersOf()
    {
        var chains = new List<int>[Graph.ComponentCount];
        for (var i = 0; i < Cases.Count; i++)
            (chains[Graph.Component[i]] ??= []).Add(i);
        return chains;
    }

    /// <summary>No link leads to it, from here or from elsewhere 源头.</summary>
    public bool IsHead(int one) => Graph.Sources(one) == 0 && !fromOutside[one];

    /// <summary>A link from a case that is not among these leads to it.</summary>
    public bool FromOutside(int one) => fromOutside[one];

    /// <summary>Where the case stands in time: its onset; without one, its first positive sample; without that, its finding.</summary>
    public (DateOnly Day, DayBasis Basis) DayOf(ChainCase one) => one.Onset is { } onset ? (onset, DayBasis.Onset)
        : one.FirstPositiveAt is { } sample ? (days.DateOf(sample), DayBasis.FirstPositive) : (days.DateOf(one.FoundAt), DayBasis.Found);

    /// <summary>The days that delays are counted between, in the order of the cases.</summary>
    public IReadOnlyList<CaseDays> Days() =>
        [.. Cases.Select((c, i) => new CaseDays(c.Onset, Exposure[i], Date(c.ReportAt), Date(c.IsolatedAt), c.OutcomeOn, c.DeathOn))];

    DateOnly? Date(DateTimeOffset? at) => at is { } instant ? days.DateOf(instant) : null;
}

/// <summary>A link as chains read it.</summary>
sealed class ChainLink
{
    public Guid FromCase { get; init; }

    public Guid ToCase { get; init; }

    public LinkConfidence Confidence { get; init; }

    public DateOnly? ExposureOn { get; init; }
}
