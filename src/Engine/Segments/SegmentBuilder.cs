using Qipan.Engine.Bytes;
using Qipan.Engine.Files;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

/// <summary>What a finished segment holds.</summary>
/// <param name="Rows">Stays in it, short and long; 0 means that no file was written.</param>
/// <param name="Had">Rows given that were given twice.</param>
/// <param name="Outranked">Rows given that a better row of the same stay replaced.</param>
readonly record struct BuiltSegment(long Rows, long Had, long Outranked, long Bytes);

/// <summary>Sorts the rows of a day into both orders and writes the segment. One segment, one thread, once.</summary>
sealed unsafe partial class SegmentBuilder
{
    readonly int day;
    readonly List<Visit> longStays;
    readonly long count;
    readonly long outranked;
    readonly uint largestVisitor;
    readonly uint largestPlace;
    readonly int visitorBits;
    readonly int placeBits;
    readonly int areaBits;
    readonly int kindBits;
    readonly int payloadBits;
    readonly int rowBits;
    readonly int firstEnter = int.MaxValue;
    readonly int lastLeave = int.MinValue;
    readonly HashSet<uint> selfOverlaps = [];
    ShortStay* rows;
    readonly ShortStay* spare;

    SegmentBuilder(int day, ShortStay* rows, ShortStay* spare, long count, uint largestVisitor, List<Visit> longStays)
    {
        this.day = day;
        this.longStays = longStays;
        this.spare = spare;
        this.rows = RadixSort.ByVisitor(rows, spare, count, largestVisitor);
        if (this.rows != rows)
            this.spare = rows;
        this.count = count = Settle.Rows(this.rows, count, longStays, day, out outranked);
        ushort areas = 0;
        var kinds = LeaveKind.Explicit;
        for (long i = 0; i < count; i++)
        {
            var row = this.rows[i];
            this.largestVisitor = Math.Max(this.largestVisitor, row.Visitor);
            largestPlace = Math.Max(largestPlace, row.Place);
            areas |= row.Area;
            kinds |= row.Kind;
            firstEnter = Math.Min(firstEnter, row.Enter);
            lastLeave = Math.Max(lastLeave, row.Leave);
            for (var j = i - 1; j >= 0 && this.rows[j].Visitor == row.Visitor; j--)
                if ((this.rows[j].Place == row.Place && this.rows[j].Leave > row.Enter) || i - j > FarthestLook)
                {
                    selfOverlaps.Add(row.Place);
                    break;
                }
        }
        visitorBits = BitRows.WidthOf(this.largestVisitor);
        placeBits = BitRows.WidthOf(largestPlace);
        areaBits = BitRows.WidthOf(areas);
        kindBits = BitRows.WidthOf((ulong)kinds);
        payloadBits = visitorBits + areaBits + kindBits;
        rowBits = TimeBits + placeBits + areaBits + kindBits;
    }

    /// <summary>A visitor with more stays than this in a day is taken to overlap itself: the mark only costs a slower count.</summary>
    const int FarthestLook = 64;

    /// <summary>Enter and length in a row of the visitors' order.</summary>
    internal const int TimeBits = ShortStay.EnterBits + 16;

    /// <summary>
    /// Writes and flushes the segment at <paramref name="path"/>; the folder is not synced. Empties <paramref name="from"/>.
    /// </summary>
    public static BuiltSegment Build(FileLayer files, string path, DayRows from)
    {
        var given = from.Count;
        using var first = new NativeBlock<ShortStay>(from.ShortCount);
        using var second = new NativeBlock<ShortStay>(from.ShortCount);
        var shortCount = from.ShortCount;
        from.MoveTo(first.Start);
        var largest = 0u;
        for (long i = 0; i < shortCount; i++)
            largest = Math.Max(largest, first.Start[i].Visitor);
        var builder = new SegmentBuilder(from.Day, first.Start, second.Start, shortCount, largest, from.Long);
        var kept = builder.count + builder.longStays.Count;
        if (kept == 0)
            return default;
        using var writer = new PageWriter(files.Create(path));
        var bytes = builder.Write(writer);
        return new BuiltSegment(kept, given - kept - builder.outranked, builder.outranked, bytes);
    }

    long Write(PageWriter writer)
    {
        var sections = new (long Offset, long Length)[Sections];
        var visitorKind = WriteVisitors(writer, sections, out var visitorKeys);
        rows = RadixSort.ByPlace(rows, spare, count, largestPlace);
        var placeKind = WritePlaces(writer, sections, out var placeKeys);
        sections[(int)Section.LongStays] = WriteLong(writer);
        var (offset, length, checksum) = writer.AppendChecksums();
        sections[(int)Section.Checksums] = (offset, length);
        var header = new SegmentHeader
        {
            Day = day,
            ShortRows = count,
            LongRows = longStays.Count,
            FirstEnter = count == 0 ? long.MaxValue : day * Seconds.PerDay + firstEnter,
            LastLeave = count == 0 ? long.MinValue : day * Seconds.PerDay + lastLeave,
            PlaceKeys = placeKeys,
            VisitorKeys = visitorKeys,
            PlaceDirectory = placeKind,
            VisitorDirectory = visitorKind,
            VisitorBits = (byte)visitorBits,
            PlaceBits = (byte)placeBits,
            AreaBits = (byte)areaBits,
            KindBits = (byte)kindBits,
            Pages = writer.Pages,
            ChecksumsChecksum = checksum,
        };
        for (var i = 0; i < Sections; i++)
            header.Place((Section)i, sections[i].Offset, sections[i].Length);
        Span<byte> page = stackalloc byte[PageSize];
        header.Write(page);
        writer.WriteHeader(page);
        writer.Flush();
        return offset + length;
    }

    /// <summary>Dense when most ids occur: a lookup is one load. Sparse for the few rows of a late delta.</summary>
    static DirectoryKind WriteDirectory(
        PageWriter writer, List<uint> keys, List<uint> starts, uint end, (long, long)[] sections, Section section, out uint keyCount)
    {
        var offset = writer.Position;
        var largest = keys.Count == 0 ? 0 : keys[^1] + 1;
        var kind = largest <= 4L * keys.Count + 64 ? DirectoryKind.Dense : DirectoryKind.Sparse;
        uint[] words;
        if (kind == DirectoryKind.Dense)
        {
            keyCount = largest;
            words = new uint[largest + 1];
            var id = largest;
            for (var k = keys.Count - 1; k >= 0; k--)
                while (id > (k > 0 ? keys[k - 1] + 1 : 0))
                    words[--id] = starts[k];
            words[largest] = end;
        }
        else
        {
            keyCount = (uint)keys.Count;
            words = [.. keys, .. starts, end];
        }
        writer.Append<uint>(words);
        sections[(int)section] = (offset, writer.Position - offset);
        writer.EndSection();
        return kind;
    }
}
