namespace Qipan.Engine;

/// <summary>A place that cases share, for source finding.</summary>
/// <param name="Cases">Cases that were there in their windows.</param>
/// <param name="Visitors">Different visitors, cases among them, that were there between the earliest and the latest window's end.</param>
/// <param name="Lift">How many times more frequent among the cases than among everyone who was anywhere.</param>
/// <param name="PValue">Chance that so many or more of as many random visitors were there: hypergeometric tail, not corrected for
/// the number of places looked at.</param>
public readonly record struct SharedPlace(uint Place, int Cases, long Visitors, double Lift, double PValue);

public sealed partial class PresenceView
{
    /// <summary>
    /// The places where at least two of the cases were, each within the case's own window, by ascending p-value and then
    /// descending lift. A place that everyone visits is frequent among cases too, and ranks low.
    /// </summary>
    public IReadOnlyList<SharedPlace> Shared(IReadOnlyList<TraceIndex> cases) => SharedRanking.Of(
        cases, one => Itinerary(one.Visitor, one.From, one.To),
        (place, from, to) => Present(place, from, to).Select(stay => stay.Visitor).Distinct().LongCount(), CountVisitors);

    /// <summary>Different visitors who were anywhere in the span.</summary>
    public long CountVisitors(long from, long to)
    {
        var seen = new ulong[(VisitorLimit + 63) / 64];
        foreach (var segment in Segments)
        {
            if (!IsNear(segment, from, to))
                continue;
            var whole = segment.Header.FirstEnter >= from && segment.DayStart + Seconds.PerDay <= to;
            for (var k = 0u; k < segment.VisitorKeys; k++)
            {
                if (!segment.VisitorAt(k, out var visitor, out var row, out var end))
                    continue;
                var isIn = whole;
                for (; row < end && !isIn; row++)
                    isIn = IsIn(segment.VisitorRow(visitor, row).ToVisit(segment.Day), from, to);
                if (isIn)
                    Mark(visitor);
            }
        }
        foreach (ref readonly var stay in Long.All)
            if (IsIn(stay, from, to))
                Mark(stay.Visitor);
        foreach (ref readonly var row in Recent.Rows)
            if (IsIn(row, from, to))
                Mark(row.Visitor);
        return seen.Sum(word => (long)System.Numerics.BitOperations.PopCount(word));

        void Mark(uint visitor) => seen[visitor >> 6] |= 1UL << (int)(visitor & 63);
    }

    bool IsIn(in Visit stay, long from, long to) =>
        stay.Enter < to && stay.Leave > from && (stay.Kind == LeaveKind.Explicit || !Recent.Hides(stay));
}
