using System.Globalization;

namespace Qipan.Consoles.Shell;

/// <summary>Numbers as pages print them, the same in both languages.</summary>
static class Figures
{
    public static string Count(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share as a percentage with one digit, rounded down: 100% is said only when it is whole. Nothing of nothing is a dash.</summary>
    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : (Math.Floor(part * 1000.0 / whole) / 10).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}
