namespace Qipan.Situation;

/// <summary>The reproduction number 有效再生数 Rt of the days up to one: to how many each case passes it on, by the week that ends with it.</summary>
/// <param name="Day">The window's last day.</param>
/// <param name="Cases">In the window.</param>
/// <param name="Mean">Of the posterior; null where there are too few cases to say (<see cref="Reproduction.Least"/>), or nobody before them who could have passed it on.</param>
/// <param name="Low">2.5 % of the posterior lie below it.</param>
/// <param name="High">2.5 % lie above it.</param>
/// <param name="Complete">False where a day of the window still waits for results, or is not over: the number is too low.</param>
public sealed record ReproductionDay(DateOnly Day, long Cases, double? Mean, double? Median, double? Deviation, double? Low, double? High, bool Complete);

/// <summary>The serial interval that an estimate assumes 代间距.</summary>
/// <param name="Mean">Days; above 1.</param>
/// <param name="Deviation">Days.</param>
/// <param name="From">chains: measured on the links of the region; protocol: of the protocol in force; asked: the reader's own.</param>
/// <param name="Pairs">Of how many links, where it was measured.</param>
/// <param name="Source">The protocol, where one says it.</param>
public sealed record SerialInterval(double Mean, double Deviation, string From, int Pairs = 0, string? Source = null);

/// <summary>
/// Estimates the reproduction number after Cori, Ferguson, Fraser and Cauchemez, American Journal of Epidemiology 178 (2013) 1505–1512, as EpiEstim does. Pure.
/// Cases of a day are Poisson around R times what the cases before it radiate,
/// <code>
/// L(t) = sum over s of I(t - s) w(s)                 w: the serial interval, in whole days
/// R of a window | I  ~  Gamma(a + sum I, 1 / (1 / b + sum L))    the prior has mean 5 and deviation 5: a = 1, b = 5
/// </code>
/// The cases of the first day have no source here: the first window begins on the second day.
/// </summary>
public static class Reproduction
{
    /// <summary>Days of a window.</summary>
    public const int Window = 7;

    /// <summary>
    /// With fewer cases in its window an estimate is not shown: its posterior deviates by more than 0.3 of its mean (the web appendix of the paper asks for
    /// that; it is 1 / sqrt(1 + cases)).
    /// </summary>
    public const int Least = 11;

    const double PriorShape = 1;
    const double PriorScale = 5;

    /// <summary>
    /// The chance that the serial interval is k days: a gamma that begins at one day, both onsets being known to the day alone (the paper's web appendix 11).
    /// The mean is above 1 and the deviation above 0.
    /// </summary>
    public static double[] Weights(double mean, double deviation, int days)
    {
        var (shape, scale) = ((mean - 1) / deviation * ((mean - 1) / deviation), deviation * deviation / (mean - 1));
        double Below(double k, double more) => GammaLaw.Below(k, shape + more, scale);
        return [.. Enumerable.Range(0, days).Select(k => Math.Max(0,
            (k * Below(k, 0)) + ((k - 2) * Below(k - 2, 0)) - (2 * (k - 1) * Below(k - 1, 0))
            + (shape * scale * ((2 * Below(k - 1, 1)) - Below(k - 2, 1) - Below(k, 1)))))];
    }

    /// <summary>What the cases before a day radiate onto it, for each day; nothing onto the first.</summary>
    public static double[] Radiated(IReadOnlyList<long> cases, IReadOnlyList<double> weights) =>
        [.. Enumerable.Range(0, cases.Count).Select(t => Enumerable.Range(1, t).Sum(s => s < weights.Count ? cases[t - s] * weights[s] : 0))];

    /// <summary>The posterior of the window of days from one to another, both counted from 0, the first not before 1.</summary>
    public static (double Shape, double Scale) Posterior(IReadOnlyList<long> cases, IReadOnlyList<double> radiated, int first, int last)
    {
        var (sum, light) = (0L, 0.0);
        for (var t = first; t <= last; t++)
            (sum, light) = (sum + cases[t], light + radiated[t]);
        return (PriorShape + sum, 1 / ((1 / PriorScale) + light));
    }

    /// <summary>An estimate for each day on which a window ends.</summary>
    /// <param name="days">Days in a row with their cases, from the first case on; whether results of the day are awaited.</param>
    /// <param name="interval">What is assumed of the serial interval.</param>
    public static IReadOnlyList<ReproductionDay> Of(IReadOnlyList<(DateOnly Day, long Cases, bool Complete)> days, SerialInterval interval)
    {
        var cases = days.Select(d => d.Cases).ToList();
        var radiated = Radiated(cases, Weights(interval.Mean, interval.Deviation, cases.Count));
        return [.. Enumerable.Range(Window, Math.Max(0, days.Count - Window)).Select(last =>
        {
            var first = last - Window + 1;
            var many = cases.Skip(first).Take(Window).Sum();
            var complete = Enumerable.Range(first, Window).All(t => days[t].Complete);
            if (many < Least || Enumerable.Range(first, Window).Sum(t => radiated[t]) < 1)
                return new ReproductionDay(days[last].Day, many, null, null, null, null, null, complete);
            var (shape, scale) = Posterior(cases, radiated, first, last);
            return new ReproductionDay(days[last].Day, many, shape * scale, GammaLaw.Quantile(0.5, shape, scale), Math.Sqrt(shape) * scale,
                GammaLaw.Quantile(0.025, shape, scale), GammaLaw.Quantile(0.975, shape, scale), complete);
        })];
    }
}
