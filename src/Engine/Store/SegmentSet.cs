using Qipan.Engine.Segments;

namespace Qipan.Engine.Store;

/// <summary>A segment with the number of sets that hold it; unmapped when the last one lets go.</summary>
sealed class SharedSegment(SegmentEntry entry, Segment segment)
{
    int holders;

    public SegmentEntry Entry => entry;

    public Segment Segment => segment;

    public void Hold() => Interlocked.Increment(ref holders);

    public void Release()
    {
        if (Interlocked.Decrement(ref holders) == 0)
            segment.Dispose();
    }
}

/// <summary>
/// The segments of one manifest, by day. Readers acquire it and release it; once it was replaced, the last release lets its
/// segments go.
/// </summary>
sealed class SegmentSet
{
    readonly Lazy<LongStays> longStays;
    int readers = 1;

    public SegmentSet(IReadOnlyList<SharedSegment> shared)
    {
        Shared = [.. shared.OrderBy(s => s.Entry.Day).ThenBy(s => s.Entry.Name, StringComparer.Ordinal)];
        Segments = [.. Shared.Select(s => s.Segment)];
        foreach (var segment in Shared)
            segment.Hold();
        longStays = new Lazy<LongStays>(() => new LongStays(Segments), LazyThreadSafetyMode.PublicationOnly);
    }

    public SharedSegment[] Shared { get; }

    public Segment[] Segments { get; }

    /// <summary>Long and open stays of all segments; read at the first use.</summary>
    public LongStays Long => longStays.Value;

    /// <summary>False when the set was replaced and let go in between: take the new one.</summary>
    public bool TryAcquire()
    {
        for (var seen = Volatile.Read(ref readers); seen > 0; seen = Volatile.Read(ref readers))
            if (Interlocked.CompareExchange(ref readers, seen + 1, seen) == seen)
                return true;
        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref readers) > 0)
            return;
        foreach (var segment in Shared)
            segment.Release();
    }
}
