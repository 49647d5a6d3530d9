using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Compares all answers of a view with the model's.</summary>
static class Answers
{
    static readonly TraceRule[] Rules =
    [
        new() { MinOverlap = 900, Rings = 2 },
        new() { MinOverlap = 900, Rings = 2, WholeWindow = true },
        new() { MinOverlap = 1, Rings = 2, Lag = 600, SameArea = true },
        new() { MinOverlap = 0, Rings = 1 },
    ];

    public static void AreEqual(NaiveModel model, PresenceView view)
    {
        Assert.Equal(Sorted(model.Stays), Sorted(view.All()));
        var tracer = new Tracer(view);
        for (var visitor = 0u; visitor < Histories.People; visitor++)
            foreach (var (from, to) in Windows)
            {
                foreach (var rule in Rules)
                    TraceIsEqual(model, tracer, new TraceIndex(visitor, from, to), rule);
                Assert.Equal(Sorted(model.Itinerary(visitor, from, to)), Sorted(view.Itinerary(visitor, from, to)));
            }
        foreach (var at in Moments)
            Assert.Equal(
                model.Occupancy(at).OrderBy(p => p.Key).Select(p => new PlaceCount(p.Key, p.Value)),
                view.Occupancy(at, threads: 2));
        for (var place = 0u; place < Histories.Rooms; place++)
        {
            var (from, to) = Windows[1];
            Assert.Equal(Sorted(model.Present(place, from, to)), Sorted(view.Present(place, from, to)));
            var series = view.OccupancySeries(place, from, to, 7000);
            for (var i = 0; i < series.Count; i++)
                Assert.Equal(model.Occupancy(from + 7000L * i).GetValueOrDefault(place), series[i]);
        }
    }

    /// <summary>Only that the same stays are there: for tests that look very often.</summary>
    public static void HoldSame(NaiveModel model, PresenceView view, string when) =>
        Assert.True(Sorted(model.Stays).SequenceEqual(Sorted(view.All())), when);

    static (long From, long To)[] Windows =>
    [
        (Histories.Start, Histories.Start + 5 * 86400),
        (Histories.Start + 86400 + 300, Histories.Start + 3 * 86400 - 5000),
    ];

    static IEnumerable<long> Moments => Enumerable.Range(0, 10)
        .Select(i => Histories.Start + 86400L * (i / 2) + (i % 2 == 0 ? 0 : 65536))
        .Append(Histories.Start + 36600);

    /// <summary>With and without episodes, which go different ways through the tracer.</summary>
    public static void TraceIsEqual(NaiveModel model, Tracer tracer, TraceIndex index, TraceRule rule)
    {
        var expected = model.Trace(index, rule);
        tracer.Trace(index, rule, withEpisodes: true);
        Assert.Equal(
            expected.OrderBy(e => e.ToString(), StringComparer.Ordinal),
            tracer.Episodes.ToArray().OrderBy(e => e.ToString(), StringComparer.Ordinal));
        tracer.Trace(index, rule);
        Assert.Equal(0, tracer.Episodes.Length);
        AreContacts(expected.Where(e => e.Ring == 1), tracer.Ring1);
        AreContacts(expected.Where(e => e.Ring == 2), tracer.Ring2);
    }

    static void AreContacts(IEnumerable<Episode> expected, ReadOnlySpan<Contact> actual)
    {
        var wanted = expected.GroupBy(e => e.Contact).OrderBy(g => g.Key).Select(g => (
            g.Key, Via: g.OrderBy(e => e.Start).ThenBy(e => e.Via).First().Via, Episodes: (uint)g.Count(), g.Any(e => e.Inferred),
            Seconds: (uint)g.Sum(e => e.End - e.Start), First: g.Min(e => e.Start), Last: g.Max(e => e.End)));
        var found = actual.ToArray().OrderBy(c => c.Visitor).Select(c =>
            (c.Visitor, c.Via, c.Episodes, c.Inferred, c.OverlapSeconds, c.First, c.Last));
        Assert.Equal(wanted, found);
    }

    static IEnumerable<Visit> Sorted(IEnumerable<Visit> visits) => visits
        .OrderBy(v => v.Enter).ThenBy(v => v.Visitor).ThenBy(v => v.Place).ThenBy(v => v.Area).ThenBy(v => v.Leave).ThenBy(v => v.Kind);
}
