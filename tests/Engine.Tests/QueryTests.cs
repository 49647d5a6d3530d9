using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>Source finding and chains, against the plainest way to compute them.</summary>
public class QueryTests
{
    [Theory]
    [InlineData(4, 10, 5, 50, 0.004083520549755517)]
    [InlineData(1, 1, 1, 2, 0.5)]
    [InlineData(0, 5, 5, 10, 1)]
    [InlineData(5, 5, 5, 10, 0.003968253968253968)]
    public void The_tail_of_drawing_without_putting_back_is_exact(long least, long drawn, long marked, long all, double expected) =>
        Assert.Equal(expected, Hypergeometric.Tail(least, drawn, marked, all), 1e-12);

    [Fact]
    public void The_tail_is_the_sum_of_its_terms_in_whole_numbers()
    {
        for (var all = 1; all <= 14; all++)
            for (var marked = 0; marked <= all; marked++)
                for (var drawn = 0; drawn <= all; drawn++)
                    for (var least = 0; least <= drawn; least++)
                        Assert.Equal(Exact(least, drawn, marked, all), Hypergeometric.Tail(least, drawn, marked, all), 1e-9);
    }

    [Fact]
    public void Shared_places_are_ranked_by_how_unlikely_they_are()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        // Everyone goes to the market; four of five cases, and one other of a hundred, went to the same bath.
        var visits = Enumerable.Range(0, 100).Select(p => new Visit((uint)p, 1, 1000 + p, 2000 + p)).ToList();
        visits.AddRange(new uint[] { 0, 1, 2, 3, 77 }.Select(p => new Visit(p, 2, 50_000, 53_000)));
        store.Append(visits.ToArray());
        using var view = store.Read();
        var shared = view.Shared([.. Enumerable.Range(0, 5).Select(p => new TraceIndex((uint)p, 0, 86400))]);
        Assert.Equal(2u, shared[0].Place);
        Assert.Equal((4, 5L), (shared[0].Cases, shared[0].Visitors));
        Assert.Equal(4 / 5.0 / (5 / 100.0), shared[0].Lift, 1e-9);
        Assert.Equal(Hypergeometric.Tail(4, 5, 5, 100), shared[0].PValue, 1e-15);
        Assert.Equal((1u, 1.0, 1.0), (shared[1].Place, shared[1].Lift, shared[1].PValue));
    }

    [Fact]
    public void A_visit_outside_of_a_cases_window_is_not_shared()
    {
        using var folder = new TempFolder();
        using var store = folder.Open();
        store.Append(new[] { new Visit(1, 9, 1000, 2000), new Visit(2, 9, 1000, 2000) });
        using var view = store.Read();
        Assert.Empty(view.Shared([new TraceIndex(1, 0, 5000), new TraceIndex(2, 2000, 5000)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_chain_reaches_everyone_as_early_as_any_chain_can(int seed)
    {
        var random = new Random(seed);
        var model = new NaiveModel();
        model.Append(Enumerable.Range(0, 120).Select(_ =>
        {
            var enter = Histories.Start + random.Next(2 * 86400);
            return new Visit((uint)random.Next(25), (uint)random.Next(6), enter, enter + random.Next(300, 9000));
        }));
        using var folder = new TempFolder();
        using var store = folder.Open();
        store.Append(model.Stays.ToArray());
        using var view = store.Read();
        var rule = new TraceRule { MinOverlap = 600 };
        var source = new TraceIndex(0, Histories.Start, Histories.Start + 3 * 86400);
        for (var links = 1; links <= 4; links++)
        {
            var expected = Earliest(model, source, rule, links);
            var chains = new Chains(view).Find(source, [.. Enumerable.Range(0, 25).Select(v => (uint)v)], rule, links);
            Assert.Equal(expected.Keys.Where(v => v != 0).Order(), chains.Keys.Order());
            foreach (var (target, chain) in chains)
            {
                Assert.Equal(expected[target], chain[^1].Start);
                Assert.True(chain.Count <= links);
                HoldsTogether(chain, source, target);
            }
        }
    }

    static void HoldsTogether(IReadOnlyList<ChainLink> chain, TraceIndex source, uint target)
    {
        Assert.Equal(source.Visitor, chain[0].From);
        Assert.Equal(target, chain[^1].To);
        for (var i = 1; i < chain.Count; i++)
        {
            Assert.Equal(chain[i - 1].To, chain[i].From);
            Assert.True(chain[i].Start >= chain[i - 1].Start);
        }
    }

    /// <summary>Everyone's earliest arrival with at most so many links, by trying every meeting again and again.</summary>
    static Dictionary<uint, long> Earliest(NaiveModel model, TraceIndex source, TraceRule rule, int links)
    {
        var reached = new Dictionary<uint, long> { [source.Visitor] = source.From };
        for (var round = 0; round < links; round++)
        {
            var next = new Dictionary<uint, long>(reached);
            foreach (var (carrier, at) in reached)
                foreach (var episode in model.Trace(new TraceIndex(carrier, at, source.To), rule))
                    if (!next.TryGetValue(episode.Contact, out var known) || episode.Start < known)
                        next[episode.Contact] = episode.Start;
            reached = next;
        }
        return reached;
    }

    static double Exact(int least, int drawn, int marked, int all)
    {
        double hits = 0;
        for (var k = least; k <= drawn; k++)
            hits += Choose(marked, k) * Choose(all - marked, drawn - k);
        return hits / Choose(all, drawn);
    }

    static double Choose(int n, int k)
    {
        if (k < 0 || k > n)
            return 0;
        var result = 1.0;
        for (var i = 1; i <= k; i++)
            result = result * (n - k + i) / i;
        return Math.Round(result);
    }
}
