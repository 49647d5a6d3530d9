using Qipan.Engine.Segments;

namespace Qipan.Engine.Store;

/// <summary>
/// The long and open stays of all segments in memory, found by place and by visitor. They are few: who stays for more than 18
/// hours, or never left. Never changes.
/// </summary>
sealed class LongStays
{
    readonly Visit[] byPlace;
    readonly Visit[] byVisitor;
    readonly Dictionary<uint, (int From, int Count)> places;
    readonly Dictionary<uint, (int From, int Count)> visitors;

    public LongStays(IEnumerable<Segment> segments)
    {
        byPlace = [.. segments.Where(s => s.Header.LongRows > 0).SelectMany(s => s.LongStays())];
        byVisitor = [.. byPlace];
        Array.Sort(byPlace, Settle.Compare);
        Array.Sort(byVisitor, static (a, b) => a.Visitor != b.Visitor ? a.Visitor.CompareTo(b.Visitor) : Settle.Compare(a, b));
        places = Ranges(byPlace, static stay => stay.Place);
        visitors = Ranges(byVisitor, static stay => stay.Visitor);
        foreach (var stay in byPlace)
        {
            VisitorLimit = Math.Max(VisitorLimit, stay.Visitor + 1);
            PlaceLimit = Math.Max(PlaceLimit, stay.Place + 1);
        }
    }

    public uint VisitorLimit { get; }

    public uint PlaceLimit { get; }

    public ReadOnlySpan<Visit> All => byPlace;

    public ReadOnlySpan<Visit> OfPlace(uint place) =>
        byPlace.Length > 0 && places.TryGetValue(place, out var range) ? byPlace.AsSpan(range.From, range.Count) : default;

    public ReadOnlySpan<Visit> OfVisitor(uint visitor) =>
        byVisitor.Length > 0 && visitors.TryGetValue(visitor, out var range) ? byVisitor.AsSpan(range.From, range.Count) : default;

    static Dictionary<uint, (int From, int Count)> Ranges(Visit[] stays, Func<Visit, uint> idOf)
    {
        var ranges = new Dictionary<uint, (int, int)>();
        for (var from = 0; from < stays.Length;)
        {
            var to = from + 1;
            while (to < stays.Length && idOf(stays[to]) == idOf(stays[from]))
                to++;
            ranges.Add(idOf(stays[from]), (from, to - from));
            from = to;
        }
        return ranges;
    }
}
