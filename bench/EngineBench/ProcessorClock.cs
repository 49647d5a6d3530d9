using System.Runtime.InteropServices;

namespace Qipan.EngineBench;

/// <summary>
/// Processor time: what a query costs however busy the machine is. Linux only; elsewhere it stands still and the columns say 0.
/// </summary>
static partial class ProcessorClock
{
    const int ThisProcess = 2;
    const int ThisThread = 3;

    /// <summary>Milliseconds that this thread has run.</summary>
    public static double OfThread => Read(ThisThread);

    /// <summary>Milliseconds that all threads of this process have run.</summary>
    public static double OfProcess => Read(ThisProcess);

    static double Read(int clock)
    {
        if (!OperatingSystem.IsLinux() || GetTime(clock, out var time) != 0)
            return 0;
        return time.Seconds * 1e3 + time.Nanoseconds / 1e6;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
