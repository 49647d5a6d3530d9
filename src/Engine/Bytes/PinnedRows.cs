using System.Runtime.CompilerServices;

namespace Qipan.Engine.Bytes;

/// <summary>A list on the collector's heap that stays where it is, so that hot loops reach it by pointer. Not thread-safe.</summary>
sealed unsafe class PinnedRows<T>
    where T : unmanaged
{
    T[] rows;
    T* start;

    /// <param name="length">Zeroed rows there are from the beginning.</param>
    public PinnedRows(int length)
    {
        rows = GC.AllocateArray<T>(Math.Max(1, length), pinned: true);
        start = (T*)Unsafe.AsPointer(ref rows[0]);
        Length = length;
    }

    /// <summary>Rows there is room for.</summary>
    public int Length { get; private set; }

    /// <summary>The first row; another one after <see cref="Grow"/>.</summary>
    public T* Start => start;

    public ReadOnlySpan<T> Span(int from, int count) => rows.AsSpan(from, count);

    /// <summary>Twice the room; the rows move.</summary>
    public void Grow()
    {
        var larger = GC.AllocateUninitializedArray<T>(checked(2 * Math.Max(1, Length)), pinned: true);
        rows.AsSpan(0, Length).CopyTo(larger);
        rows = larger;
        start = (T*)Unsafe.AsPointer(ref rows[0]);
        Length = rows.Length;
    }
}
