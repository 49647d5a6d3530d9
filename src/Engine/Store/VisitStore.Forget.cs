using Qipan.Engine.Segments;

namespace Qipan.Engine;

public sealed partial class VisitStore
{
    /// <summary>
    /// Drops every visit that began before the UTC day of this instant, whole segments at a time, and refuses such visits from
    /// now on. Returns how many went.
    /// </summary>
    public long ForgetBefore(long instant)
    {
        lock (gate)
        {
            var floor = Math.Max(state.Manifest.Floor, Math.Clamp(instant, 0, Visit.LatestTime) / Seconds.PerDay * Seconds.PerDay);
            if (recent.Count > 0)
                SealLocked(null);
            if (floor == state.Manifest.Floor)
                return 0;
            var before = state.Manifest.Segments.Sum(s => s.Rows);
            Rewrite([], [], floor, null);
            return before - state.Manifest.Segments.Sum(s => s.Rows);
        }
    }

    /// <summary>
    /// Erases these visitors: their visits, by rewriting the days on which they were anywhere, and their outside ids. The dense
    /// ids are not used again. Returns how many visits went.
    /// </summary>
    public long ForgetVisitors(IReadOnlyCollection<uint> visitors)
    {
        lock (gate)
        {
            if (recent.Count > 0 || HasUnsavedIds())
                SealLocked(null);
            var gone = visitors.ToHashSet();
            var days = state.Set.Segments.Where(s => Holds(s, gone)).Select(s => s.Day).ToHashSet();
            var before = state.Manifest.Segments.Sum(s => s.Rows);
            var known = Visitors.Count;
            var erased = gone.Where(v => v < known).Select(v => (Id: v, Outside: Visitors.Erase(v))).ToList();
            try
            {
                Rewrite([], days, state.Manifest.Floor, gone);
            }
            catch
            {
                erased.ForEach(e => Visitors.Restore(e.Id, e.Outside));
                throw;
            }
            return before - state.Manifest.Segments.Sum(s => s.Rows);
        }
    }

    static bool Holds(Segment segment, HashSet<uint> visitors) =>
        visitors.Any(v => segment.FindVisitor(v, out _, out _)) || segment.LongStays().Any(stay => visitors.Contains(stay.Visitor));
}
