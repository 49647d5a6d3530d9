using Qipan.Duties;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>How long something took, or has waited, as a distribution 时效.</summary>
/// <param name="Name">seal_to_result and waiting in hours, counted in persons; onset_to_report and sample_to_isolation in days, counted in cases.</param>
/// <param name="Counts">Whole hours or days and how many, in their order; those that nobody has are left out.</param>
public sealed record DelayCurve(string Name, IReadOnlyList<(int Value, int Many)> Counts)
{
    public long Of => Counts.Sum(c => (long)c.Many);

    /// <summary>hours or days.</summary>
    public string Unit => Name is "seal_to_result" or "waiting" ? "hours" : "days";

    /// <summary>persons or cases.</summary>
    public string Counted => Name is "seal_to_result" or "waiting" ? "persons" : "cases";

    public double? Median => Quantile(0.5);

    public double? P90 => Quantile(0.9);

    /// <summary>The first value that so large a share does not exceed; null of nothing. Pure.</summary>
    public int? Quantile(double share)
    {
        var (wanted, sum) = (share * Of, 0L);
        foreach (var (value, many) in Counts)
            if ((sum += many) >= wanted)
                return value;
        return null;
    }
}

/// <summary>Delays and ageing of a region, from indexes alone.</summary>
public sealed class DelayBook(Store store, DayBook days)
{
    const long Hour = 3_600_000;

    /// <summary>All that a reader of the curve may see, on the page and in its CSV: the delays of cases for those alone who may see cases there (P-10).</summary>
    public IReadOnlyList<DelayCurve> Of(Caller caller, Curve curve) =>
    [
        .. OfSamples(curve.Region),
        .. curve.Disease is { } disease && curve.Days.Count > 0 && Board.MaySee(caller, curve.Region) ? OfCases(curve.Region, disease, curve.Days[0].Day) : [],
    ];

    /// <summary>Of the rounds under way: from the seal to the result, and how long what is sealed has waited.</summary>
    public IReadOnlyList<DelayCurve> OfSamples(Region region) => store.Read(session =>
    {
        var rounds = RoundFlows.UnderWay(session, region);
        if (rounds.Count == 0)
            return [];
        var args = new
        {
            owners = session.Keys(DutyDays.Owners(session, region.Code)),
            rounds = session.Keys(rounds.Select(r => r.Id.Value)),
            now = store.Clock.GetUtcNow(),
        };
        return (IReadOnlyList<DelayCurve>)
        [
            new("seal_to_result", Read(session, $"""
                SELECT (updated_at - sealed_at) / {Hour} AS value, sum(count) AS many FROM tube
                WHERE owner {session.In("owners")} AND round {session.InIds("rounds")} AND state >= 9 AND state = 9 AND sealed_at IS NOT NULL GROUP BY 1 ORDER BY 1
                """, args)),
            new("waiting", Read(session, $"""
                SELECT (@now - sealed_at) / {Hour} AS value, sum(count) AS many FROM tube
                WHERE owner {session.In("owners")} AND round {session.InIds("rounds")} AND state < 9 AND state >= 3 AND sealed_at IS NOT NULL GROUP BY 1 ORDER BY 1
                """, args)),
        ];
    });

    /// <summary>
    /// Of the cases found since a day: from the onset to the report, and from the first positive sample to the isolation. For readers who may see them:
    /// delays of few cases say something of each.
    /// </summary>
    public IReadOnlyList<DelayCurve> OfCases(Region region, string disease, DateOnly from) => store.Read(session =>
    {
        var rows = session.Query<CaseRow>("""
            SELECT onset, report_at, first_positive_at, isolated_at FROM case_record
            WHERE onset_region >= @code AND onset_region < @end AND found_at >= @start AND disease = @disease AND class <> 5 AND (flags = '' OR flags NOT LIKE '%same_person%')
            """, new { code = region.Code, end = region.Beyond, start = days.StartOf(from), disease });
        return (IReadOnlyList<DelayCurve>)
        [
            Of("onset_to_report", rows.Where(r => r is { Onset: not null, ReportAt: not null })
                .Select(r => days.Today(r.ReportAt!.Value).DayNumber - DateOnly.ParseExact(r.Onset!, "yyyy-MM-dd", null).DayNumber)),
            Of("sample_to_isolation", rows.Where(r => r is { FirstPositiveAt: not null, IsolatedAt: not null }).Select(r => (int)Math.Floor((r.IsolatedAt!.Value - r.FirstPositiveAt!.Value).TotalDays))),
        ];
    });

    static DelayCurve Of(string name, IEnumerable<int> values) => new(name, [.. values.GroupBy(v => v).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))]);

    static List<(int Value, int Many)> Read(Session session, string sql, object args) =>
        session.Query<Counted>(sql, args).ConvertAll(c => ((int)Math.Max(0, c.Value), (int)c.Many));

    sealed class Counted
    {
        public long Value { get; init; }

        public long Many { get; init; }
    }

    sealed class CaseRow
    {
        public string? Onset { get; init; }

        public DateTimeOffset? ReportAt { get; init; }

        public DateTimeOffset? FirstPositiveAt { get; init; }

        public DateTimeOffset? IsolatedAt { get; init; }
    }
}
