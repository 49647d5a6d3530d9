using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using Qipan.Engine.Kernels;

namespace Qipan.Engine.Bytes;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds every error burst up to 32 bits. Same value on both paths.</summary>
static partial class Crc32C
{
    /// <summary>The checksum of the bytes; <paramref name="before"/> continues one that was computed over the bytes before.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0) =>
        Twins.UseFast && Sse42.X64.IsSupported ? Sse(bytes, before) : Plain(bytes, before);

    internal static uint Sse(ReadOnlySpan<byte> bytes, uint before)
    {
        ulong crc = ~before;
        while (bytes.Length >= 8)
        {
            crc = Sse42.X64.Crc32(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }
        var rest = (uint)crc;
        foreach (var b in bytes)
            rest = Sse42.Crc32(rest, b);
        return ~rest;
    }
}
