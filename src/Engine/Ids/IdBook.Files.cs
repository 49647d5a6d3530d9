using System.Buffers.Binary;
using Qipan.Engine.Bytes;
using Qipan.Engine.Files;

namespace Qipan.Engine.Ids;

public sealed partial class IdBook
{
    /// <summary>"QIPANIDS", read as a little-endian number.</summary>
    internal const ulong Magic = 0x5344_494E_4150_4951;

    internal const uint FileVersion = 1;
    internal const int FileHeader = 40;

    /// <summary>The entries from <paramref name="first"/> to <paramref name="end"/>, as they stand in a file's body and in the log.</summary>
    internal byte[] Encode(uint first, uint end)
    {
        lock (gate)
        {
            var all = Loaded();
            var body = new MemoryStream();
            Span<byte> number = stackalloc byte[8];
            for (var i = (int)first; i < end; i++)
            {
                body.WriteByte((byte)all[i].State);
                if (all[i].State == EntryState.Number)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(number, all[i].Number);
                    body.Write(number);
                }
                else if (all[i].State == EntryState.Text)
                {
                    var text = byText.TextOf(all[i].Number);
                    BinaryPrimitives.WriteUInt16LittleEndian(number, (ushort)text.Length);
                    body.Write(number[..2]);
                    body.Write(text);
                }
            }
            return body.ToArray();
        }
    }

    /// <summary>Adds entries that <see cref="Encode"/> wrote; those that are there already are skipped.</summary>
    internal void Decode(ReadOnlySpan<byte> body, uint first, uint count, string path, long offset)
    {
        lock (gate)
        {
            var all = Loaded();
            if (first > all.Count)
                SegmentCorrupt.Throw(path, offset, $"ids from {all.Count} to {first} are missing");
            var at = 0;
            for (var i = 0u; i < count; i++)
            {
                var state = (EntryState)Take(body, ref at, 1)[0];
                var isNew = first + i >= all.Count;
                switch (state)
                {
                    case EntryState.Number:
                        var number = BinaryPrimitives.ReadInt64LittleEndian(Take(body, ref at, 8));
                        if (isNew)
                            AddNumber(number, first + i);
                        break;
                    case EntryState.Text:
                        var text = Take(body, ref at, BinaryPrimitives.ReadUInt16LittleEndian(Take(body, ref at, 2)));
                        if (isNew)
                            all.Add(new Entry(EntryState.Text, byText.Add(text, first + i)));
                        break;
                    case EntryState.Erased:
                        if (isNew)
                            all.Add(default);
                        break;
                    default:
                        SegmentCorrupt.Throw(path, offset + at - 1, "an id is neither number nor text");
                        break;
                }
            }

            ReadOnlySpan<byte> Take(ReadOnlySpan<byte> from, ref int position, int length)
            {
                if (position + length > from.Length)
                    SegmentCorrupt.Throw(path, offset + position, "the ids end too early");
                position += length;
                return from.Slice(position - length, length);
            }
        }
    }

    /// <summary>Writes and flushes a file with the entries from <paramref name="first"/> on.</summary>
    internal (uint Count, long Bytes) Save(FileLayer files, string path, uint first)
    {
        var count = Count - first;
        var body = Encode(first, first + count);
        Span<byte> header = stackalloc byte[FileHeader];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], FileVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], first);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], count);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[32..], Crc32C.Of(body));
        BinaryPrimitives.WriteUInt32LittleEndian(header[36..], Crc32C.Of(header[..36]));
        using var file = files.Create(path);
        file.Append(header);
        file.Append(body);
        file.Flush();
        return (count, FileHeader + body.Length);
    }

    internal void Load(FileLayer files, string path)
    {
        var bytes = files.ReadAll(path);
        var (first, count) = CheckFile(bytes, path);
        Decode(bytes.AsSpan(FileHeader), first, count, path, FileHeader);
    }

    /// <summary>Throws <see cref="SegmentCorrupt"/> unless the file is what was written.</summary>
    internal static (uint First, uint Count) CheckFile(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < FileHeader || BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Crc32C.Of(bytes[..36]))
            SegmentCorrupt.Throw(path, 0, "the header's checksum does not match");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != FileVersion)
            SegmentCorrupt.Throw(path, 0, "this is not an id file of version 1");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]) != bytes.Length - FileHeader)
            SegmentCorrupt.Throw(path, bytes.Length, "the file has another length than was written");
        if (Crc32C.Of(bytes[FileHeader..]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]))
            SegmentCorrupt.Throw(path, FileHeader, "the ids do not match their checksum");
        return (BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
    }

    /// <summary>Forgets which outside id this was, and returns it once more. The dense number stays used.</summary>
    internal string? Erase(uint dense)
    {
        var outside = Outside(dense);
        lock (gate)
        {
            var entry = Loaded()[(int)dense];
            if (entry.State == EntryState.Text)
                byText.Erase(entry.Number);
            else if (entry.State == EntryState.Number && (ulong)entry.Number < LargestDirect)
                direct[entry.Number] = 0;
            else if (entry.State == EntryState.Number)
                byNumber.Remove(entry.Number);
            entries[(int)dense] = default;
        }
        return outside;
    }

    /// <summary>Takes back an erasure that could not be saved.</summary>
    internal void Restore(uint dense, string? outside)
    {
        if (outside is null)
            return;
        var id = new OutsideId(System.Text.Encoding.UTF8.GetBytes(outside));
        lock (gate)
            if (id.IsText)
                entries[(int)dense] = new Entry(EntryState.Text, byText.Add(id.Text, dense));
            else
                SetNumber(id.Number, dense);
    }
}
