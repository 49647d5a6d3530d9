namespace Qipan.Cases;

/// <summary>A delay of an outbreak: its summary, and how many cases or links there are of each number of days.</summary>
/// <param name="Name">serial_interval, incubation, onset_to_report, onset_to_isolation, onset_to_outcome, onset_to_death.</param>
/// <param name="Counts">Days and how many, in the order of the days; days that nobody has are left out.</param>
public sealed record DelayFigure(string Name, NumberSummary Summary, IReadOnlyList<(int Days, int Many)> Counts);

/// <summary>The figures of the chains of a disease 传播链统计. Pure.</summary>
/// <param name="Generations">How many cases are in the first generation, the second …; those in or behind a circle are in none.</param>
/// <param name="Sizes">How many chains there are of each number of cases, in the order of the numbers.</param>
public sealed record ChainFigures(
    IReadOnlyList<DelayFigure> Delays, OffspringSummary Offspring, IReadOnlyList<int> Generations, IReadOnlyList<(int Cases, int Chains)> Sizes)
{
    public static ChainFigures Of(ChainSet set)
    {
        var days = set.Days();
        var (graph, cases) = (set.Graph, Enumerable.Range(0, set.Cases.Count));
        var generations = graph.Generation.Where(g => g >= 0).ToList();
        return new ChainFigures(
        [
            Figure("serial_interval", Cases.Delays.SerialIntervals(days, set.Links.Select(l => (l.From, l.To)).Distinct())),
            Figure("incubation", Cases.Delays.Waits(days, d => d.Exposure, d => d.Onset)),
            Figure("onset_to_report", Cases.Delays.Waits(days, d => d.Onset, d => d.Report)),
            Figure("onset_to_isolation", Cases.Delays.Waits(days, d => d.Onset, d => d.Isolated)),
            Figure("onset_to_outcome", Cases.Delays.Waits(days, d => d.Onset, d => d.Outcome)),
            Figure("onset_to_death", Cases.Delays.Waits(days, d => d.Onset, d => d.Death)),
        ],
        OffspringSummary.Of([.. cases.Select(graph.Offspring)]),
        [.. Enumerable.Range(0, generations.Count == 0 ? 0 : generations.Max() + 1).Select(g => generations.Count(x => x == g))],
        [.. graph.Sizes().GroupBy(s => s).Select(g => (g.Key, g.Count())).OrderBy(s => s.Key)]);
    }

    static DelayFigure Figure(string name, IEnumerable<double> numbers)
    {
        var all = numbers.ToList();
        return new DelayFigure(name, NumberSummary.Of(all), [.. all.GroupBy(n => (int)n).Select(g => (g.Key, g.Count())).OrderBy(c => c.Key)]);
    }
}
