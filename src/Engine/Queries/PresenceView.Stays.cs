using Qipan.Engine.Segments;

namespace Qipan.Engine;

public sealed partial class PresenceView
{
    /// <summary>The stays of a visitor that share time with the span, by enter: where were they?</summary>
    public IReadOnlyList<Visit> Itinerary(uint visitor, long from = 0, long to = Visit.NotLeft)
    {
        var stays = new List<Visit>();
        foreach (var segment in Segments)
            if (IsNear(segment, from, to) && segment.FindVisitor(visitor, out var row, out var end))
                for (; row < end; row++)
                    Include(stays, segment.VisitorRow(visitor, row).ToVisit(segment.Day), from, to);
        foreach (var stay in Long.OfVisitor(visitor))
            Include(stays, stay, from, to);
        for (var at = Recent.LastOfVisitor(visitor); at != 0; at = Recent.BeforeOfVisitor(at))
            Include(stays, Recent.At(at), from, to);
        stays.Sort(ByEnter);
        return stays;
    }

    /// <summary>The stays in a place that share time with the span, by enter: who was present?</summary>
    public IReadOnlyList<Visit> Present(uint place, long from, long to)
    {
        var stays = new List<Visit>();
        foreach (var segment in Segments)
        {
            if (!IsNear(segment, from, to) || !segment.FindPlace(place, out var block))
                continue;
            for (var i = 0; i < block.Count; i++)
                Include(stays, segment.BlockRow(place, block, i).ToVisit(segment.Day), from, to);
        }
        foreach (var stay in Long.OfPlace(place))
            Include(stays, stay, from, to);
        for (var at = Recent.LastOfPlace(place); at != 0; at = Recent.BeforeInPlace(at))
            Include(stays, Recent.At(at), from, to);
        stays.Sort(ByEnter);
        return stays;
    }

    /// <summary>Every stay, in no certain order.</summary>
    internal IEnumerable<Visit> All()
    {
        var all = new List<Visit>();
        foreach (var segment in Segments)
        {
            using var rows = new DayRows(segment.Day);
            segment.CopyTo(rows);
            rows.CopyTo(all);
        }
        foreach (var row in Recent.Rows)
            all.Add(row);
        return all.Where(row => row.Kind == LeaveKind.Explicit || !Recent.Hides(row));
    }

    static bool IsNear(Segment segment, long from, long to) => segment.Header.LastLeave > from && segment.Header.FirstEnter < to;

    void Include(List<Visit> stays, in Visit stay, long from, long to)
    {
        if (stay.Enter < to && stay.Leave > from && (stay.Kind == LeaveKind.Explicit || !Recent.Hides(stay)))
            stays.Add(stay);
    }

    static int ByEnter(Visit a, Visit b)
    {
        var order = a.Enter.CompareTo(b.Enter);
        order = order != 0 ? order : a.Visitor.CompareTo(b.Visitor);
        return order != 0 ? order : Settle.Compare(a, b);
    }
}
