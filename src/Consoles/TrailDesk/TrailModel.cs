using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.TrailDesk;

/// <summary>A thing of the chain, how far it stands from what was asked, and what was done to it.</summary>
public sealed record TrailStep(int Depth, TrailNode Node, IReadOnlyList<TrailRow> Lines);

/// <summary>Why something is so: the thing, what it stands on, and what that stands on, back to the devices.</summary>
public sealed record TrailModel(Ref Subject, IReadOnlyList<TrailStep> Steps, IReadOnlyList<TrailRow> Lines, bool Cut)
{
    const int MostThings = 60;

    const int MostUnder = 12;

    /// <summary>Walks the chain nearest first; each thing once.</summary>
    public static TrailModel Load(Store store, IEnumerable<ITrailSource> sources, Ref subject) => store.Read(session =>
    {
        var bySource = sources.SelectMany(s => s.Kinds.Select(k => (k, s))).ToLookup(s => s.k, s => s.s, StringComparer.Ordinal);
        var steps = new List<TrailStep>();
        var seen = new HashSet<Ref> { subject };
        var waiting = new Queue<(int Depth, Ref Thing)>([(0, subject)]);
        while (steps.Count < MostThings && waiting.TryDequeue(out var next))
        {
            if (bySource[next.Thing.Kind].Select(s => s.Explain(session, next.Thing)).FirstOrDefault(n => n is not null) is not { } node)
                continue;
            steps.Add(new TrailStep(next.Depth, node, TrailRow.Of(session, next.Thing)));
            foreach (var under in node.Under.Take(MostUnder).Where(seen.Add))
                waiting.Enqueue((next.Depth + 1, under));
        }
        return new TrailModel(subject, steps, TrailRow.Of(session, subject), waiting.Count > 0);
    });
}
