using Qipan.Engine.Bytes;

namespace Qipan.Engine.Segments;

/// <summary>
/// The stays of one day on their way into a segment: short ones in a growing list of blocks, long and open ones apart. Not
/// thread-safe.
/// </summary>
sealed unsafe class DayRows(int day) : IDisposable
{
    const int SmallestBlock = 1 << 10;
    const int LargestBlock = 1 << 17;

    readonly List<NativeBlock<ShortStay>> blocks = [];
    ShortStay* next;
    ShortStay* end;

    public int Day => day;

    public long ShortCount { get; private set; }

    public List<Visit> Long { get; } = [];

    public long Count => ShortCount + Long.Count;

    public void Add(in Visit visit)
    {
        if (ShortStay.Fits(visit))
            Add(ShortStay.Of(visit));
        else
            Long.Add(visit);
    }

    public void Add(ShortStay stay)
    {
        if (next == end)
            Grow();
        *next++ = stay;
        ShortCount++;
    }

    /// <summary>Adds everything to a list.</summary>
    public void CopyTo(List<Visit> target)
    {
        var left = ShortCount;
        foreach (var block in blocks)
        {
            for (var i = 0L; i < Math.Min(left, block.Length); i++)
                target.Add(block.Start[i].ToVisit(day));
            left -= Math.Min(left, block.Length);
        }
        target.AddRange(Long);
    }

    /// <summary>Copies all short stays and frees the blocks.</summary>
    public void MoveTo(ShortStay* target)
    {
        var left = ShortCount;
        foreach (var block in blocks)
        {
            var here = Math.Min(left, block.Length);
            Buffer.MemoryCopy(block.Start, target, here * sizeof(ShortStay), here * sizeof(ShortStay));
            target += here;
            left -= here;
            block.Dispose();
        }
        blocks.Clear();
        next = end = null;
    }

    public void Dispose()
    {
        foreach (var block in blocks)
            block.Dispose();
        blocks.Clear();
        next = end = null;
    }

    void Grow()
    {
        var size = (int)Math.Clamp(ShortCount, SmallestBlock, LargestBlock);
        var block = new NativeBlock<ShortStay>(size);
        blocks.Add(block);
        next = block.Start;
        end = next + size;
    }
}
