using System.Runtime.Intrinsics;

namespace Qipan.Engine.Kernels;

/// <summary>Which of the twins runs. <c>QIPAN_FORCE_KERNEL=Scalar</c> chooses the plain ones; read once at the start.</summary>
static class Twins
{
    /// <summary>True when the fast twins may be used.</summary>
    public static readonly bool UseFast =
        !string.Equals(Environment.GetEnvironmentVariable("QIPAN_FORCE_KERNEL"), "Scalar", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the twins for 256-bit vectors are used.</summary>
    public static readonly bool UseVector256 = UseFast && Vector256.IsHardwareAccelerated;

    public static string Name => UseVector256 ? "Vector256" : "Scalar";
}
