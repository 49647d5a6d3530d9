using System.Buffers.Binary;
using Qipan.Engine.Bytes;

namespace Qipan.Engine.Store;

/// <summary>The write-ahead log, version 1. Layout in <c>docs/formats/segment-v1.md</c>; frozen by a test.</summary>
static class LogFormat
{
    /// <summary>"QIPANLOG", read as a little-endian number.</summary>
    public const ulong Magic = 0x474F_4C4E_4150_4951;

    public const uint Version = 1;

    /// <summary>Magic, version, zero.</summary>
    public const int FileHeader = 16;

    /// <summary>Payload length, payload checksum, checksum of these two and of the record's place in the file.</summary>
    public const int RecordHeader = 12;

    public const int VisitSize = Segments.SegmentFormat.LongRowSize;

    /// <summary>What stands in the payload: its first byte.</summary>
    public enum RecordKind : byte
    {
        /// <summary>Visits of 32 bytes each.</summary>
        Visits = 1,

        /// <summary>u8 id kind, u32 first dense id, u32 count, entries as in an id file.</summary>
        Ids = 2,
    }

    /// <summary>Where the record stands goes into the checksum, so that a record of another place is not taken for one of this.</summary>
    public static uint HeaderChecksum(ReadOnlySpan<byte> firstEight, long offset)
    {
        Span<byte> place = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(place, offset);
        return Crc32C.Of(place, Crc32C.Of(firstEight));
    }

    public static string FileName(long number) => $"wal-{number:D6}.wal";

    /// <summary>The number of a log file, or null for any other file.</summary>
    public static long? NumberOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.StartsWith("wal-", StringComparison.Ordinal) && name.EndsWith(".wal", StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(4, name.Length - 8), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number : null;
    }
}
