using System.Globalization;
using Qipan.Situation;
using Xunit;

namespace Qipan.Unit.Situation;

/// <summary>
/// The reproduction number beside what EpiEstim itself says: numbers that it prints in its own tests (mrc-ide/EpiEstim, tests/testthat/_snaps/estimate_R.md, examples 1
/// and 3), and, where the real data is there, its whole output for three outbreaks.
/// </summary>
public sealed class ReproductionTests
{
    /// <summary>A school in Pennsylvania, 27 April to 28 May 2009 (Cauchemez et al., PNAS 108, 2011).</summary>
    static readonly long[] Flu2009 = [1, 1, 0, 2, 5, 3, 3, 3, 6, 2, 5, 9, 13, 12, 13, 11, 12, 6, 6, 6, 3, 1, 0, 2, 0, 0, 0, 0, 2, 0, 2, 0];

    [Theory]
    [InlineData(8, 1.7357977, 0.40913143, 1.02874370, 1.7037612, 2.624781)]
    [InlineData(9, 1.7491678, 0.36472669, 1.10882231, 1.7238839, 2.533119)]
    [InlineData(13, 1.6353733, 0.25234358, 1.17863324, 1.6224126, 2.165745)]
    public void The_estimates_of_the_school_are_those_that_EpiEstim_prints(int end, double mean, double deviation, double low, double median, double high)
    {
        var first = new DateOnly(2009, 4, 27);
        var days = Flu2009.Select((n, i) => (first.AddDays(i), n, true)).ToList();
        var day = Reproduction.Of(days, new SerialInterval(2.6, 1.5, "asked")).Single(d => d.Day == first.AddDays(end - 1));
        foreach (var (made, printed) in new[] { (day.Mean, mean), (day.Deviation, deviation), (day.Low, low), (day.Median, median), (day.High, high) })
            Assert.Equal(printed, made!.Value, 5e-7);
    }

    [Fact]
    public void The_weights_are_those_that_discr_si_prints()
    {
        double[] printed = [0, 2.331721e-01, 3.585794e-01, 1.981108e-01, 1.033427e-01, 5.290518e-02, 2.682146e-02, 1.351620e-02, 6.783438e-03, 3.394351e-03, 1.694674e-03];
        var made = Reproduction.Weights(2.6, 1.5, 200);
        for (var k = 0; k < printed.Length; k++)
            Assert.Equal(printed[k], made[k], 5e-8);
        Assert.Equal(1, made.Sum(), 1e-9);
        Assert.Equal(14.9, Reproduction.Weights(14.9, 3.9, 200).Select((w, k) => w * k).Sum(), 1e-6);
    }

    [Fact]
    public void Too_few_cases_or_none_before_them_give_no_estimate_and_days_that_wait_are_marked()
    {
        var first = new DateOnly(2022, 3, 1);
        var interval = new SerialInterval(3.5, 2.4, "protocol");
        var few = Reproduction.Of([.. Enumerable.Range(0, 20).Select(i => (first.AddDays(i), 1L, i < 18))], interval);
        Assert.All(few, d => Assert.True(d is { Cases: 7, Mean: null, Low: null }));
        Assert.Equal([first.AddDays(18), first.AddDays(19)], few.Where(d => !d.Complete).Select(d => d.Day));
        Assert.Empty(Reproduction.Of([.. Enumerable.Range(0, 7).Select(i => (first.AddDays(i), 9L, true))], interval));
        // As many cases each day as the day before: each passes it on to one.
        var steady = Reproduction.Of([.. Enumerable.Range(0, 60).Select(i => (first.AddDays(i), 100L, true))], interval)[^1];
        Assert.Equal(1, steady.Mean!.Value, 0.003);
        Assert.True(steady.Low < 1 && steady.High > 1);
    }

    [Theory]
    [InlineData("Flu2009", "parametric_weekly", 2.6, 1.5)]
    [InlineData("Measles1861", "parametric_weekly", 14.9, 3.9)]
    [InlineData("SARS2003", "parametric_weekly", 8.4, 3.8)]
    public void The_whole_output_of_EpiEstim_is_met_to_nine_digits(string outbreak, string kind, double mean, double deviation)
    {
        var cases = Rows($"{outbreak}_incidence.csv").ConvertAll(r => long.Parse(r[^1], CultureInfo.InvariantCulture));
        var radiated = Reproduction.Radiated(cases, Reproduction.Weights(mean, deviation, cases.Count));
        // Not available are windows onto which no case radiates anything.
        var rows = Rows($"{outbreak}_R_{kind}.csv").FindAll(r => !r.Contains("NA"));
        Assert.True(rows.Count > 20);
        foreach (var row in rows)
        {
            var said = row.Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToList();
            var (shape, scale) = Reproduction.Posterior(cases, radiated, (int)said[0] - 1, (int)said[1] - 1);
            double[] made = [shape * scale, Math.Sqrt(shape) * scale, .. new[] { 0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975 }.Select(p => GammaLaw.Quantile(p, shape, scale))];
            for (var i = 0; i < made.Length; i++)
                Assert.True(Math.Abs(made[i] - said[i + 2]) <= 1e-9 * said[i + 2], $"{outbreak}, days {said[0]} to {said[1]}, column {i + 2}: {made[i]:R} for {said[i + 2]:R}");
        }
    }

    static List<string[]> Rows(string file)
    {
        const string Missing = "The real data is absent: ../shared/data or QIPAN_REAL_DATA.";
        var folder = Folder();
        if (folder is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(Missing);
        if (folder is null)
            Assert.Skip(Missing);
        return [.. File.ReadLines(Path.Combine(folder!, "epiestim", file)).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(','))];
    }

    static string? Folder()
    {
        if (Environment.GetEnvironmentVariable("QIPAN_REAL_DATA") is { Length: > 0 } named)
            return named;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data") is var here && Directory.Exists(here))
                return here;
        return null;
    }
}
