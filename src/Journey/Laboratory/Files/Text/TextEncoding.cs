using System.Text;
using System.Text.Unicode;

namespace Qipan.Laboratory.Files;

/// <summary>
/// Tells how a text is encoded: by its byte order mark, by the zero bytes of UTF-16, by being valid UTF-8, by being valid
/// GB18030, and else Western European. Pure.
/// </summary>
static class TextEncoding
{
    static TextEncoding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding, the bytes to skip, and what to flag; null when the bytes are no text.</summary>
    public static (Encoding Encoding, int Skip, (string Code, string Sentence, string Chinese)? Flag)? Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Encoding.UTF8, 3, Utf8.IsValid(bytes[3..]) ? null : FileProblems.EncodingDamaged);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return (Encoding.UTF32, 4, null);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode, 2, null);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode, 2, null);
        var zeros = Zeros(bytes[..Math.Min(bytes.Length, 4096)]);
        if (zeros.Even + zeros.Odd > 0)
        {
            if (zeros.Odd > zeros.Even * 10 && zeros.Odd > Math.Min(bytes.Length, 4096) / 5)
                return (Encoding.Unicode, 0, null);
            if (zeros.Even > zeros.Odd * 10 && zeros.Even > Math.Min(bytes.Length, 4096) / 5)
                return (Encoding.BigEndianUnicode, 0, null);
            return null;
        }
        if (Utf8.IsValid(bytes))
            return (Encoding.UTF8, 0, null);
        if (MostlyUtf8(bytes))
            return (Encoding.UTF8, 0, FileProblems.EncodingDamaged);
        if (Valid(bytes, "gb18030"))
            return (Encoding.GetEncoding("gb18030"), 0, null);
        return (Encoding.GetEncoding(1252), 0, FileProblems.EncodingGuessed);
    }

    /// <summary>The encoding of this name, or null when there is none.</summary>
    public static Encoding? ByName(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    static (int Even, int Odd) Zeros(ReadOnlySpan<byte> bytes)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
                _ = i % 2 == 0 ? even++ : odd++;
        }
        return (even, odd);
    }

    // Damaged UTF-8 must not turn into other characters by being taken for GB18030.
    static bool MostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (valid, invalid) = (0, 0);
        while (bytes.Length > 0)
        {
            var high = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0)
                break;
            bytes = bytes[high..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (status == System.Buffers.OperationStatus.Done)
                valid++;
            else
                invalid++;
            bytes = bytes[used..];
        }
        return valid > invalid;
    }

    static bool Valid(ReadOnlySpan<byte> bytes, string name)
    {
        var decoder = Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback).GetDecoder();
        var chars = new char[8192];
        try
        {
            while (bytes.Length > 0)
            {
                decoder.Convert(bytes, chars, flush: false, out var used, out _, out _);
                bytes = bytes[used..];
            }
            decoder.Convert([], chars, flush: true, out _, out _, out _);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
