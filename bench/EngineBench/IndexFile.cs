using System.Globalization;
using Qipan.Engine;

namespace Qipan.EngineBench;

/// <summary>The index persons that `generate` wrote, as the store numbers them.</summary>
static class IndexFile
{
    public static List<TraceIndex> Read(string path, VisitStore store) => [.. File.ReadLines(path).Skip(1).Select(line =>
    {
        var field = line.Split(',').Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new TraceIndex(store.Visitors.Find(field[0])!.Value, field[1], field[2]);
    })];
}
