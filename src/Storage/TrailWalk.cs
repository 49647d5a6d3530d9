using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>One thing in a chain of facts, as walked: what it is, what was done to it, and what it stands on.</summary>
/// <param name="Subject">The thing.</param>
/// <param name="Node">What its module says of it; null where no module knows this kind or this id.</param>
/// <param name="Acts">What was done to it, oldest first.</param>
/// <param name="Under">What it stands on, nearest first.</param>
/// <param name="SeenBefore">True where the walk came to it a second time; it is explained where it stands first.</param>
public sealed record TrailStep(Ref Subject, TrailNode? Node, IReadOnlyList<TrailRow> Acts, IReadOnlyList<TrailStep> Under, bool SeenBefore = false);

/// <summary>Follows a thing down to the facts that it stands on: from a figure or a duty to the device that reported it.</summary>
public sealed class TrailWalk(IEnumerable<ITrailSource> sources)
{
    /// <summary>A thing has few facts under it; a longer chain than this is cut, and the walk says so by a null node.</summary>
    const int MostThings = 500;

    readonly Dictionary<string, ITrailSource> byKind = sources.SelectMany(s => s.Kinds.Select(k => (Kind: k, Source: s)))
        .ToDictionary(p => p.Kind, p => p.Source, StringComparer.Ordinal);

    /// <summary>The kinds that somebody explains.</summary>
    public IReadOnlyCollection<string> Kinds => byKind.Keys;

    /// <summary>The chain from the thing on. Loops end where they close; the first way to a thing explains it.</summary>
    public TrailStep From(Session session, Ref subject) => Step(session, subject, []);

    TrailStep Step(Session session, Ref subject, HashSet<Ref> seen)
    {
        if (!seen.Add(subject))
            return new TrailStep(subject, null, [], [], SeenBefore: true);
        if (seen.Count > MostThings)
            return new TrailStep(subject, null, [], []);
        var node = byKind.TryGetValue(subject.Kind, out var source) ? source.Explain(session, subject) : null;
        var acts = TrailRow.Of(session, subject);
        return new TrailStep(subject, node, acts, [.. (node?.Under ?? []).Select(under => Step(session, under, seen))]);
    }
}
