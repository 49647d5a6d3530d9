using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Qipan.Engine.Kernels;

/// <summary>
/// Asks the processor for memory that will be read soon, so that many loads are under way at once. It changes no result, and so it has
/// no twin; where the processor cannot be asked, nothing happens.
/// </summary>
static unsafe class Fetch
{
    const int Line = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Soon(void* address)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(address);
    }

    /// <summary>Every cache line from the start on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Soon(void* start, long bytes)
    {
        if (Sse.IsSupported)
            for (var at = 0L; at < bytes; at += Line)
                Sse.Prefetch0((byte*)start + at);
    }
}
