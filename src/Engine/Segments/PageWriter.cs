using System.Runtime.InteropServices;
using Qipan.Engine.Bytes;
using Qipan.Engine.Files;
using static Qipan.Engine.Segments.SegmentFormat;

namespace Qipan.Engine.Segments;

/// <summary>Writes the sections of a segment one after the other, with a checksum for each page, and the header last.</summary>
sealed class PageWriter : IDisposable
{
    const int BufferPages = 256;

    readonly FileWriter file;
    readonly byte[] buffer = new byte[BufferPages * PageSize];
    readonly List<uint> checksums = [];
    int filled;
    long written;

    public PageWriter(FileWriter file)
    {
        this.file = file;
        file.Append(new byte[PageSize]);
        written = PageSize;
    }

    /// <summary>Where the next byte goes.</summary>
    public long Position => written + filled;

    public uint Pages => (uint)checksums.Count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..part].CopyTo(buffer.AsSpan(filled));
            filled += part;
            bytes = bytes[part..];
            if (filled == buffer.Length)
                WriteOut();
        }
    }

    public void Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Append(MemoryMarshal.AsBytes(values));

    public unsafe void Append(byte* start, long length)
    {
        for (; length > 0; start += Math.Min(length, buffer.Length), length -= buffer.Length)
            Append(new ReadOnlySpan<byte>(start, (int)Math.Min(length, buffer.Length)));
    }

    /// <summary>Fills up to the next multiple with zeros.</summary>
    public void Pad(int multiple)
    {
        var rest = (int)(Position % multiple);
        if (rest != 0)
            Append(new byte[multiple - rest]);
    }

    /// <summary>Ends a section: slack for readers of 8 bytes, then up to the page's end.</summary>
    public void EndSection()
    {
        Append(stackalloc byte[BitRows.Slack]);
        Pad(PageSize);
    }

    /// <summary>The checksum table and its own checksum, after the last section.</summary>
    public (long Offset, long Length, uint Checksum) AppendChecksums()
    {
        WriteOut();
        var table = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(checksums));
        var offset = written;
        file.Append(table);
        return (offset, table.Length, Crc32C.Of(table));
    }

    public void WriteHeader(ReadOnlySpan<byte> page) => file.WriteAt(0, page);

    public void Flush() => file.Flush();

    public void Dispose() => file.Dispose();

    void WriteOut()
    {
        for (var page = 0; page < filled; page += PageSize)
            checksums.Add(Crc32C.Of(buffer.AsSpan(page, PageSize)));
        file.Append(buffer.AsSpan(0, filled));
        written += filled;
        filled = 0;
    }
}
