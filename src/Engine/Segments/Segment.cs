using System.Runtime.CompilerServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Files;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

/// <summary>
/// One day's stays, mapped from its file and never changed. A page's checksum is computed when it is first touched; a page that
/// does not match throws <see cref="SegmentCorrupt"/>. Safe for all threads until disposed.
/// </summary>
sealed unsafe partial class Segment : IDisposable
{
    readonly MappedFile file;
    readonly ulong[] checkedPages;
    readonly byte* start;
    readonly uint* checksums;

    public Segment(MappedFile file)
    {
        this.file = file;
        try
        {
            start = file.Start;
            Header = SegmentHeader.Read(file.Bytes(0, (int)Math.Min(file.Length, PageSize)), file.Path, file.Length);
            var table = Header.OffsetOf(Section.Checksums);
            if (Header.LengthOf(Section.Checksums) != 4L * Header.Pages || table != PageSize * (1L + Header.Pages))
                SegmentCorrupt.Throw(file.Path, 64, "the number of pages does not fit the sections");
            if (Crc32C.Of(file.Bytes(table, (int)Header.LengthOf(Section.Checksums))) != Header.ChecksumsChecksum)
                SegmentCorrupt.Throw(file.Path, table, "the checksum table does not match its own checksum");
            checksums = (uint*)(start + table);
            checkedPages = new ulong[Header.Pages / 64 + 1];
            visitorDirectory = new KeyDirectory(this, Section.VisitorDirectory, Header.VisitorDirectory, Header.VisitorKeys);
            placeDirectory = new KeyDirectory(this, Section.PlaceDirectory, Header.PlaceDirectory, Header.PlaceKeys);
            visitorRows = start + Header.OffsetOf(Section.VisitorRows);
            placeBlocks = start + Header.OffsetOf(Section.PlaceBlocks);
            placeBlocksLength = Header.LengthOf(Section.PlaceBlocks);
            rowBits = SegmentBuilder.TimeBits + Header.PlaceBits + Header.AreaBits + Header.KindBits;
            PayloadBits = Header.VisitorBits + Header.AreaBits + Header.KindBits;
            HasRest = PayloadBits > Header.VisitorBits;
            VisitorMask = (1UL << Header.VisitorBits) - 1;
            DayStart = Header.Day * Seconds.PerDay;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public string Path => file.Path;

    public long FileLength => file.Length;

    public SegmentHeader Header { get; }

    public int Day => Header.Day;

    /// <summary>Unix seconds at which the day begins.</summary>
    public long DayStart { get; }

    /// <summary>Width of what a place block holds for each stay: visitor, area and kind.</summary>
    public int PayloadBits { get; }

    /// <summary>The bits of the visitor in it.</summary>
    public ulong VisitorMask { get; }

    /// <summary>True where rows have more than a visitor: a sub-area or a kind of leave.</summary>
    public bool HasRest { get; }

    public long Rows => Header.ShortRows + Header.LongRows;

    /// <summary>Reads everything and compares it with its checksums, also what was compared before.</summary>
    public void Verify()
    {
        Array.Clear(checkedPages);
        Check(start + PageSize, PageSize * (long)Header.Pages);
    }

    /// <summary>Throws unless the pages that hold these bytes match their checksums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Check(byte* from, long length)
    {
        var first = (int)((from - start) / PageSize) - 1;
        var last = (int)((from - start + length - 1) / PageSize) - 1;
        for (var page = first; page <= last; page++)
            if ((checkedPages[page >> 6] & (1UL << page)) == 0)
                CheckPage(page);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    void CheckPage(int page)
    {
        if ((uint)page >= Header.Pages)
            SegmentCorrupt.Throw(file.Path, PageSize * (page + 1L), "a directory points outside of the file");
        var offset = PageSize * (page + 1L);
        if (Crc32C.Of(file.Bytes(offset, PageSize)) != checksums[page])
            SegmentCorrupt.Throw(file.Path, offset, "the page does not match its checksum");
        Interlocked.Or(ref checkedPages[page >> 6], 1UL << page);
    }

    public void Dispose() => file.Dispose();
}
