using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qipan.Engine.Kernels;

static unsafe partial class Overlap
{
    const int Lanes = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Vector(
        ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest, int first, int* found)
    {
        var bounds = new Bounds(latestEnter, earliestLeave, shortest);
        var hits = 0;
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
            for (var mask = bounds.Mask(enter + i, length + i); mask != 0; mask &= mask - 1)
                found[hits++] = first + i + BitOperations.TrailingZeroCount(mask);
        for (; i < count; i++)
            if (enter[i] <= latestEnter && length[i] >= shortest && enter[i] + length[i] >= earliestLeave)
                found[hits++] = first + i;
        return hits;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int VectorCount(ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest)
    {
        var bounds = new Bounds(latestEnter, earliestLeave, shortest);
        var hits = 0;
        var i = 0;
        for (; i + Lanes <= count; i += Lanes)
            hits += BitOperations.PopCount(bounds.Mask(enter + i, length + i));
        for (; i < count; i++)
            if (enter[i] <= latestEnter && length[i] >= shortest && enter[i] + length[i] >= earliestLeave)
                hits++;
        return hits;
    }

    /// <summary>
    /// The three comparisons in 16 bits. <c>enter + length &gt;= earliest</c> becomes <c>length &gt;= earliest - enter</c> with a
    /// subtraction that stops at zero. Where <c>earliest</c> itself needs 17 bits, the excess r is taken from the length first:
    /// <c>length - r &gt;= 65535 - enter</c>, for lengths of at least r.
    /// </summary>
    readonly struct Bounds
    {
        readonly Vector256<ushort> latest;
        readonly Vector256<ushort> earliest;
        readonly Vector256<ushort> excess;
        readonly Vector256<ushort> shortest;

        public Bounds(int latestEnter, int earliestLeave, int shortestLength)
        {
            var over = Math.Max(0, earliestLeave - ushort.MaxValue);
            latest = Vector256.Create((ushort)Math.Min(latestEnter, ushort.MaxValue));
            earliest = Vector256.Create((ushort)Math.Clamp(earliestLeave, 0, ushort.MaxValue));
            excess = Vector256.Create((ushort)over);
            shortest = Vector256.Create((ushort)Math.Max(Math.Max(shortestLength, 0), over));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint Mask(ushort* enter, ushort* length)
        {
            var e = Vector256.Load(enter);
            var l = Vector256.Load(length);
            var missing = Vector256.SubtractSaturate(earliest, e);
            var rest = Vector256.SubtractSaturate(l, excess);
            var hit = Vector256.GreaterThanOrEqual(latest, e)
                & Vector256.GreaterThanOrEqual(l, shortest)
                & Vector256.GreaterThanOrEqual(rest, missing);
            return hit.ExtractMostSignificantBits();
        }
    }
}
