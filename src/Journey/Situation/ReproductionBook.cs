using System.Globalization;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>The reproduction number of a curve's days.</summary>
/// <param name="Interval">What was assumed; null where nobody says it: then there is no estimate.</param>
/// <param name="Days">The days of the curve on which a week of cases ends.</param>
public sealed record ReproductionCurve(SerialInterval? Interval, IReadOnlyList<ReproductionDay> Days)
{
    /// <summary>The latest day with an estimate of whole days alone; null where there is none.</summary>
    public ReproductionDay? Latest => Days.LastOrDefault(d => d is { Mean: not null, Complete: true });
}

/// <summary>Reads what an estimate of the reproduction number needs. Safe for all threads.</summary>
public sealed class ReproductionBook(Store store, DayBook days, ProtocolBook protocols)
{
    /// <summary>With fewer links the interval is not measured: it would say more of these few than of the disease.</summary>
    public const int LeastPairs = 30;

    /// <summary>Cases so long before the curve still pass it on.</summary>
    const int Before = 60;

    /// <summary>
    /// The estimates of the days that the curve shows, by its basis; none where it shows none, so that a reader learns nothing from them that the curve keeps
    /// (P-10). The serial interval is the one asked for, else measured on the links of the region's counties, else the protocol's.
    /// </summary>
    /// <param name="curve">As the reader may see it.</param>
    /// <param name="asked">The reader's own interval: mean above 1 and deviation above 0.1 days; else it is not taken.</param>
    public ReproductionCurve Of(Curve curve, (double Mean, double Deviation)? asked = null) => curve.Disease is not { } disease || curve.Days.Count == 0
        ? new ReproductionCurve(null, [])
        : store.Read(session =>
        {
            var (first, last) = (curve.Days[0].Day, curve.Days[^1].Day);
            var interval = asked is { Mean: > 1 and <= 100, Deviation: >= 0.1 and <= 100 } own ? new SerialInterval(own.Mean, own.Deviation, "asked")
                : Measured(session, curve.Region, disease) ?? Ruled(curve.Region, disease, last);
            if (interval is null)
                return new ReproductionCurve(null, []);
            var counts = days.Counts(session, curve.Region, disease, curve.By, first.AddDays(-Before), last).Where(c => Curves.IsPositive(c.Class))
                .GroupBy(c => c.Day).ToDictionary(g => g.Key, g => g.Sum(c => c.Cases));
            if (counts.Count == 0)
                return new ReproductionCurve(interval, []);
            var open = curve.Days.Where(d => d.Waiting > 0).Select(d => d.Day).ToHashSet();
            var over = days.Today(curve.AsOf).AddDays(curve.By == CurveBasis.Onset ? -Late(session, curve.Region, disease, first) : 0);
            var row = new List<(DateOnly, long, bool)>();
            for (var day = counts.Keys.Min(); day <= last; day = day.AddDays(1))
                row.Add((day, counts.GetValueOrDefault(day), day < over && !open.Contains(day)));
            return new ReproductionCurve(interval, [.. Reproduction.Of(row, interval).Where(d => d.Day >= first)]);
        });

    SerialInterval? Ruled(Region region, string disease, DateOnly on) =>
        protocols.Resolve(disease, region.Code, on) is { Ok: true } ruling && ruling.Value.SerialInterval is { Ok: true } rule
            ? new SerialInterval(rule.Value.Rule.MeanDays, rule.Value.Rule.DeviationDays, "protocol", Source: rule.Value.Version.ToString()) : null;

    /// <summary>Links of which both onsets are known, the second after the first: a gamma has no place for others.</summary>
    static SerialInterval? Measured(Session session, Region region, string disease)
    {
        var gaps = session.Query<Pair>("""
            SELECT f.onset AS first, t.onset AS second FROM transmission_link l
            JOIN case_record t ON t.owner = l.to_owner AND t.id = l.to_case JOIN case_record f ON f.owner = l.from_owner AND f.id = l.from_case
            WHERE l.owner >= @from AND l.owner < @beyond AND l.state = 1 AND t.disease = @disease AND f.class <> 5 AND t.class <> 5 AND f.onset IS NOT NULL AND t.onset > f.onset
            """, new { from = region.Owners.From, beyond = region.Owners.Beyond, disease }).ConvertAll(p => (double)(Day(p.Second) - Day(p.First)));
        if (gaps.Count < LeastPairs)
            return null;
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Sum(g => (g - mean) * (g - mean)) / (gaps.Count - 1));
        return mean > 1 && deviation >= 0.1 ? new SerialInterval(mean, deviation, "chains", gaps.Count) : null;
    }

    /// <summary>Days from the onset within which nine tenths of the cases were reported: younger onsets are not all known. A week where none was.</summary>
    int Late(Session session, Region region, string disease, DateOnly since)
    {
        var waits = session.Query<Wait>("""
            SELECT onset AS first, report_at AS reported FROM case_record
            WHERE onset_region >= @code AND onset_region < @end AND disease = @disease AND class <> 5 AND onset >= @since AND report_at IS NOT NULL
            """, new { code = region.Code, end = region.Beyond, disease, since = since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
            .ConvertAll(w => Math.Max(0, days.Today(w.Reported).DayNumber - Day(w.First)));
        waits.Sort();
        return waits.Count == 0 ? 7 : waits[(int)Math.Ceiling(0.9 * waits.Count) - 1];
    }

    static int Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;

    sealed class Pair
    {
        public string First { get; init; } = "";

        public string Second { get; init; } = "";
    }

    sealed class Wait
    {
        public string First { get; init; } = "";

        public DateTimeOffset Reported { get; init; }
    }
}
