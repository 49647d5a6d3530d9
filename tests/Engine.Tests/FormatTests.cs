using Qipan.Engine.Ids;
using Qipan.Engine.Segments;
using Qipan.Engine.Store;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Numbers that reach the disk. They may only be added to; see docs/formats/segment-v1.md.</summary>
public class FormatTests
{
    [Fact]
    public void Numbers_on_disk_are_frozen()
    {
        Assert.Equal(0x47_45_53_4E_41_50_49_51UL, SegmentFormat.Magic);
        Assert.Equal(1u, SegmentFormat.Version);
        Assert.Equal(4096, SegmentFormat.PageSize);
        Assert.Equal(256, SegmentFormat.ChunkRows);
        Assert.Equal(4, SegmentFormat.ChunkLeaveUnit);
        Assert.Equal(65536, SegmentFormat.SplitSecond);
        Assert.Equal(1u << 31, SegmentFormat.OverlapsItself);
        Assert.Equal(32, SegmentFormat.LongRowSize);
        Assert.Equal(33, SegmentBuilder.TimeBits);
        Assert.Equal(65535, ShortStay.LongestSeconds);
        Assert.Equal(0x47_4F_4C_4E_41_50_49_51UL, LogFormat.Magic);
        Assert.Equal(1u, LogFormat.Version);
        Assert.Equal(12, LogFormat.RecordHeader);
        Assert.Equal(0x53_44_49_4E_41_50_49_51UL, IdBook.Magic);
        Assert.Equal(1u, IdBook.FileVersion);
    }

    [Theory]
    [InlineData(typeof(LeaveKind), "Explicit=0 Inferred=1 Open=2")]
    [InlineData(typeof(IdKind), "Visitor=1 Place=2")]
    [InlineData(typeof(LogFormat.RecordKind), "Visits=1 Ids=2")]
    [InlineData(typeof(SegmentFormat.DirectoryKind), "Dense=0 Sparse=1")]
    [InlineData(typeof(SegmentFormat.Section),
        "VisitorDirectory=0 VisitorRows=1 PlaceDirectory=2 PlaceBlocks=3 LongStays=4 Checksums=5")]
    public void Numbers_of_enums_are_frozen(Type type, string expected) =>
        Assert.Equal(expected, string.Join(' ', Enum.GetValues(type).Cast<object>().Select(v => $"{v}={Convert.ToInt64(v)}")));

    [Fact]
    public void A_page_of_header_stands_as_documented()
    {
        var header = new SegmentHeader
        {
            Day = 19782,
            ShortRows = 0x1122,
            LongRows = 3,
            FirstEnter = 1709164800,
            LastLeave = 1709230335,
            PlaceKeys = 50,
            VisitorKeys = 70,
            PlaceDirectory = SegmentFormat.DirectoryKind.Dense,
            VisitorDirectory = SegmentFormat.DirectoryKind.Sparse,
            VisitorBits = 17,
            PlaceBits = 13,
            AreaBits = 2,
            KindBits = 1,
            Pages = 9,
            ChecksumsChecksum = 0xAABBCCDD,
        };
        header.Place(SegmentFormat.Section.PlaceBlocks, 0x5000, 0x777);
        var page = new byte[4096];
        header.Write(page);
        Assert.Equal("QIPANSEG"u8, page.AsSpan(0, 8));
        Assert.Equal(
            "01000000464D0000" + "2211000000000000" + "0300000000000000" + "00C9DF6500000000" + "FFC8E06500000000"
            + "3200000046000000" + "0001110D02010000" + "09000000DDCCBBAA",
            Convert.ToHexString(page.AsSpan(8, 64)));
        Assert.Equal(0x5000, BitConverter.ToInt64(page, 72 + 16 * 3));
        Assert.Equal(0x777, BitConverter.ToInt64(page, 80 + 16 * 3));
        Assert.Equal(SegmentHeader.Read(page, "page", 0).Day, header.Day);
    }
}
