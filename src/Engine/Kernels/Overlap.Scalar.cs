namespace Qipan.Engine.Kernels;

static unsafe partial class Overlap
{
    internal static int Scalar(
        ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest, byte* found)
    {
        var hits = 0;
        for (var i = 0; i < count; i++)
            if (enter[i] <= latestEnter && length[i] >= shortest && enter[i] + length[i] >= earliestLeave)
                found[hits++] = (byte)i;
        return hits;
    }

    internal static int ScalarCount(ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest)
    {
        var hits = 0;
        for (var i = 0; i < count; i++)
            if (enter[i] <= latestEnter && length[i] >= shortest && enter[i] + length[i] >= earliestLeave)
                hits++;
        return hits;
    }
}
