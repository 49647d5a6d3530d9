using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine;

public sealed unsafe partial class Tracer
{
    /// <summary>Everyone whose stay in the same place shares enough time with this stay.</summary>
    void Meet(uint who, in FollowedStay stay)
    {
        foreach (var segment in near)
        {
            if (segment.Header.LastLeave < stay.Enter + least || segment.Header.FirstEnter > stay.Leave - least)
                continue;
            if (segment.FindPlace(stay.Place, out var block))
                MeetInBlock(who, stay, segment, block);
        }
        foreach (ref readonly var other in view.Long.OfPlace(stay.Place))
            MeetOne(who, stay, other);
        for (var at = view.Recent.LastOfPlace(stay.Place); at != 0; at = view.Recent.BeforeInPlace(at))
            MeetOne(who, stay, view.Recent.At(at));
    }

    void MeetOne(uint who, in FollowedStay stay, in Visit other)
    {
        var start = Math.Max(stay.Enter, other.Enter);
        var end = Math.Min(stay.Leave, other.Leave);
        if (end - start < least)
            return;
        var inferred = other.Kind != LeaveKind.Explicit;
        if (!inferred || !view.Recent.Hides(other))
            Add(other.Visitor, who, stay, start, end, other.Area, inferred);
    }

    void MeetInBlock(uint who, in FollowedStay stay, Segment segment, in PlaceBlock block)
    {
        // Two stays share at least `least` seconds exactly when both are that long, and each begins that long before the other ends.
        var latestEnter = (int)Math.Min(stay.Leave - least - segment.DayStart, 2 * SplitSecond);
        var earliestLeave = (int)Math.Max(stay.Enter + least - segment.DayStart, 0);
        var shortest = (int)Math.Min(least, int.MaxValue);
        var found = stackalloc byte[Overlap.Most];
        for (int chunk = 0, from = 0; from < block.Count; chunk++, from += ChunkRows)
        {
            if (block.Skip[chunk] * ChunkLeaveUnit < earliestLeave)
                continue;
            if (block.EnterOf(from) > latestEnter)
                return;
            var end = Math.Min(from + ChunkRows, block.Count);
            var split = Math.Clamp(block.Split, from, end);
            var hits = Overlap.Find(
                block.Enter + from, block.Length + from, split - from, latestEnter, earliestLeave, shortest, found);
            TakeHits(who, stay, segment, block, from, 0, found, hits);
            if (split == end)
                continue;
            hits = Overlap.Find(
                block.Enter + split, block.Length + split, end - split, latestEnter - SplitSecond, earliestLeave - SplitSecond,
                shortest, found);
            TakeHits(who, stay, segment, block, split, SplitSecond, found, hits);
        }
    }

    void TakeHits(uint who, in FollowedStay stay, Segment segment, in PlaceBlock block, int from, int shift, byte* found, int hits)
    {
        var payloadBits = segment.PayloadBits;
        var visitorBits = segment.Header.VisitorBits;
        var areaBits = segment.Header.AreaBits;
        for (var h = 0; h < hits; h++)
        {
            var i = from + found[h];
            var payload = BitRows.Read(block.Payload, (long)i * payloadBits, payloadBits);
            var enter = segment.DayStart + shift + block.Enter[i];
            var start = Math.Max(stay.Enter, enter);
            var end = Math.Min(stay.Leave, enter + block.Length[i]);
            var visitor = (uint)(payload & ((1UL << visitorBits) - 1));
            ushort area = 0;
            var inferred = false;
            if (payloadBits > visitorBits)
            {
                var rest = payload >> visitorBits;
                area = (ushort)(rest & ((1UL << areaBits) - 1));
                var kind = (LeaveKind)(rest >> areaBits);
                inferred = kind != LeaveKind.Explicit;
                if (inferred && view.Recent.Hides(new Visit(visitor, stay.Place, enter, enter + block.Length[i], area, kind)))
                    continue;
            }
            Add(visitor, who, stay, start, end, area, inferred);
        }
    }
}
