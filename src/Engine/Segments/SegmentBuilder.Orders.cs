using System.Buffers.Binary;
using Qipan.Engine.Bytes;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

sealed unsafe partial class SegmentBuilder
{
    DirectoryKind WriteVisitors(PageWriter writer, (long, long)[] sections, out uint keyCount)
    {
        var (keys, starts) = Groups(static row => row.Visitor);
        var kind = WriteDirectory(writer, keys, starts, (uint)count, sections, Section.VisitorDirectory, out keyCount);
        var offset = writer.Position;
        var length = BitRows.BytesFor(count, rowBits);
        using (var bits = new NativeBlock<byte>(length + 2 * BitRows.Slack, zeroed: true))
        {
            for (long i = 0, bit = 0; i < count; i++, bit += rowBits)
            {
                var row = rows[i];
                BitRows.Write(bits.Start, bit, (uint)row.Enter | ((ulong)row.Length << ShortStay.EnterBits));
                BitRows.Write(bits.Start, bit + TimeBits, row.Place | Rest(row, placeBits));
            }
            writer.Append(bits.Start, length);
        }
        sections[(int)Section.VisitorRows] = (offset, length);
        writer.EndSection();
        return kind;
    }

    /// <summary>Area and kind above the id.</summary>
    ulong Rest(ShortStay row, int idBits) => ((ulong)row.Area << idBits) | ((ulong)row.Kind << (idBits + areaBits));

    DirectoryKind WritePlaces(PageWriter writer, (long, long)[] sections, out uint keyCount)
    {
        var (keys, firsts) = Groups(static row => row.Place);
        var starts = new List<uint>(keys.Count);
        var total = 0L;
        var largest = 0L;
        for (var k = 0; k < keys.Count; k++)
        {
            starts.Add((uint)(total / 4));
            var size = BlockSize((k + 1 < keys.Count ? firsts[k + 1] : (uint)count) - firsts[k]);
            largest = Math.Max(largest, size);
            total += size;
        }
        var kind = WriteDirectory(writer, keys, starts, (uint)(total / 4), sections, Section.PlaceDirectory, out keyCount);
        var offset = writer.Position;
        using (var block = new NativeBlock<byte>(largest + 2 * BitRows.Slack))
        {
            for (var k = 0; k < keys.Count; k++)
            {
                var end = k + 1 < keys.Count ? firsts[k + 1] : (uint)count;
                var size = BlockSize(end - firsts[k]);
                new Span<byte>(block.Start, checked((int)size + 2 * BitRows.Slack)).Clear();
                FillBlock(block.Start, rows + firsts[k], (int)(end - firsts[k]));
                writer.Append(block.Start, size);
            }
        }
        sections[(int)Section.PlaceBlocks] = (offset, total);
        writer.EndSection();
        return kind;
    }

    long BlockSize(uint stays) =>
        BlockHeader + Up4((stays + ChunkRows - 1) / ChunkRows * 2) + 4L * stays + Up4(BitRows.BytesFor(stays, payloadBits));

    static long Up4(long bytes) => (bytes + 3) & ~3L;

    void FillBlock(byte* block, ShortStay* stays, int n)
    {
        var chunks = (n + ChunkRows - 1) / ChunkRows;
        var skip = (ushort*)(block + BlockHeader);
        var enter = (ushort*)(block + BlockHeader + Up4(2L * chunks));
        var length = enter + n;
        var payload = (byte*)(length + n);
        var split = 0;
        for (var i = 0; i < n; i++)
        {
            var stay = stays[i];
            enter[i] = (ushort)stay.Enter;
            length[i] = (ushort)stay.Length;
            if (stay.Enter < SplitSecond)
                split = i + 1;
            var leave = (ushort)((stay.Leave + ChunkLeaveUnit - 1) / ChunkLeaveUnit);
            skip[i / ChunkRows] = Math.Max(skip[i / ChunkRows], leave);
            BitRows.Write(payload, (long)i * payloadBits, stay.Visitor | Rest(stay, visitorBits));
        }
        *(uint*)block = (uint)n;
        *(uint*)(block + 4) = (uint)split | (selfOverlaps.Contains(stays->Place) ? OverlapsItself : 0);
    }

    /// <summary>Ids that occur in the rows, which are sorted by it, and the first row of each.</summary>
    (List<uint> Keys, List<uint> Firsts) Groups(Func<ShortStay, uint> idOf)
    {
        if (count > uint.MaxValue)
            throw new InvalidOperationException("A day's segment holds at most 4,294,967,295 stays.");
        var keys = new List<uint>();
        var firsts = new List<uint>();
        for (long i = 0; i < count; i++)
        {
            var id = idOf(rows[i]);
            if (i > 0 && id == keys[^1])
                continue;
            keys.Add(id);
            firsts.Add((uint)i);
        }
        return (keys, firsts);
    }

    (long, long) WriteLong(PageWriter writer)
    {
        var offset = writer.Position;
        Span<byte> row = stackalloc byte[LongRowSize];
        foreach (var stay in longStays)
        {
            WriteLong(row, stay);
            writer.Append(row);
        }
        var length = writer.Position - offset;
        writer.Pad(PageSize);
        return (offset, length);
    }

    /// <summary>A long or open stay in 32 bytes; the write-ahead log uses the same row for every stay.</summary>
    internal static void WriteLong(Span<byte> row, in Visit stay)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(row, stay.Visitor);
        BinaryPrimitives.WriteUInt32LittleEndian(row[4..], stay.Place);
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], stay.Enter);
        BinaryPrimitives.WriteInt64LittleEndian(row[16..], stay.Leave);
        BinaryPrimitives.WriteUInt16LittleEndian(row[24..], stay.Area);
        row[26] = (byte)stay.Kind;
        row[27..].Clear();
    }

    internal static Visit ReadLong(ReadOnlySpan<byte> row) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(row),
        BinaryPrimitives.ReadUInt32LittleEndian(row[4..]),
        BinaryPrimitives.ReadInt64LittleEndian(row[8..]),
        BinaryPrimitives.ReadInt64LittleEndian(row[16..]),
        BinaryPrimitives.ReadUInt16LittleEndian(row[24..]),
        (LeaveKind)row[26]);
}
