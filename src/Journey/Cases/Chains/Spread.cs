namespace Qipan.Cases;

/// <summary>A summary of numbers: days of a delay, offspring of cases.</summary>
/// <param name="N">How many numbers there are.</param>
/// <param name="Mean">Arithmetic.</param>
/// <param name="Deviation">Of the sample, by n - 1; null below two numbers.</param>
/// <param name="Quantiles">At 0, 5, 25, 50, 75, 95 and 100 per cent, linear between ranks (type 7, as R and NumPy).</param>
public sealed record NumberSummary(int N, double? Mean, double? Deviation, IReadOnlyList<double> Quantiles)
{
    public static IReadOnlyList<double> Points { get; } = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    public double? Median => N == 0 ? null : Quantiles[3];

    /// <summary>Of any numbers; empty when there is none.</summary>
    public static NumberSummary Of(IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        if (sorted.Length == 0)
            return new NumberSummary(0, null, null, []);
        var mean = sorted.Average();
        double? deviation = sorted.Length < 2 ? null : Math.Sqrt(sorted.Sum(x => (x - mean) * (x - mean)) / (sorted.Length - 1));
        return new NumberSummary(sorted.Length, mean, deviation, [.. Points.Select(p => Quantile(sorted, p))]);
    }

    static double Quantile(double[] sorted, double p)
    {
        var place = p * (sorted.Length - 1);
        var low = (int)Math.Floor(place);
        return low + 1 < sorted.Length ? sorted[low] + ((place - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}

/// <summary>How many each case passed it on to 续发数分布.</summary>
/// <param name="Mean">The reproduction number among the cases that are known.</param>
/// <param name="Dispersion">
/// k of a negative binomial by the method of moments, m² / (v - m) with v by n - 1; null where the variance is not above the mean. Small k:
/// few cases infect many.
/// </param>
/// <param name="Counts">How many cases passed it on to 0, 1, 2 … others.</param>
/// <param name="Spreaders">The least share of cases that accounts for four fifths of the offspring.</param>
public sealed record OffspringSummary(int Cases, double Mean, double Variance, double? Dispersion, IReadOnlyList<int> Counts, double? Spreaders)
{
    public static OffspringSummary Of(IReadOnlyCollection<int> offspring)
    {
        if (offspring.Count == 0)
            return new OffspringSummary(0, 0, 0, null, [], null);
        var mean = offspring.Average();
        var variance = offspring.Count < 2 ? 0 : offspring.Sum(x => (x - mean) * (x - mean)) / (offspring.Count - 1);
        var counts = new int[offspring.Max() + 1];
        foreach (var many in offspring)
            counts[many]++;
        return new OffspringSummary(offspring.Count, mean, variance, variance > mean ? mean * mean / (variance - mean) : null, counts, Share(offspring));
    }

    static double? Share(IReadOnlyCollection<int> offspring)
    {
        var total = (long)offspring.Sum();
        if (total == 0)
            return null;
        var (sum, used) = (0L, 0);
        foreach (var many in offspring.OrderDescending())
        {
            if (sum * 5 >= total * 4)
                break;
            sum += many;
            used++;
        }
        return (double)used / offspring.Count;
    }
}

/// <summary>The days of a case that delays are counted between; null where not known.</summary>
public sealed record CaseDays(
    DateOnly? Onset, DateOnly? Exposure = null, DateOnly? Report = null, DateOnly? Isolated = null, DateOnly? Outcome = null, DateOnly? Death = null);

/// <summary>Delays between the days of cases 间隔. Pure.</summary>
public static class Delays
{
    /// <summary>Onset of the one who passed it on to onset of the one who got it 代间距, over links of which both days are known; may be negative.</summary>
    public static NumberSummary SerialInterval(IReadOnlyList<CaseDays> days, IEnumerable<(int From, int To)> links) => NumberSummary.Of(SerialIntervals(days, links));

    /// <summary>The numbers of <see cref="SerialInterval"/>, one a link.</summary>
    public static IEnumerable<double> SerialIntervals(IReadOnlyList<CaseDays> days, IEnumerable<(int From, int To)> links) =>
        links.Where(l => l.From != l.To).Select(l => Between(days[l.From].Onset, days[l.To].Onset)).OfType<double>();

    /// <summary>Exposure to onset 潜伏期, over cases of which the one day of exposure is known.</summary>
    public static NumberSummary Incubation(IEnumerable<CaseDays> days) => Of(days, d => d.Exposure, d => d.Onset);

    public static NumberSummary OnsetToReport(IEnumerable<CaseDays> days) => Of(days, d => d.Onset, d => d.Report);

    public static NumberSummary OnsetToIsolation(IEnumerable<CaseDays> days) => Of(days, d => d.Onset, d => d.Isolated);

    public static NumberSummary OnsetToOutcome(IEnumerable<CaseDays> days) => Of(days, d => d.Onset, d => d.Outcome);

    public static NumberSummary OnsetToDeath(IEnumerable<CaseDays> days) => Of(days, d => d.Onset, d => d.Death);

    /// <summary>Days from the one to the other, over the cases of which both are known.</summary>
    public static IEnumerable<double> Waits(IEnumerable<CaseDays> days, Func<CaseDays, DateOnly?> from, Func<CaseDays, DateOnly?> to) =>
        days.Select(d => Between(from(d), to(d))).OfType<double>();

    static NumberSummary Of(IEnumerable<CaseDays> days, Func<CaseDays, DateOnly?> from, Func<CaseDays, DateOnly?> to) => NumberSummary.Of(Waits(days, from, to));

    static double? Between(DateOnly? from, DateOnly? to) => from is { } a && to is { } b ? b.DayNumber - a.DayNumber : null;
}
