using System.Runtime.InteropServices;

namespace Qipan.Engine.Bytes;

/// <summary>Memory outside of the collector's heap for many rows; its owner frees it.</summary>
sealed unsafe class NativeBlock<T> : IDisposable
    where T : unmanaged
{
    T* start;

    /// <param name="length">Items there is room for.</param>
    /// <param name="zeroed">False leaves whatever was in the memory.</param>
    public NativeBlock(long length, bool zeroed = false)
    {
        Length = length;
        var count = (nuint)Math.Max(1, length);
        start = (T*)(zeroed ? NativeMemory.AllocZeroed(count, (nuint)sizeof(T)) : NativeMemory.Alloc(count, (nuint)sizeof(T)));
    }

    public long Length { get; }

    public T* Start => start;

    public void Dispose()
    {
        NativeMemory.Free(start);
        start = null;
    }
}
