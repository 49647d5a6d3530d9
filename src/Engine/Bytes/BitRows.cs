using System.Runtime.CompilerServices;

namespace Qipan.Engine.Bytes;

/// <summary>Values of equal width, one after the other, least significant bit first. Widths up to 57 bits.</summary>
static unsafe class BitRows
{
    /// <summary>A reader may load up to this many bytes behind the last value.</summary>
    public const int Slack = 8;

    public const int WidestValue = 57;

    /// <summary>Bits needed for values up to <paramref name="largest"/>.</summary>
    public static int WidthOf(ulong largest) => 64 - System.Numerics.BitOperations.LeadingZeroCount(largest);

    public static long BytesFor(long values, int width) => (values * width + 7) / 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(byte* start, long bit, int width) =>
        (Unsafe.ReadUnaligned<ulong>(start + (bit >> 3)) >> (int)(bit & 7)) & ((1UL << width) - 1);

    /// <summary>Writes into zeroed memory; needs the same slack as a reader.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(byte* start, long bit, ulong value)
    {
        var at = start + (bit >> 3);
        Unsafe.WriteUnaligned(at, Unsafe.ReadUnaligned<ulong>(at) | (value << (int)(bit & 7)));
    }
}
