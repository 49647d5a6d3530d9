namespace Qipan.Engine.Segments;

/// <summary>
/// Leaves one row of each stay: equal rows become one, and a row that another outranks goes (see <see cref="Visit"/>).
/// The result depends on the rows alone and not on their order.
/// </summary>
static unsafe class Settle
{
    /// <summary>
    /// Settles rows sorted by visitor and enter, in place, together with the day's long stays; returns how many short ones are
    /// left. <paramref name="outranked"/> counts rows that gave way, which equal rows do not.
    /// </summary>
    public static long Rows(ShortStay* rows, long count, List<Visit> longStays, int day, out long outranked)
    {
        outranked = 0;
        SettleLong(longStays, ref outranked);
        if (longStays.Count > 0)
            AgainstLong(rows, ref count, longStays, day, ref outranked);
        long kept = 0;
        for (long i = 0; i < count;)
        {
            var end = i + 1;
            while (end < count && SameVisitorAndEnter(rows[i], rows[end]))
                end++;
            if (end - i == 1)
                rows[kept++] = rows[i];
            else
                kept = Group(rows, i, end, kept, ref outranked);
            i = end;
        }
        return kept;
    }

    static bool SameVisitorAndEnter(ShortStay a, ShortStay b) =>
        a.Visitor == b.Visitor && a.When >> ShortStay.EnterShift == b.When >> ShortStay.EnterShift;

    static long Group(ShortStay* rows, long from, long end, long kept, ref long outranked)
    {
        new Span<ShortStay>(rows + from, (int)(end - from)).Sort(static (a, b) =>
            a.Place != b.Place ? a.Place.CompareTo(b.Place) : a.When.CompareTo(b.When));
        var first = kept;
        for (var i = from; i < end; i++)
        {
            var row = rows[i];
            var equal = kept > first && row == rows[kept - 1];
            var goes = false;
            for (var j = i + 1; j < end && !goes; j++)
                goes = Outranks(rows[j], row);
            for (var j = first; j < kept && !goes; j++)
                goes = Outranks(rows[j], row);
            if (goes && !equal)
                outranked++;
            if (!goes && !equal)
                rows[kept++] = row;
        }
        return kept;
    }

    static bool Outranks(ShortStay winner, ShortStay loser) =>
        winner.Place == loser.Place && winner.Area == loser.Area && winner.ToVisit(0).Outranks(loser.ToVisit(0));

    static void SettleLong(List<Visit> rows, ref long outranked)
    {
        rows.Sort(Compare);
        var kept = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var equal = i + 1 < rows.Count && rows[i + 1] == rows[i];
            var goes = false;
            for (var j = i + 1; j < rows.Count && rows[j].SameStay(rows[i]) && !goes; j++)
                goes = rows[j].Outranks(rows[i]);
            for (var j = kept - 1; j >= 0 && rows[j].SameStay(rows[i]) && !goes; j--)
                goes = rows[j].Outranks(rows[i]);
            if (goes && !equal)
                outranked++;
            if (!goes && !equal)
                rows[kept++] = rows[i];
        }
        rows.RemoveRange(kept, rows.Count - kept);
    }

    /// <summary>By place, then enter, then the rest: the order in the file.</summary>
    internal static int Compare(Visit a, Visit b)
    {
        var order = a.Place.CompareTo(b.Place);
        order = order != 0 ? order : a.Enter.CompareTo(b.Enter);
        order = order != 0 ? order : a.Visitor.CompareTo(b.Visitor);
        order = order != 0 ? order : a.Area.CompareTo(b.Area);
        order = order != 0 ? order : a.Kind.CompareTo(b.Kind);
        return order != 0 ? order : a.Leave.CompareTo(b.Leave);
    }

    static void AgainstLong(ShortStay* rows, ref long count, List<Visit> longStays, int day, ref long outranked)
    {
        var dropped = new HashSet<long>();
        for (var l = longStays.Count - 1; l >= 0; l--)
        {
            var stay = longStays[l];
            var enter = (int)(stay.Enter % Seconds.PerDay);
            var goes = false;
            for (var i = Lower(rows, count, stay.Visitor, enter); i < count; i++)
            {
                var row = rows[i].ToVisit(day);
                if (row.Visitor != stay.Visitor || row.Enter != stay.Enter)
                    break;
                if (!row.SameStay(stay))
                    continue;
                goes |= row.Outranks(stay);
                if (stay.Outranks(row))
                    dropped.Add(i);
            }
            if (!goes)
                continue;
            longStays.RemoveAt(l);
            outranked++;
        }
        outranked += dropped.Count;
        if (dropped.Count == 0)
            return;
        long kept = 0;
        for (long i = 0; i < count; i++)
            if (!dropped.Contains(i))
                rows[kept++] = rows[i];
        count = kept;
    }

    static long Lower(ShortStay* rows, long count, uint visitor, int enter)
    {
        long low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rows[middle].Visitor < visitor || (rows[middle].Visitor == visitor && rows[middle].Enter < enter))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
