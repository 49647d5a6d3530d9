namespace Qipan.Engine.Segments;

/// <summary>
/// Numbers of the segment file, version 1. They stand in <c>docs/formats/segment-v1.md</c> and are frozen by a test; a change is
/// a new version beside this one.
/// </summary>
static class SegmentFormat
{
    /// <summary>"QIPANSEG", read as a little-endian number.</summary>
    public const ulong Magic = 0x4745_534E_4150_4951;

    public const uint Version = 1;

    /// <summary>What one checksum covers, and what every section is rounded up to.</summary>
    public const int PageSize = 4096;

    /// <summary>Stays of a place under one entry of its skip index.</summary>
    public const int ChunkRows = 256;

    /// <summary>A skip index entry counts in steps of so many seconds, rounded up, to fit into 16 bits.</summary>
    public const int ChunkLeaveUnit = 4;

    /// <summary>From this second of the day on, the low 16 bits of the enter start again at 0.</summary>
    public const int SplitSecond = 1 << 16;

    /// <summary>In the second word of a place block: some visitor has two stays here that overlap.</summary>
    public const uint OverlapsItself = 1u << 31;

    public const int BlockHeader = 8;

    public const int LongRowSize = 32;

    public const int HeaderChecksumAt = PageSize - 4;

    /// <summary>Sections in the order of the file. The numbers are positions in the header's table.</summary>
    public enum Section
    {
        VisitorDirectory = 0,
        VisitorRows = 1,
        PlaceDirectory = 2,
        PlaceBlocks = 3,
        LongStays = 4,
        Checksums = 5,
    }

    public const int Sections = 6;

    /// <summary>How a directory finds its key.</summary>
    public enum DirectoryKind : byte
    {
        /// <summary>One start for each id from 0 on, and the end.</summary>
        Dense = 0,

        /// <summary>The ids that occur, ascending; then one start for each, and the end.</summary>
        Sparse = 1,
    }
}
