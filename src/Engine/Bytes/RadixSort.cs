using Qipan.Engine.Segments;

namespace Qipan.Engine.Bytes;

/// <summary>
/// Sorts stays by an id and, within it, by enter: stable, least significant digit first, one counting pass per digit. Linear in
/// the number of rows; needs as much room again.
/// </summary>
static unsafe class RadixSort
{
    const int LargestDigit = 11;

    /// <summary>By visitor, then enter. The result lies in <paramref name="rows"/> or in <paramref name="spare"/>: it is returned.</summary>
    public static ShortStay* ByVisitor(ShortStay* rows, ShortStay* spare, long count, uint largestVisitor)
    {
        rows = ByEnter(rows, ref spare, count);
        return ById(rows, spare, count, BitRows.WidthOf(largestVisitor), 32);
    }

    /// <summary>By place, then enter, as <see cref="ByVisitor"/>.</summary>
    public static ShortStay* ByPlace(ShortStay* rows, ShortStay* spare, long count, uint largestPlace)
    {
        rows = ByEnter(rows, ref spare, count);
        return ById(rows, spare, count, BitRows.WidthOf(largestPlace), 0);
    }

    static ShortStay* ByEnter(ShortStay* rows, ref ShortStay* spare, long count)
    {
        var low = ByDigit(rows, spare, count, true, ShortStay.EnterShift, 9);
        Swap(ref rows, ref spare, low);
        var high = ByDigit(rows, spare, count, true, ShortStay.EnterShift + 9, ShortStay.EnterBits - 9);
        Swap(ref rows, ref spare, high);
        return rows;
    }

    static ShortStay* ById(ShortStay* rows, ShortStay* spare, long count, int width, int shift)
    {
        var digits = (width + LargestDigit - 1) / LargestDigit;
        for (var d = 0; d < digits; d++)
        {
            var from = width * d / digits;
            var to = width * (d + 1) / digits;
            var sorted = ByDigit(rows, spare, count, false, shift + from, to - from);
            Swap(ref rows, ref spare, sorted);
        }
        return rows;
    }

    static void Swap(ref ShortStay* rows, ref ShortStay* spare, ShortStay* sorted)
    {
        if (sorted == rows)
            return;
        spare = rows;
        rows = sorted;
    }

    /// <summary>One pass; leaves the rows where they are if all have the same digit.</summary>
    static ShortStay* ByDigit(ShortStay* rows, ShortStay* spare, long count, bool byTime, int shift, int bits)
    {
        var starts = stackalloc long[1 << LargestDigit];
        var mask = (1 << bits) - 1;
        new Span<long>(starts, 1 << LargestDigit).Clear();
        var words = (ulong*)rows + (byTime ? 1 : 0);
        for (long i = 0; i < count; i++)
            starts[(int)(words[2 * i] >> shift) & mask]++;
        long sum = 0;
        for (var digit = 0; digit <= mask; digit++)
        {
            var here = starts[digit];
            if (here == count)
                return rows;
            starts[digit] = sum;
            sum += here;
        }
        for (long i = 0; i < count; i++)
            spare[starts[(int)(words[2 * i] >> shift) & mask]++] = rows[i];
        return spare;
    }
}
