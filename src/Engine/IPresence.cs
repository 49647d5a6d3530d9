using Qipan.Kernel;

namespace Qipan.Engine;

/// <summary>
/// Who was where and when, and so who met whom, wherever it is kept: in a folder (<see cref="EnginePresence"/>) or in a database that
/// several nodes share. Ids are the dense ids that <see cref="Number(IdKind, string)"/> gives; times are Unix seconds. Both answer alike; one suite
/// holds them to it. Safe for all threads.
/// </summary>
public interface IPresence
{
    /// <summary>The dense id of an outside id; a new one where there was none.</summary>
    Task<uint> Number(IdKind kind, string outside);

    /// <summary>The dense id, or null for one that was never numbered or was erased.</summary>
    uint? Find(IdKind kind, string outside);

    /// <summary>The id as the outside knows it; null where it was erased or never given.</summary>
    string? Outside(IdKind kind, uint dense);

    /// <summary>As the other for many at once, in the same order.</summary>
    Task<uint[]> Number(IdKind kind, IReadOnlyList<string> outside);

    /// <summary>As the other for many at once, in the same order.</summary>
    string?[] Outside(IdKind kind, IReadOnlyList<uint> dense);

    /// <summary>Stores visits; they last when this completes. As <see cref="VisitStore.Append"/>: the same again changes nothing.</summary>
    Task<Outcome<AppendReceipt>> Append(IReadOnlyList<Visit> visits);

    /// <summary>Who met the index person, by the rule; as <see cref="Tracer.Trace"/>.</summary>
    TraceFound Trace(TraceIndex of, TraceRule rule, bool withEpisodes = false);

    /// <summary>As <see cref="PresenceView.Itinerary"/>.</summary>
    IReadOnlyList<Visit> Itinerary(uint visitor, long from = 0, long to = Visit.NotLeft);

    /// <summary>As <see cref="PresenceView.Present"/>.</summary>
    IReadOnlyList<Visit> Present(uint place, long from, long to);

    /// <summary>As <see cref="PresenceView.Occupancy(long, int)"/>.</summary>
    IReadOnlyList<PlaceCount> Occupancy(long at);

    /// <summary>As <see cref="PresenceView.OccupancySeries"/>.</summary>
    IReadOnlyList<int> OccupancySeries(uint place, long from, long to, long step);

    /// <summary>As <see cref="PresenceView.Shared"/>.</summary>
    IReadOnlyList<SharedPlace> Shared(IReadOnlyList<TraceIndex> cases);

    /// <summary>As <see cref="VisitStore.ForgetBefore"/>.</summary>
    Task<long> ForgetBefore(long instant);

    /// <summary>As <see cref="VisitStore.ForgetVisitors"/>.</summary>
    Task<long> ForgetVisitors(IReadOnlyCollection<uint> visitors);
}

/// <summary>What a trace found; each ring by visitor. Ring 2 has those that are neither the index person nor in ring 1.</summary>
/// <param name="Episodes">Every pair of stays, by start and contact; empty unless they were asked for.</param>
public sealed record TraceFound(IReadOnlyList<Contact> Ring1, IReadOnlyList<Contact> Ring2, IReadOnlyList<Episode> Episodes)
{
    internal static TraceFound Of(ReadOnlySpan<Contact> ring1, ReadOnlySpan<Contact> ring2, ReadOnlySpan<Episode> episodes)
    {
        var (first, second, pairs) = (ring1.ToArray(), ring2.ToArray(), episodes.ToArray());
        Array.Sort(first, static (a, b) => a.Visitor.CompareTo(b.Visitor));
        Array.Sort(second, static (a, b) => a.Visitor.CompareTo(b.Visitor));
        Array.Sort(pairs, static (a, b) =>
            (a.Start, a.Contact, a.Via, a.Place, a.Area, a.End).CompareTo((b.Start, b.Contact, b.Via, b.Place, b.Area, b.End)));
        return new TraceFound(first, second, pairs);
    }
}
