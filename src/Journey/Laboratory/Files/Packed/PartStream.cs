using Qipan.Kernel;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Guards what an XML reader pulls: stops at a number of bytes, and at a tag, text or CDATA section that is longer than any
/// instrument writes (the XML reader would hold it as a whole). Keeps the zip checksum of what passed.
/// </summary>
sealed class PartStream(Stream inner, string part, long maxBytes, int maxMarkup, Refusal tooMuch) : Stream
{
    const uint CDataStart = 0x3C215B; // <![
    const uint CDataEnd = 0x5D5D3E; // ]]>
    long read;
    int sinceTag;
    uint last3;
    bool inCData;

    public uint Checksum { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        var bytes = buffer[..count];
        // Lengths are counted from '<' to '<' as bytes, which holds for UTF-8 and its kin; no instrument writes UTF-16 XML.
        if (read == 0 && count > 1 && (bytes[0] is 0 or 0xFE or 0xFF or 0x4C || bytes[1] == 0))
            throw new UnreadableFileException(FileRefusals.BrokenXml(part, 1));
        read += count;
        if (read > maxBytes)
            throw new UnreadableFileException(tooMuch);
        Checksum = Crc32.Append(Checksum, bytes);
        foreach (var b in bytes)
        {
            last3 = ((last3 << 8) | b) & 0xFFFFFF;
            if (inCData)
                inCData = last3 != CDataEnd;
            else if (b == (byte)'<')
                sinceTag = 0;
            else
                inCData = last3 == CDataStart;
            if (++sinceTag > maxMarkup)
                throw new UnreadableFileException(FileRefusals.HostileXml(part));
        }
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
