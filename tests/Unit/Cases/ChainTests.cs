using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases;

public sealed class ChainTests
{
    [Fact]
    public void A_small_outbreak_has_the_figures_that_a_hand_counts()
    {
        // 0 → 1, 2; 1 → 3; 4 → 5; 6 alone.
        var chains = new Chains(7, [(0, 1), (0, 2), (1, 3), (4, 5), (1, 3), (6, 6)]);
        Assert.Equal((4, 1, 3), (chains.Links, chains.SelfLinks, chains.ComponentCount));
        Assert.Equal([4, 2, 1], chains.Sizes());
        Assert.Equal([0, 4, 6], chains.Heads);
        Assert.Equal([0, 1, 1, 2, 0, 1, 0], chains.Generation);
        Assert.Equal([2, 1, 0, 0, 1, 0, 0], Enumerable.Range(0, 7).Select(chains.Offspring));
        Assert.Empty(chains.Circles);
    }

    [Fact]
    public void A_generation_is_the_longest_way_from_a_head() => Assert.Equal([0, 1, 2, 3], new Chains(4, [(0, 1), (1, 2), (2, 3), (0, 3)]).Generation);

    [Fact]
    public void A_circle_is_found_and_what_is_behind_it_has_no_generation()
    {
        var chains = new Chains(6, [(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)]);
        Assert.Equal([1, 2, 3], Assert.Single(chains.Circles).Order());
        Assert.Equal([0, -1, -1, -1, -1, 0], chains.Generation);
    }

    [Fact]
    public void Components_and_generations_are_those_of_a_plain_search()
    {
        var graphs = from size in Gen.Choose(1, 12)
                     from links in Gen.ListOf(Gen.Choose(0, size - 1).Two())
                     select (size, links.Select(l => (From: l.Item1, To: l.Item2)).ToList());
        Prop.ForAll(graphs.ToArbitrary(), graph =>
        {
            var (size, links) = graph;
            var chains = new Chains(size, links);
            var real = links.Where(l => l.From != l.To).Distinct().ToList();
            for (var a = 0; a < size; a++)
            {
                var together = Together(a, real);
                for (var b = 0; b < size; b++)
                    Assert.Equal(together.Contains(b), chains.Component[a] == chains.Component[b]);
            }
            var reach = Enumerable.Range(0, size).Select(i => Reached(i, real)).ToList();
            Assert.Equal(Enumerable.Range(0, size).Any(i => reach[i].Contains(i)), chains.Circles.Count > 0);
            foreach (var circle in chains.Circles)
                for (var i = 0; i < circle.Count; i++)
                    Assert.Contains((circle[i], circle[(i + 1) % circle.Count]), real);
            var behind = Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Any(c => reach[c].Contains(c) && (c == i || reach[c].Contains(i)))).ToList();
            for (var i = 0; i < size; i++)
                Assert.Equal(behind[i], chains.Generation[i] < 0);
            foreach (var (from, to) in real.Where(l => chains.Generation[l.To] >= 0))
                Assert.True(chains.Generation[to] > chains.Generation[from]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_long_chain_and_a_great_circle_do_not_run_out_of_stack()
    {
        const int Many = 200_000;
        var chain = new Chains(Many, Enumerable.Range(0, Many - 1).Select(i => (i, i + 1)));
        Assert.Equal(Many - 1, chain.Generation[^1]);
        Assert.Equal(Many, new Chains(Many, Enumerable.Range(0, Many).Select(i => (i, (i + 1) % Many))).Circles.Single().Count);
    }

    [Fact]
    public void Twenty_five_thousand_cases_are_counted_at_once()
    {
        var random = new Random(7);
        var links = Enumerable.Range(1, 24_999).Select(i => (random.Next(Math.Max(0, i - 400), i), i)).ToList();
        var watch = Stopwatch.StartNew();
        var chains = new Chains(25_000, links);
        var offspring = OffspringSummary.Of([.. Enumerable.Range(0, 25_000).Select(chains.Offspring)]);
        TestContext.Current.SendDiagnosticMessage($"25,000 cases: {watch.ElapsedMilliseconds} ms");
        Assert.Equal((1, 24_999, 24_999), (chains.ComponentCount, chains.Links, offspring.Counts.Select((many, of) => many * of).Sum()));
    }

    [Fact]
    public void Offspring_has_the_dispersion_of_its_moments()
    {
        var summary = OffspringSummary.Of([0, 0, 0, 0, 0, 0, 0, 0, 2, 8]);
        Assert.Equal(1, summary.Mean);
        Assert.Equal(58.0 / 9, summary.Variance, 10);
        Assert.Equal(1 / (58.0 / 9 - 1), summary.Dispersion!.Value, 10);
        Assert.Equal([8, 0, 1, 0, 0, 0, 0, 0, 1], summary.Counts);
        Assert.Equal(0.1, summary.Spreaders);
        Assert.Null(OffspringSummary.Of([1, 1, 1]).Dispersion);
        Assert.Null(OffspringSummary.Of([0, 0]).Spreaders);
    }

    [Fact]
    public void Quantiles_are_linear_between_ranks()
    {
        var summary = NumberSummary.Of([4, 1, 3, 2]);
        Assert.Equal((4, 2.5, 2.5), (summary.N, summary.Mean, summary.Median));
        Assert.Equal([1, 1.15, 1.75, 2.5, 3.25, 3.85, 4], summary.Quantiles.Select(q => Math.Round(q, 10)));
        Assert.Equal(Math.Sqrt(5.0 / 3), summary.Deviation!.Value, 10);
        Assert.Equal((0, null, null), (NumberSummary.Of([]).N, NumberSummary.Of([]).Mean, NumberSummary.Of([]).Median));
    }

    static HashSet<int> Reached(int from, List<(int From, int To)> links)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([from]);
        while (open.TryPop(out var at))
            foreach (var (_, to) in links.Where(l => l.From == at))
                if (seen.Add(to))
                    open.Push(to);
        return seen;
    }

    static HashSet<int> Together(int from, List<(int From, int To)> links)
    {
        var seen = Reached(from, [.. links, .. links.Select(l => (l.To, l.From))]);
        seen.Add(from);
        return seen;
    }
}
