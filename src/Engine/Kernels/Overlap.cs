namespace Qipan.Engine.Kernels;

/// <summary>
/// Finds, among up to 256 stays, those that share a span of time with another stay. Times are seconds from a base, so that
/// enters fit into 16 bits; a stay's length fits too, its leave does not.
/// </summary>
static unsafe partial class Overlap
{
    /// <summary>Most stays looked at in one call.</summary>
    public const int Most = 256;

    /// <summary>
    /// Writes <paramref name="first"/> + i for each position i (ascending) with <c>enter[i] &lt;= latestEnter</c>, <c>length[i] &gt;= shortest</c> and
    /// <c>enter[i] + length[i] &gt;= earliestLeave</c>, and returns how many. Room for <paramref name="count"/> positions is needed.
    /// The bounds may lie outside of 16 bits.
    /// </summary>
    public static int Find(ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest, int first, int* found)
    {
        if (latestEnter < 0 || count <= 0 || shortest > ushort.MaxValue || earliestLeave > 2 * ushort.MaxValue)
            return 0;
        return Twins.UseVector256
            ? Vector(enter, length, count, latestEnter, earliestLeave, shortest, first, found)
            : Scalar(enter, length, count, latestEnter, earliestLeave, shortest, first, found);
    }

    /// <summary>As <see cref="Find"/>, only how many.</summary>
    public static int Count(ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest)
    {
        if (latestEnter < 0 || shortest > ushort.MaxValue || earliestLeave > 2 * ushort.MaxValue)
            return 0;
        return Twins.UseVector256
            ? VectorCount(enter, length, count, latestEnter, earliestLeave, shortest)
            : ScalarCount(enter, length, count, latestEnter, earliestLeave, shortest);
    }
}
