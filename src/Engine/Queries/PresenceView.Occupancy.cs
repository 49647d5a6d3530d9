using Qipan.Engine.Kernels;
using Qipan.Engine.Segments;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine;

/// <summary>How many people were in a place.</summary>
public readonly record struct PlaceCount(uint Place, int Count);

public sealed unsafe partial class PresenceView
{
    const int PlacesAtOnce = 1024;

    /// <summary>Places ahead whose stays are asked for; their blocks' beginnings twice as far.</summary>
    const uint Ahead = 6;

    /// <summary>How many different people were in each place at the instant; places with nobody are left out. By place.</summary>
    public IReadOnlyList<PlaceCount> Occupancy(long at, int threads = 1)
    {
        var counts = new int[PlaceLimit];
        var recount = new bool[PlaceLimit];
        Occupancy(at, counts, recount, threads);
        var result = new List<PlaceCount>();
        for (var place = 0; place < counts.Length; place++)
            if (counts[place] > 0)
                result.Add(new PlaceCount((uint)place, counts[place]));
        return result;
    }

    /// <summary>As the other, into arrays with room for every place.</summary>
    internal void Occupancy(long at, int[] counts, bool[] recount, int threads)
    {
        var near = Segments.Where(s => IsNear(s, at, at + 1)).ToList();
        var parts = (int)((PlaceLimit + PlacesAtOnce - 1) / PlacesAtOnce);
        if (threads <= 1)
            for (var part = 0; part < parts; part++)
                CountPart(part);
        else
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, CountPart);
        foreach (var stay in Long.All)
            AddOne(stay, at, counts, recount);
        foreach (ref readonly var row in Recent.Rows)
            AddOne(row, at, counts, recount);
        foreach (var row in Recent.HiddenRows)
            if (row.Enter <= at && row.Leave > at)
                recount[row.Place] = true;
        var people = new List<uint>();
        for (var place = 0u; place < recount.Length; place++)
            if (recount[place])
                counts[place] = CountPeople(place, at, near, people);

        void CountPart(int part)
        {
            var from = (uint)part * PlacesAtOnce;
            foreach (var segment in near)
                CountPlaces(segment, at, from, Math.Min(from + PlacesAtOnce, PlaceLimit), counts, recount);
        }
    }

    static void CountPlaces(Segment segment, long at, uint from, uint to, int[] counts, bool[] recount)
    {
        var second = (int)(at - segment.DayStart);
        var last = segment.PlaceKeys;
        for (var k = segment.FirstPlaceKey(from); k < last; k++)
        {
            segment.FetchBlock(Math.Min(k + 2 * Ahead, last - 1));
            if (segment.PlaceAt(Math.Min(k + Ahead, last - 1), out _, out var ahead) && ahead.Skip[0] * ChunkLeaveUnit > second)
            {
                var first = sizeof(ushort) * (long)Math.Min(ahead.Count, ChunkRows);
                Fetch.Soon(ahead.Enter, first);
                Fetch.Soon(ahead.Length, first);
            }
            var any = segment.PlaceAt(k, out var place, out var block);
            if (place >= to)
                return;
            var count = any ? CountBlock(block, second) : 0;
            if (count == 0)
                continue;
            // One person may be there twice: within the block if it says so, or once before midnight and once after.
            if (block.OverlapsItself || counts[place] > 0)
                recount[place] = true;
            counts[place] += count;
        }
    }

    static int CountBlock(in PlaceBlock block, int second)
    {
        var count = 0;
        for (int chunk = 0, from = 0; from < block.Count; chunk++, from += ChunkRows)
        {
            if (block.Skip[chunk] * ChunkLeaveUnit <= second)
                continue;
            if (block.EnterOf(from) > second)
                break;
            var end = Math.Min(from + ChunkRows, block.Count);
            var split = Math.Clamp(block.Split, from, end);
            count += Overlap.Count(block.Enter + from, block.Length + from, split - from, second, second + 1, 1);
            if (split < end)
                count += Overlap.Count(
                    block.Enter + split, block.Length + split, end - split, second - SplitSecond, second + 1 - SplitSecond, 1);
        }
        return count;
    }

    static void AddOne(in Visit stay, long at, int[] counts, bool[] recount)
    {
        if (stay.Enter > at || stay.Leave <= at)
            return;
        if (counts[stay.Place]++ > 0 || stay.Kind != LeaveKind.Explicit)
            recount[stay.Place] = true;
    }

    /// <summary>How many different people were in the place at from, from + step, … before to.</summary>
    public IReadOnlyList<int> OccupancySeries(uint place, long from, long to, long step) =>
        OccupancySteps.Of(Present(place, from, to), from, to, step);
}
