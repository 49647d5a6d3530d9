namespace Qipan.Engine.Tests;

/// <summary>What the store and its queries must answer, in the plainest way: every pair of stays is compared.</summary>
sealed class NaiveModel
{
    public List<Visit> Stays { get; private set; } = [];

    public long Floor { get; private set; }

    public static bool CanBeStored(Visit visit) => visit.Leave > visit.Enter;

    public void Append(IEnumerable<Visit> visits)
    {
        var all = Stays.Concat(visits.Where(v => CanBeStored(v) && v.Enter >= Floor)).Distinct().ToList();
        Stays = [.. all.Where(row => !all.Any(other => SameStay(row, other) && Replaces(other, row)))];
    }

    public void ForgetBefore(long instant)
    {
        Floor = Math.Max(Floor, instant / 86400 * 86400);
        Stays.RemoveAll(stay => stay.Enter < Floor);
    }

    public void ForgetVisitor(uint visitor) => Stays.RemoveAll(stay => stay.Visitor == visitor);

    static bool SameStay(Visit a, Visit b) => (a.Visitor, a.Place, a.Area, a.Enter) == (b.Visitor, b.Place, b.Area, b.Enter);

    static bool Replaces(Visit better, Visit row) => (better.Kind, row.Kind) switch
    {
        (_, LeaveKind.Explicit) => false,
        (LeaveKind.Explicit, _) => true,
        (LeaveKind.Inferred, LeaveKind.Open) => true,
        (LeaveKind.Inferred, LeaveKind.Inferred) => better.Leave > row.Leave,
        _ => false,
    };

    public List<Episode> Trace(TraceIndex index, TraceRule rule)
    {
        var first = Meetings(index.Visitor, index.From, index.To, rule, 1).Where(e => e.Contact != index.Visitor).ToList();
        if (rule.Rings < 2)
            return first;
        var ring1 = first.GroupBy(e => e.Contact).ToDictionary(g => g.Key, g => g.Min(e => e.Start));
        var second = ring1.SelectMany(c => Meetings(c.Key, rule.WholeWindow ? index.From : c.Value, index.To, rule, 2))
            .Where(e => e.Contact != index.Visitor && !ring1.ContainsKey(e.Contact));
        return [.. first, .. second];
    }

    IEnumerable<Episode> Meetings(uint who, long begin, long until, TraceRule rule, byte ring) =>
        from mine in Stays
        where mine.Visitor == who
        let a = Math.Max(mine.Enter, begin)
        let b = Math.Min(mine.Leave, until)
        where b > a
        from other in Stays
        where other.Visitor != who && other.Place == mine.Place
        where !rule.SameArea || mine.Area == 0 || other.Area == 0 || mine.Area == other.Area
        let start = Math.Max(a, other.Enter)
        let end = Math.Min(b + rule.Lag, other.Leave)
        where end - start >= Math.Max(1, rule.MinOverlap)
        select new Episode(other.Visitor, who, mine.Place, other.Area, ring,
            mine.Kind != LeaveKind.Explicit || other.Kind != LeaveKind.Explicit, start, end);

    public Dictionary<uint, int> Occupancy(long at) => Stays
        .Where(s => s.Enter <= at && s.Leave > at)
        .GroupBy(s => s.Place)
        .ToDictionary(g => g.Key, g => g.Select(s => s.Visitor).Distinct().Count());

    public List<Visit> Itinerary(uint visitor, long from, long to) =>
        [.. Stays.Where(s => s.Visitor == visitor && s.Enter < to && s.Leave > from)];

    public List<Visit> Present(uint place, long from, long to) =>
        [.. Stays.Where(s => s.Place == place && s.Enter < to && s.Leave > from)];
}
