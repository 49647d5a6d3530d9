namespace Qipan.Engine;

/// <summary>One meeting of a chain: who could have passed it on to whom, where and from when on.</summary>
public readonly record struct ChainLink(uint From, uint To, uint Place, long Start, long End);

/// <summary>
/// Time-respecting chains 传播链: each link begins after its giver was reached, so news, or an infection, could have gone that way.
/// A chain is possible, not proven. For one thread.
/// </summary>
public sealed class Chains(PresenceView view)
{
    readonly Tracer tracer = new(view);

    /// <summary>
    /// The chains from a source to each target that reach it earliest, with at most <paramref name="mostLinks"/> links; a target
    /// that is not reached is left out. The window is the source's; later carriers are followed from when they were reached.
    /// </summary>
    public IReadOnlyDictionary<uint, IReadOnlyList<ChainLink>> Find(
        TraceIndex source, IReadOnlyCollection<uint> targets, TraceRule rule, int mostLinks)
    {
        var reached = new Dictionary<uint, Arrival> { [source.Visitor] = new(source.From, null) };
        var carriers = new List<uint> { source.Visitor };
        var one = rule with { Rings = 1 };
        for (var round = 0; round < mostLinks && carriers.Count > 0; round++)
        {
            var improved = new Dictionary<uint, Arrival>();
            foreach (var carrier in carriers)
            {
                var from = reached[carrier].At;
                tracer.Trace(new TraceIndex(carrier, from, source.To), one, withEpisodes: true);
                foreach (ref readonly var episode in tracer.Episodes)
                {
                    var link = new ChainLink(carrier, episode.Contact, episode.Place, episode.Start, episode.End);
                    var known = improved.GetValueOrDefault(episode.Contact) ?? reached.GetValueOrDefault(episode.Contact);
                    if (known is null || IsBefore(link, known))
                        improved[episode.Contact] = new Arrival(episode.Start, link, reached[carrier]);
                }
            }
            foreach (var (visitor, arrival) in improved)
                reached[visitor] = arrival;
            carriers = [.. improved.Keys.Order()];
        }
        return targets.Where(t => t != source.Visitor && reached.ContainsKey(t)).Distinct()
            .ToDictionary(t => t, IReadOnlyList<ChainLink> (t) => reached[t].Path());
    }

    /// <summary>Earlier only: an equal arrival keeps its shorter chain.</summary>
    static bool IsBefore(ChainLink link, Arrival known) => link.Start < known.At;

    sealed record Arrival(long At, ChainLink? Link, Arrival? Before = null)
    {
        public List<ChainLink> Path()
        {
            var links = new List<ChainLink>();
            for (var here = this; here?.Link is { } link; here = here.Before)
                links.Add(link);
            links.Reverse();
            return links;
        }
    }
}
