using Qipan.Engine.Segments;
using Qipan.Engine.Store;

namespace Qipan.Engine;

/// <summary>
/// The store as it was at one moment. Safe for all threads until disposed. Times are Unix seconds, ids are dense ids.
/// </summary>
public sealed partial class PresenceView : IDisposable
{
    StoreState? state;

    internal PresenceView(VisitStore store, StoreState state)
    {
        Store = store;
        this.state = state;
        Segments = state.Set.Segments;
        Recent = state.Recent;
        Long = state.Set.Long;
        foreach (var segment in Segments)
        {
            VisitorLimit = Math.Max(VisitorLimit, segment.VisitorLimit);
            PlaceLimit = Math.Max(PlaceLimit, segment.PlaceLimit);
        }
        VisitorLimit = Math.Max(Math.Max(VisitorLimit, Long.VisitorLimit), Recent.VisitorLimit);
        PlaceLimit = Math.Max(Math.Max(PlaceLimit, Long.PlaceLimit), Recent.PlaceLimit);
    }

    /// <summary>The store that this is a view of.</summary>
    public VisitStore Store { get; }

    /// <summary>Stays in it, open ones too.</summary>
    public long Count => State.Set.Segments.Sum(s => s.Rows) + Recent.Count;

    internal StoreState State => state ?? throw new ObjectDisposedException(nameof(PresenceView));

    internal Segment[] Segments { get; }

    internal RecentView Recent { get; }

    internal LongStays Long { get; }

    /// <summary>All visitors' ids are below this.</summary>
    internal uint VisitorLimit { get; }

    internal uint PlaceLimit { get; }

    public void Dispose()
    {
        var seen = Interlocked.Exchange(ref state, null);
        seen?.Set.Release();
    }
}
