using System.Runtime.InteropServices;
using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine;

public sealed unsafe partial class PresenceView
{
    /// <summary>Different people in one place at the instant, where counting stays is not enough.</summary>
    int CountPeople(uint place, long at, List<Segment> near, List<uint> people)
    {
        people.Clear();
        foreach (var segment in near)
            if (segment.FindPlace(place, out var block))
                AddPeople(segment, place, block, (int)(at - segment.DayStart), people);
        foreach (ref readonly var stay in Long.OfPlace(place))
            AddPerson(stay, at, people);
        for (var row = Recent.LastOfPlace(place); row != 0; row = Recent.BeforeInPlace(row))
            AddPerson(Recent.At(row), at, people);
        people.Sort();
        var different = 0;
        foreach (ref readonly var visitor in CollectionsMarshal.AsSpan(people))
            if (different == 0 || visitor != people[different - 1])
                people[different++] = visitor;
        return different;
    }

    void AddPerson(in Visit stay, long at, List<uint> people)
    {
        if (stay.Enter <= at && stay.Leave > at && (stay.Kind == LeaveKind.Explicit || !Recent.Hides(stay)))
            people.Add(stay.Visitor);
    }

    void AddPeople(Segment segment, uint place, in PlaceBlock block, int second, List<uint> people)
    {
        var found = stackalloc int[Overlap.Most];
        for (int chunk = 0, from = 0; from < block.Count; chunk++, from += ChunkRows)
        {
            if (block.Skip[chunk] * ChunkLeaveUnit <= second)
                continue;
            if (block.EnterOf(from) > second)
                return;
            var end = Math.Min(from + ChunkRows, block.Count);
            var split = Math.Clamp(block.Split, from, end);
            var hits = Overlap.Find(block.Enter + from, block.Length + from, split - from, second, second + 1, 1, from, found);
            for (var h = 0; h < hits; h++)
                AddPerson(segment.BlockRow(place, block, found[h]).ToVisit(segment.Day), segment.DayStart + second, people);
            hits = Overlap.Find(
                block.Enter + split, block.Length + split, end - split, second - SplitSecond, second + 1 - SplitSecond, 1, split, found);
            for (var h = 0; h < hits; h++)
                AddPerson(segment.BlockRow(place, block, found[h]).ToVisit(segment.Day), segment.DayStart + second, people);
        }
    }
}
