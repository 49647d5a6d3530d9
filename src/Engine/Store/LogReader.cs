using System.Buffers.Binary;
using Qipan.Engine.Bytes;
using Qipan.Engine.Segments;
using static Qipan.Engine.Store.LogFormat;

namespace Qipan.Engine.Store;

/// <summary>
/// Reads a log back. A torn end, which a kill or a power cut leaves, ends it quietly: such a record was never acknowledged.
/// Anything else that does not match is <see cref="SegmentCorrupt"/>.
/// </summary>
static class LogReader
{
    const int Sector = 512;

    public static void Read(byte[] bytes, string path, Action<Visit> visit, IdsFound ids)
    {
        if (bytes.Length < FileHeader)
            return;
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(8)) != LogFormat.Version)
        {
            if (bytes.AsSpan(FileHeader).ContainsAnyExcept((byte)0) || bytes.AsSpan(0, FileHeader).ContainsAnyExcept((byte)0))
                SegmentCorrupt.Throw(path, 0, "this is not a log of version 1");
            return;
        }
        var at = FileHeader;
        while (bytes.Length - at >= RecordHeader)
        {
            var header = bytes.AsSpan(at, RecordHeader);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) != HeaderChecksum(header[..8], at))
            {
                if (bytes.AsSpan(at).ContainsAnyExcept((byte)0) && !HasEmptySector(bytes, at, bytes.Length))
                    SegmentCorrupt.Throw(path, at, "a record's header does not match its checksum");
                return;
            }
            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (bytes.Length - at - RecordHeader < length)
                return;
            var payload = bytes.AsSpan(at + RecordHeader, length);
            if (Crc32C.Of(payload) != BinaryPrimitives.ReadUInt32LittleEndian(header[4..]))
            {
                if (at + RecordHeader + length < bytes.Length || !HasEmptySector(bytes, at, at + RecordHeader + length))
                    SegmentCorrupt.Throw(path, at + RecordHeader, "a record does not match its checksum");
                return;
            }
            Take(payload, path, at + RecordHeader, visit, ids);
            at += RecordHeader + length;
        }
    }

    static void Take(ReadOnlySpan<byte> payload, string path, long offset, Action<Visit> visit, IdsFound ids)
    {
        switch ((RecordKind)payload[0])
        {
            case RecordKind.Visits:
                for (var rows = payload[1..]; rows.Length >= VisitSize; rows = rows[VisitSize..])
                    visit(SegmentBuilder.ReadLong(rows));
                break;
            case RecordKind.Ids:
                ids((IdKind)payload[1], BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]),
                    BinaryPrimitives.ReadUInt32LittleEndian(payload[6..]), payload[10..], path, offset + 10);
                break;
            default:
                SegmentCorrupt.Throw(path, offset, "a record of an unknown kind");
                break;
        }
    }

    /// <summary>A whole sector of zeros in a record that should be there: the disk had not yet written it when the power went.</summary>
    static bool HasEmptySector(byte[] bytes, int from, int to)
    {
        for (var sector = (from + Sector - 1) / Sector * Sector; sector < to; sector += Sector)
            if (!bytes.AsSpan(sector, Math.Min(Sector, to - sector)).ContainsAnyExcept((byte)0))
                return true;
        return false;
    }
}

/// <summary>Ids that a log holds.</summary>
delegate void IdsFound(IdKind kind, uint first, uint count, ReadOnlySpan<byte> entries, string path, long offset);
