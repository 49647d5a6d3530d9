using System.Runtime.CompilerServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Kernels;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

/// <summary>The short stays of one place on one day, by enter. Valid while its segment is.</summary>
readonly unsafe ref struct PlaceBlock
{
    public readonly int Count;

    /// <summary>Stays before this one entered in the first 65,536 s of the day.</summary>
    public readonly int Split;
    public readonly bool OverlapsItself;
    public readonly ushort* Skip;
    public readonly ushort* Enter;
    public readonly ushort* Length;
    public readonly byte* Payload;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PlaceBlock(byte* at)
    {
        Count = *(int*)at;
        var word = *(uint*)(at + 4);
        Split = (int)(word & ~SegmentFormat.OverlapsItself);
        OverlapsItself = (word & SegmentFormat.OverlapsItself) != 0;
        Skip = (ushort*)(at + BlockHeader);
        var chunks = (Count + ChunkRows - 1) / ChunkRows;
        Enter = (ushort*)(at + BlockHeader + ((2 * chunks + 3) & ~3));
        Length = Enter + Count;
        Payload = (byte*)(Length + Count);
    }

    public int EnterOf(int i) => Enter[i] + (i < Split ? 0 : SplitSecond);
}

sealed unsafe partial class Segment
{
    readonly byte* visitorRows;
    readonly byte* placeBlocks;
    readonly long placeBlocksLength;
    readonly int rowBits;

    public uint VisitorKeys => visitorDirectory.Keys;

    public uint PlaceKeys => placeDirectory.Keys;

    /// <summary>All visitors' ids are below this; it may be more than is needed.</summary>
    public uint VisitorLimit => Header.ShortRows == 0 ? 0 : (uint)Math.Min(Visit.IdLimit, 1UL << Header.VisitorBits);

    public uint PlaceLimit => Header.ShortRows == 0 ? 0 : (uint)Math.Min(Visit.IdLimit, 1UL << Header.PlaceBits);

    /// <summary>Row numbers of a visitor's short stays, by enter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool FindVisitor(uint visitor, out uint from, out uint to)
    {
        if (!visitorDirectory.Find(visitor, out from, out to))
            return false;
        if (to > Header.ShortRows)
            SegmentCorrupt.Throw(Path, Header.OffsetOf(Section.VisitorDirectory), "a visitor's rows lie outside of the file");
        var firstByte = (long)from * rowBits / 8;
        Check(visitorRows + firstByte, (long)to * rowBits / 8 + BitRows.Slack - firstByte);
        return true;
    }

    /// <summary>The rows of the k-th key of the visitor directory; false where that id has none.</summary>
    public bool VisitorAt(uint k, out uint visitor, out uint from, out uint to)
    {
        visitorDirectory.At(k, out visitor, out from, out to);
        return from < to && FindVisitor(visitor, out from, out to);
    }

    /// <summary>One short stay of the visitors' order; <see cref="FindVisitor"/> has checked it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ShortStay VisitorRow(uint visitor, uint row)
    {
        var bit = (long)row * rowBits;
        var time = BitRows.Read(visitorRows, bit, SegmentBuilder.TimeBits);
        var rest = BitRows.Read(visitorRows, bit + SegmentBuilder.TimeBits, rowBits - SegmentBuilder.TimeBits);
        var place = (uint)(rest & ((1UL << Header.PlaceBits) - 1));
        rest >>= Header.PlaceBits;
        return ShortStay.Of(
            visitor, place, (int)(time & ((1 << ShortStay.EnterBits) - 1)), (int)(time >> ShortStay.EnterBits),
            (ushort)(rest & ((1UL << Header.AreaBits) - 1)), (LeaveKind)(rest >> Header.AreaBits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool FindPlace(uint place, out PlaceBlock block)
    {
        if (placeDirectory.Find(place, out var from, out var to))
            return Read(from, to, out block);
        block = default;
        return false;
    }

    /// <summary>The block of a place, or null where nobody was there; <see cref="PlaceBlock"/> reads it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* FindBlock(uint place) => placeDirectory.Find(place, out var from, out var to) ? BlockAt(from, to) : null;

    /// <summary>Asks for what <see cref="FindVisitor"/> will read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchVisitor(uint visitor) => visitorDirectory.FetchSoon(visitor);

    /// <summary>Asks for the rows that <see cref="FindVisitor"/> found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchRows(uint from, uint to)
    {
        var first = visitorRows + (long)from * rowBits / 8;
        Fetch.Soon(first, visitorRows + (long)to * rowBits / 8 + BitRows.Slack - first);
    }

    /// <summary>Asks for the visitors of these rows of a block and of those between.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchPayload(in PlaceBlock block, int first, int last)
    {
        var from = block.Payload + (long)first * PayloadBits / 8;
        Fetch.Soon(from, block.Payload + (long)(last + 1) * PayloadBits / 8 + 1 - from);
    }

    /// <summary>Asks for the beginning of the block of the k-th key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchBlock(uint k)
    {
        placeDirectory.At(k, out _, out var from, out _);
        Fetch.Soon(placeBlocks + 4L * from);
    }

    /// <summary>Asks for what <see cref="FindBlock"/> will read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchPlace(uint place) => placeDirectory.FetchSoon(place);

    /// <summary>The first key of the place directory whose id is not less.</summary>
    public uint FirstPlaceKey(uint place) => placeDirectory.FirstKey(place);

    /// <summary>The block of the k-th key of the place directory; false where that id has no stay.</summary>
    public bool PlaceAt(uint k, out uint place, out PlaceBlock block)
    {
        placeDirectory.At(k, out place, out var from, out var to);
        if (from < to)
            return Read(from, to, out block);
        block = default;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    bool Read(uint from, uint to, out PlaceBlock block)
    {
        block = new PlaceBlock(BlockAt(from, to));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    byte* BlockAt(uint from, uint to)
    {
        var at = placeBlocks + 4L * from;
        if (4L * to > placeBlocksLength)
            SegmentCorrupt.Throw(Path, Header.OffsetOf(Section.PlaceDirectory), "a place's block lies outside of the file");
        Check(at, 4L * (to - from) + BitRows.Slack);
        return at;
    }

    /// <summary>One stay of a place block.</summary>
    public ShortStay BlockRow(uint place, in PlaceBlock block, int i)
    {
        var payload = BitRows.Read(block.Payload, (long)i * PayloadBits, PayloadBits);
        var visitor = (uint)(payload & ((1UL << Header.VisitorBits) - 1));
        payload >>= Header.VisitorBits;
        return ShortStay.Of(
            visitor, place, block.EnterOf(i), block.Length[i],
            (ushort)(payload & ((1UL << Header.AreaBits) - 1)), (LeaveKind)(payload >> Header.AreaBits));
    }

    /// <summary>Every long and open stay, by place and enter.</summary>
    public IEnumerable<Visit> LongStays()
    {
        for (var i = 0L; i < Header.LongRows; i++)
            yield return LongStay(i);
    }

    Visit LongStay(long i)
    {
        var at = start + Header.OffsetOf(Section.LongStays) + i * LongRowSize;
        Check(at, LongRowSize);
        return SegmentBuilder.ReadLong(new ReadOnlySpan<byte>(at, LongRowSize));
    }

    /// <summary>Everything, to be merged with more.</summary>
    public void CopyTo(DayRows rows, Func<uint, bool>? keepsVisitor = null)
    {
        for (var k = 0u; k < visitorDirectory.Keys; k++)
        {
            if (!VisitorAt(k, out var visitor, out var from, out var to) || keepsVisitor?.Invoke(visitor) == false)
                continue;
            for (var row = from; row < to; row++)
                rows.Add(VisitorRow(visitor, row));
        }
        foreach (var stay in LongStays())
            if (keepsVisitor?.Invoke(stay.Visitor) != false)
                rows.Long.Add(stay);
    }
}
