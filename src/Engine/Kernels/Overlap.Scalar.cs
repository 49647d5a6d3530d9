namespace Qipan.Engine.Kernels;

static unsafe partial class Overlap
{
    internal static int Scalar(
        ushort* enter, ushort* length, int count, int latestEnter, int earliestLeave, int shortest, int first, int* found)
    {
        var hits = 0;
        for (var i = 0; i < count; i++)
            if (enter[i] <= latestEnter && length[i] >= shortest && enter[i] + length[i] >= earliestLeave)
                found[hits++] = first + i;
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
