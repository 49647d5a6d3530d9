using System.Buffers.Binary;
using Qipan.Engine.Bytes;
using Qipan.Engine.Files;
using Qipan.Engine.Segments;
using static Qipan.Engine.Store.LogFormat;

namespace Qipan.Engine.Store;

/// <summary>
/// Appends records to one log file. Records of a group are collected in memory, then written and flushed in one step. After a
/// failure the file is cut back if it can be, and never appended to again. Not thread-safe.
/// </summary>
sealed class LogWriter : IDisposable
{
    readonly FileWriter file;
    byte[] buffer = new byte[1 << 16];
    int used;

    public LogWriter(FileLayer files, string folder, long number)
    {
        Number = number;
        file = files.Create(Path.Combine(folder, FileName(number)));
        Span<byte> header = stackalloc byte[FileHeader];
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], LogFormat.Version);
        try
        {
            file.Append(header);
            file.Flush();
            files.SyncFolder(folder);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long Number { get; }

    /// <summary>True after a failed write or flush: what reached the disk is not known.</summary>
    public bool Broken { get; private set; }

    /// <summary>Adds a record of visits to the group; returns where the rows go, to be filled with <see cref="WriteVisit"/>.</summary>
    public Span<byte> AddVisits(int count)
    {
        var rows = Reserve(1 + count * VisitSize);
        rows[0] = (byte)RecordKind.Visits;
        return rows[1..];
    }

    public static void WriteVisit(Span<byte> rows, int i, in Visit visit) =>
        SegmentBuilder.WriteLong(rows.Slice(i * VisitSize, VisitSize), visit);

    public void AddIds(IdKind kind, uint first, uint count, ReadOnlySpan<byte> entries)
    {
        var payload = Reserve(10 + entries.Length);
        payload[0] = (byte)RecordKind.Ids;
        payload[1] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(payload[2..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[6..], count);
        entries.CopyTo(payload[10..]);
    }

    /// <summary>Writes the group and flushes it; on failure nothing of it counts.</summary>
    public void Commit()
    {
        var start = file.Length;
        Seal(start);
        try
        {
            file.Append(buffer.AsSpan(0, used));
            file.Flush();
        }
        catch (IOException)
        {
            Broken = true;
            CutBack(start);
            throw;
        }
        finally
        {
            used = 0;
        }
    }

    /// <summary>Drops what was added and not committed.</summary>
    public void Discard() => used = 0;

    public void Dispose() => file.Dispose();

    void CutBack(long length)
    {
        try
        {
            file.CutTo(length);
            file.Flush();
        }
        catch (IOException)
        {
            // What stays behind is a torn end, or whole records that were never acknowledged: both are read well.
        }
    }

    Span<byte> Reserve(int payload)
    {
        var needed = used + RecordHeader + payload;
        if (needed > buffer.Length)
            Array.Resize(ref buffer, Math.Max(needed, 2 * buffer.Length));
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(used), payload);
        var start = used + RecordHeader;
        used = needed;
        return buffer.AsSpan(start, payload);
    }

    void Seal(long fileOffset)
    {
        for (var at = 0; at < used;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(at));
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at + 4), Crc32C.Of(buffer.AsSpan(at + RecordHeader, length)));
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(at + 8), HeaderChecksum(buffer.AsSpan(at, 8), fileOffset + at));
            at += RecordHeader + length;
        }
    }
}
