using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Qipan.Registers;

/// <summary>What a first pass over a file says: its hash, its size and in which encoding its text is.</summary>
/// <param name="Hash">SHA-256 in lower hex.</param>
/// <param name="Encoding">UTF-8, UTF-16 or GB18030.</param>
/// <param name="Bytes">Length of the file.</param>
sealed record FileFacts(string Hash, Encoding Encoding, long Bytes)
{
    static readonly UTF8Encoding Utf8Text = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    static FileFacts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>
    /// Reads the whole stream once. A byte order mark decides; without one, zero bytes say UTF-16, valid UTF-8 says UTF-8, and
    /// anything else is GB18030, unless the first line is UTF-8 with letters beyond ASCII: then it is UTF-8 with broken bytes,
    /// and the rows that hold them are refused one by one.
    /// </summary>
    public static FileFacts Of(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        byte[] head = [];
        var (bytes, valid, carry) = (0L, true, 0);
        while (stream.ReadAtLeast(buffer.AsSpan(carry), buffer.Length - carry, throwOnEndOfStream: false) is var read and > 0)
        {
            hash.AppendData(buffer, carry, read);
            if (head.Length == 0)
                head = buffer[..Math.Min(read, 65_536)];
            bytes += read;
            var length = carry + read;
            var whole = length < buffer.Length ? length : length - CutCharacter(buffer.AsSpan(0, length));
            valid = valid && Utf8.IsValid(buffer.AsSpan(0, whole));
            carry = length - whole;
            buffer.AsSpan(whole, carry).CopyTo(buffer);
        }
        return new FileFacts(Convert.ToHexStringLower(hash.GetHashAndReset()), EncodingOf(head, valid && carry == 0), bytes);
    }

    static Encoding EncodingOf(byte[] head, bool validUtf8)
    {
        if (head is [0xff, 0xfe, ..])
            return Encoding.Unicode;
        if (head is [0xfe, 0xff, ..])
            return Encoding.BigEndianUnicode;
        if (head is [0xef, 0xbb, 0xbf, ..])
            return Utf8Text;
        var pairs = head.Length / 2;
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }
        if (pairs > 0 && odd > pairs / 5)
            return Encoding.Unicode;
        if (pairs > 0 && even > pairs / 5)
            return Encoding.BigEndianUnicode;
        var end = Array.IndexOf(head, (byte)'\n');
        var first = head.AsSpan(0, end < 0 ? head.Length : end);
        return validUtf8 || (Utf8.IsValid(first) && first.IndexOfAnyInRange((byte)0x80, (byte)0xff) >= 0) ? Utf8Text : Encoding.GetEncoding("GB18030");
    }

    /// <summary>How many bytes at the end begin a character that goes on in the next block.</summary>
    static int CutCharacter(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= 3 && back <= block.Length; back++)
        {
            var lead = block[^back];
            if (lead < 0x80)
                return 0;
            if (lead >= 0xc0)
                return lead >= 0xf0 ? back < 4 ? back : 0 : lead >= 0xe0 ? back < 3 ? back : 0 : back < 2 ? back : 0;
        }
        return 0;
    }
}
