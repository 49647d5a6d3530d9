namespace Qipan.Engine;

/// <summary>Ranks the places that cases share, wherever the stays come from.</summary>
static class SharedRanking
{
    /// <param name="itinerary">A case's stays within its window.</param>
    /// <param name="visitorsOf">Different visitors of a place in a span.</param>
    /// <param name="visitors">Different visitors of any place in a span.</param>
    public static IReadOnlyList<SharedPlace> Of(
        IReadOnlyList<TraceIndex> cases, Func<TraceIndex, IReadOnlyList<Visit>> itinerary, Func<uint, long, long, long> visitorsOf,
        Func<long, long, long> visitors)
    {
        if (cases.Count == 0)
            return [];
        var from = cases.Min(c => c.From);
        var to = cases.Max(c => c.To);
        var people = cases.Select(c => c.Visitor).Distinct().Count();
        var visited = new Dictionary<uint, HashSet<uint>>();
        foreach (var one in cases)
            foreach (var stay in itinerary(one))
            {
                if (!visited.TryGetValue(stay.Place, out var there))
                    visited.Add(stay.Place, there = []);
                there.Add(one.Visitor);
            }
        var all = visitors(from, to);
        var shared = new List<SharedPlace>();
        foreach (var (place, there) in visited)
        {
            if (there.Count < 2)
                continue;
            var were = visitorsOf(place, from, to);
            var lift = there.Count / (double)people / (were / (double)all);
            shared.Add(new SharedPlace(place, there.Count, were, lift, Hypergeometric.Tail(there.Count, people, were, all)));
        }
        shared.Sort(static (a, b) =>
        {
            var order = a.PValue.CompareTo(b.PValue);
            order = order != 0 ? order : b.Lift.CompareTo(a.Lift);
            return order != 0 ? order : a.Place.CompareTo(b.Place);
        });
        return shared;
    }
}
