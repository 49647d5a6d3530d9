using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine;

public sealed unsafe partial class Tracer
{
    /// <summary>Few enough that the chunks asked for are still in the nearest cache when their turn comes.</summary>
    const int PairsAtOnce = 16;

    readonly PinnedRows<Pair> pairs = new(PairsAtOnce);
    int pairCount;

    /// <summary>Everyone whose stay in the same place shares enough time with one of the gathered stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void MeetAll()
    {
        var segments = CollectionsMarshal.AsSpan(near);
        for (var i = 0; i < stayCount; i++)
        {
            var stay = stays.Start + i;
            for (var s = 0; s < segments.Length; s++)
            {
                ref readonly var here = ref segments[s];
                if (here.LastLeave < stay->Enter + least || here.FirstEnter > stay->Leave - least)
                    continue;
                here.Segment.FetchPlace(stay->Place);
                pairs.Start[pairCount++] = new Pair { Stay = stay, Segment = s, DayStart = here.DayStart };
                if (pairCount == PairsAtOnce)
                    MeetPairs(segments);
            }
        }
        MeetPairs(segments);
        if (!view.Long.All.IsEmpty || view.Recent.Count > 0)
            for (var i = 0; i < stayCount; i++)
                MeetOthers(stays.Start[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void MeetPairs(Span<NearSegment> segments)
    {
        var end = pairs.Start + pairCount;
        for (var pair = pairs.Start; pair < end; pair++)
        {
            pair->Block = segments[pair->Segment].Segment.FindBlock(pair->Stay->Place);
            Fetch.Soon(pair->Block);
        }
        for (var pair = pairs.Start; pair < end; pair++)
            if (pair->Block != null)
                Aim(pair);
        for (var pair = pairs.Start; pair < end; pair++)
            if (pair->Block != null)
                Scan(pair, segments[pair->Segment].Segment);
        TakeHits(segments);
        pairCount = 0;
    }

    /// <summary>Finds the first chunk that may hold a meeting, and asks for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Aim(Pair* pair)
    {
        // Two stays share at least `least` seconds exactly when both are that long, and each begins that long before the other ends.
        pair->LatestEnter = (int)Math.Min(pair->Stay->Leave - least - pair->DayStart, 2 * SplitSecond);
        pair->EarliestLeave = (int)Math.Clamp(pair->Stay->Enter + least - pair->DayStart, 0, int.MaxValue);
        var block = new PlaceBlock(pair->Block);
        var chunk = 0;
        while (chunk * ChunkRows < block.Count && block.Skip[chunk] * ChunkLeaveUnit < pair->EarliestLeave)
            chunk++;
        pair->Chunk = chunk;
        var from = chunk * ChunkRows;
        var bytes = sizeof(ushort) * (long)Math.Min(ChunkRows, block.Count - from);
        Fetch.Soon(block.Enter + from, bytes);
        Fetch.Soon(block.Length + from, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Scan(Pair* pair, Segment segment)
    {
        var block = new PlaceBlock(pair->Block);
        var shortest = (int)Math.Min(least, int.MaxValue);
        pair->FirstHit = hitCount;
        for (int chunk = pair->Chunk, from = chunk * ChunkRows; from < block.Count; chunk++, from += ChunkRows)
        {
            if (block.Skip[chunk] * ChunkLeaveUnit < pair->EarliestLeave)
                continue;
            if (block.EnterOf(from) > pair->LatestEnter)
                break;
            while (hitCount + ChunkRows > hits.Length)
                GrowHits();
            var end = Math.Min(from + ChunkRows, block.Count);
            var split = Math.Clamp(block.Split, from, end);
            hitCount += Overlap.Find(
                block.Enter + from, block.Length + from, split - from, pair->LatestEnter, pair->EarliestLeave, shortest, from,
                hits.Start + hitCount);
            if (split < end)
                hitCount += Overlap.Find(
                    block.Enter + split, block.Length + split, end - split, pair->LatestEnter - SplitSecond,
                    pair->EarliestLeave - SplitSecond, shortest, split, hits.Start + hitCount);
        }
        pair->EndHit = hitCount;
        if (hitCount > pair->FirstHit)
            segment.FetchPayload(block, hits.Start[pair->FirstHit], hits.Start[hitCount - 1]);
    }

    /// <summary>Stays that are not in a block: long and open ones, and those not yet sealed.</summary>
    void MeetOthers(in FollowedStay stay)
    {
        foreach (ref readonly var other in view.Long.OfPlace(stay.Place))
            MeetOne(stay, other);
        for (var at = view.Recent.LastOfPlace(stay.Place); at != 0; at = view.Recent.BeforeInPlace(at))
            MeetOne(stay, view.Recent.At(at));
    }

    void MeetOne(in FollowedStay stay, in Visit other)
    {
        var start = Math.Max(stay.Enter, other.Enter);
        var end = Math.Min(stay.Leave, other.Leave);
        if (end - start < least)
            return;
        var inferred = other.Kind != LeaveKind.Explicit;
        if (!inferred || !view.Recent.Hides(other))
            Add(other.Visitor, stay, start, end, other.Area, inferred);
    }

    /// <summary>A stay and a segment in which others may have met it.</summary>
    struct Pair
    {
        public FollowedStay* Stay;

        /// <summary>The place's block; null where nobody was there on the day.</summary>
        public byte* Block;
        public long DayStart;
        public int Segment;
        public int Chunk;
        public int LatestEnter;
        public int EarliestLeave;
        public int FirstHit;
        public int EndHit;
    }
}
