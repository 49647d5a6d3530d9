using System.Buffers.Binary;
using Qipan.Engine.Bytes;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

/// <summary>The first page of a segment: what is in it, and where. Offsets as in <c>docs/formats/segment-v1.md</c>.</summary>
sealed class SegmentHeader
{
    readonly long[] offsets = new long[Sections];
    readonly long[] lengths = new long[Sections];

    /// <summary>UTC day since 1970-01-01 in which every stay of this segment began.</summary>
    public int Day { get; init; }

    public long ShortRows { get; init; }

    public long LongRows { get; init; }

    /// <summary>Unix seconds; <see cref="long.MaxValue"/> without short stays.</summary>
    public long FirstEnter { get; init; }

    /// <summary>Latest leave of the short stays; <see cref="long.MinValue"/> without any.</summary>
    public long LastLeave { get; init; }

    /// <summary>Keys of the place directory: ids from 0 on, or ids that occur.</summary>
    public uint PlaceKeys { get; init; }

    public uint VisitorKeys { get; init; }

    public DirectoryKind PlaceDirectory { get; init; }

    public DirectoryKind VisitorDirectory { get; init; }

    public byte VisitorBits { get; init; }

    public byte PlaceBits { get; init; }

    public byte AreaBits { get; init; }

    public byte KindBits { get; init; }

    /// <summary>Pages between the header and the checksum table.</summary>
    public uint Pages { get; init; }

    public uint ChecksumsChecksum { get; init; }

    public long OffsetOf(Section section) => offsets[(int)section];

    public long LengthOf(Section section) => lengths[(int)section];

    public void Place(Section section, long offset, long length)
    {
        offsets[(int)section] = offset;
        lengths[(int)section] = length;
    }

    public void Write(Span<byte> page)
    {
        page.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(page, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(page[8..], SegmentFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(page[12..], Day);
        BinaryPrimitives.WriteInt64LittleEndian(page[16..], ShortRows);
        BinaryPrimitives.WriteInt64LittleEndian(page[24..], LongRows);
        BinaryPrimitives.WriteInt64LittleEndian(page[32..], FirstEnter);
        BinaryPrimitives.WriteInt64LittleEndian(page[40..], LastLeave);
        BinaryPrimitives.WriteUInt32LittleEndian(page[48..], PlaceKeys);
        BinaryPrimitives.WriteUInt32LittleEndian(page[52..], VisitorKeys);
        page[56] = (byte)PlaceDirectory;
        page[57] = (byte)VisitorDirectory;
        page[58] = VisitorBits;
        page[59] = PlaceBits;
        page[60] = AreaBits;
        page[61] = KindBits;
        BinaryPrimitives.WriteUInt32LittleEndian(page[64..], Pages);
        BinaryPrimitives.WriteUInt32LittleEndian(page[68..], ChecksumsChecksum);
        for (var i = 0; i < Sections; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(page[(72 + 16 * i)..], offsets[i]);
            BinaryPrimitives.WriteInt64LittleEndian(page[(80 + 16 * i)..], lengths[i]);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(page[HeaderChecksumAt..], Crc32C.Of(page[..HeaderChecksumAt]));
    }

    /// <summary>Throws <see cref="SegmentCorrupt"/> unless the page is a header of this version that fits the file.</summary>
    public static SegmentHeader Read(ReadOnlySpan<byte> page, string path, long fileLength)
    {
        if (page.Length < PageSize)
            SegmentCorrupt.Throw(path, page.Length, "the file ends within its header");
        if (BinaryPrimitives.ReadUInt64LittleEndian(page) != Magic)
            SegmentCorrupt.Throw(path, 0, "this is not a segment: the first 8 bytes are wrong");
        if (BinaryPrimitives.ReadUInt32LittleEndian(page[HeaderChecksumAt..]) != Crc32C.Of(page[..HeaderChecksumAt]))
            SegmentCorrupt.Throw(path, 0, "the header's checksum does not match");
        if (BinaryPrimitives.ReadUInt32LittleEndian(page[8..]) != SegmentFormat.Version)
            SegmentCorrupt.Throw(path, 8, "the version is not 1");
        var header = new SegmentHeader
        {
            Day = BinaryPrimitives.ReadInt32LittleEndian(page[12..]),
            ShortRows = BinaryPrimitives.ReadInt64LittleEndian(page[16..]),
            LongRows = BinaryPrimitives.ReadInt64LittleEndian(page[24..]),
            FirstEnter = BinaryPrimitives.ReadInt64LittleEndian(page[32..]),
            LastLeave = BinaryPrimitives.ReadInt64LittleEndian(page[40..]),
            PlaceKeys = BinaryPrimitives.ReadUInt32LittleEndian(page[48..]),
            VisitorKeys = BinaryPrimitives.ReadUInt32LittleEndian(page[52..]),
            PlaceDirectory = (DirectoryKind)page[56],
            VisitorDirectory = (DirectoryKind)page[57],
            VisitorBits = page[58],
            PlaceBits = page[59],
            AreaBits = page[60],
            KindBits = page[61],
            Pages = BinaryPrimitives.ReadUInt32LittleEndian(page[64..]),
            ChecksumsChecksum = BinaryPrimitives.ReadUInt32LittleEndian(page[68..]),
        };
        for (var i = 0; i < Sections; i++)
        {
            header.offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(page[(72 + 16 * i)..]);
            header.lengths[i] = BinaryPrimitives.ReadInt64LittleEndian(page[(80 + 16 * i)..]);
        }
        var end = header.OffsetOf(Section.Checksums) + header.LengthOf(Section.Checksums);
        if (end != fileLength)
            SegmentCorrupt.Throw(path, Math.Min(end, fileLength), $"the file has {fileLength} bytes and should have {end}");
        return header;
    }
}
