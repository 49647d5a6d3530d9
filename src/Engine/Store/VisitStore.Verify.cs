using Qipan.Engine.Ids;
using Qipan.Engine.Segments;
using Qipan.Engine.Store;

namespace Qipan.Engine;

public sealed partial class VisitStore
{
    /// <summary>
    /// Reads every byte of the store and compares it with its checksum; compares both orders of each segment with each other.
    /// The first thing that does not match is thrown as <see cref="SegmentCorrupt"/>.
    /// </summary>
    /// <param name="progress">Called with the bytes read so far and in all.</param>
    public VerifyReport Verify(Action<long, long>? progress = null)
    {
        using var view = Read();
        var seen = view.State;
        var total = seen.Manifest.Segments.Sum(s => s.Bytes) + seen.Manifest.Ids.Sum(i => i.Bytes);
        long done = 0;
        Manifest.Load(files, Folder);
        foreach (var ids in seen.Manifest.Ids)
        {
            var path = Path.Combine(Folder, ids.Name);
            IdBook.CheckFile(files.ReadAll(path), path);
            progress?.Invoke(done += ids.Bytes, total);
        }
        foreach (var segment in seen.Set.Segments)
        {
            segment.Verify();
            CompareOrders(segment);
            progress?.Invoke(done += segment.FileLength, total);
        }
        foreach (var path in files.List(Folder).Where(path => LogFormat.NumberOf(path) >= seen.Manifest.FirstLog).ToList())
            LogReader.Read(files.ReadAll(path), path, static _ => { }, static (_, _, _, _, _, _) => { });
        return new VerifyReport(
            seen.Set.Segments.Length, seen.Set.Segments.Sum(s => s.Rows), seen.Recent.Count, total, Visitors.Count, Places.Count);
    }

    static void CompareOrders(Segment segment)
    {
        ulong byVisitor = 0, byPlace = 0;
        long visitorRows = 0, placeRows = 0;
        for (var k = 0u; k < segment.VisitorKeys; k++)
        {
            if (!segment.VisitorAt(k, out var visitor, out var from, out var to))
                continue;
            visitorRows += to - from;
            for (var row = from; row < to; row++)
                byVisitor += Mixed(segment.VisitorRow(visitor, row));
        }
        for (var k = 0u; k < segment.PlaceKeys; k++)
        {
            if (!segment.PlaceAt(k, out var place, out var block))
                continue;
            placeRows += block.Count;
            for (var i = 0; i < block.Count; i++)
                byPlace += Mixed(segment.BlockRow(place, block, i));
        }
        if (visitorRows != segment.Header.ShortRows || placeRows != visitorRows || byVisitor != byPlace)
            SegmentCorrupt.Throw(segment.Path, SegmentFormat.PageSize, "the two orders do not hold the same visits");
    }

    static ulong Mixed(ShortStay stay)
    {
        var mixed = (stay.Who * 0x9E3779B97F4A7C15UL) ^ (stay.When * 0xC2B2AE3D27D4EB4FUL);
        return (mixed ^ (mixed >> 31)) * 0x9E3779B97F4A7C15UL;
    }
}
