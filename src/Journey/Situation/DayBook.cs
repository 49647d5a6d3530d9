using Qipan.Cases;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>The cases of a region, counted from one index.</summary>
public sealed class DayBook(LocalDays days, ProtocolBook protocols)
{
    /// <summary>
    /// By day, class and discovery, a week before the first day too, for the mean. A case of any county counts where its onset lies; one that was ruled
    /// out, or whose person has the same disease already (INV-21), does not. Days are local ones by the zone's offset of today.
    /// </summary>
    public List<DayCount> Counts(Session session, Region region, string disease, CurveBasis of, DateOnly from, DateOnly to)
    {
        var day = of switch
        {
            CurveBasis.Onset => "onset",
            CurveBasis.Report => "(report_at + @offset) / 86400000",
            _ => "(coalesce(first_positive_at, found_at) + @offset) / 86400000",
        };
        var text = of == CurveBasis.Onset;
        var within = of switch
        {
            CurveBasis.Onset => "onset >= @first AND onset <= @last",
            CurveBasis.Report => "report_at >= @start AND report_at < @until",
            _ => "coalesce(first_positive_at, found_at) >= @start AND coalesce(first_positive_at, found_at) < @until",
        };
        var since = from.AddDays(-6);
        var rows = session.Query<Row>($"""
            SELECT {(text ? "0" : day)} AS day, {(text ? day : "''")} AS on_day, class, discovery, count(*) AS cases FROM case_record
            WHERE onset_region >= @code AND onset_region < @end AND disease = @disease AND class <> 5 AND (flags = '' OR flags NOT LIKE '%same_person%')
              AND {within}
            GROUP BY {day}, class, discovery
            """, new
        {
            code = region.Code,
            end = region.Beyond,
            disease,
            offset = (long)days.Zone.GetUtcOffset(days.StartOf(to)).TotalMilliseconds,
            first = since,
            last = to,
            start = days.StartOf(since),
            until = days.EndOf(to),
        });
        return rows.ConvertAll(r => new DayCount(text ? DateOnly.ParseExact(r.OnDay, "yyyy-MM-dd", null) : DateOnly.FromDayNumber((int)r.Day + Epoch), r.Class, r.Discovery, r.Cases));
    }

    /// <summary>Persons in tubes of these rounds that wait for a result, by the local day on which their tube was sealed.</summary>
    public Dictionary<DateOnly, long> Waiting(Session session, Region region, IReadOnlyList<Guid> rounds, DateTimeOffset now) => rounds.Count == 0 ? [] :
        session.Query<Row>($"""
            SELECT (sealed_at + @offset) / 86400000 AS day, sum(count) AS cases FROM tube
            WHERE owner {session.In("owners")} AND round {session.InIds("rounds")} AND state < 9 AND state >= 3 AND sealed_at IS NOT NULL GROUP BY 1
            """, new
        {
            owners = session.Keys(DutyDays.Owners(session, region.Code)),
            rounds = session.Keys(rounds),
            offset = (long)days.Zone.GetUtcOffset(now).TotalMilliseconds,
        }).ToDictionary(r => DateOnly.FromDayNumber((int)r.Day + Epoch), r => r.Cases);

    /// <summary>The positives since a day by part of the region, those found in society apart; parts without any are left out.</summary>
    public List<PartCount> Parts(Session session, Region region, string disease, SocialRule? rule, DateOnly from, DateOnly to)
    {
        var parts = new Dictionary<string, PartCount>(StringComparer.Ordinal);
        foreach (var row in session.Query<Row>($"""
            SELECT substr(onset_region, 1, {Region.Digits(region.Below)}) AS on_day, discovery, count(*) AS cases FROM case_record
            WHERE onset_region >= @code AND onset_region < @end AND disease = @disease AND class IN (3, 4) AND (flags = '' OR flags NOT LIKE '%same_person%')
              AND coalesce(first_positive_at, found_at) >= @start AND coalesce(first_positive_at, found_at) < @until
            GROUP BY 1, 2
            """, new { code = region.Code, end = region.Beyond, disease, start = days.StartOf(from), until = days.EndOf(to) }))
        {
            var part = region.Part(row.OnDay);
            var had = parts.GetValueOrDefault(part) ?? new PartCount(part, 0, 0);
            parts[part] = had with
            {
                Positives = had.Positives + row.Cases,
                Social = had.Social + (Curves.RouteOf(row.Discovery, rule) == RouteKind.Social ? row.Cases : 0),
            };
        }
        return [.. parts.Values.OrderBy(p => p.Area, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The positives of some days by place, day and discovery: as finely as the region of onset is recorded, or, for readers who may see cases, where that is
    /// coarser than a community and the person lives in it, by the person's residence.
    /// </summary>
    public List<PlaceDay> ByPlace(Session session, Region region, string disease, DateOnly from, DateOnly to, bool homes) => session.Query<Row>($"""
        SELECT {(homes ? "CASE WHEN length(onset_region) < 12 AND substr(p.residence, 1, length(onset_region)) = onset_region THEN p.residence ELSE onset_region END" : "onset_region")} AS on_day, (coalesce(first_positive_at, found_at) + @offset) / 86400000 AS day, discovery, count(*) AS cases
        FROM case_record c {(homes ? "LEFT JOIN person p ON p.owner = c.person_owner AND p.id = c.person" : "")}
        WHERE onset_region >= @wide AND onset_region < @end AND disease = @disease AND class IN (3, 4) AND (flags = '' OR flags NOT LIKE '%same_person%')
          AND coalesce(first_positive_at, found_at) >= @start AND coalesce(first_positive_at, found_at) < @until
        GROUP BY 1, 2, 3
        """, new
    {
        // A case of a community may be recorded for its county alone.
        wide = homes && region.Code.Length > 6 ? region.Code[..6] : region.Code,
        end = region.Beyond,
        disease,
        offset = (long)days.Zone.GetUtcOffset(days.StartOf(to)).TotalMilliseconds,
        start = days.StartOf(from),
        until = days.EndOf(to),
    }).ConvertAll(r => new PlaceDay(r.OnDay, DateOnly.FromDayNumber((int)r.Day + Epoch), r.Discovery, r.Cases));

    /// <summary>The diseases that have cases in the region, the one with the most first.</summary>
    public static List<string> Diseases(Session session, Region region) => session.Query<string>("""
        SELECT disease FROM case_record WHERE onset_region >= @code AND onset_region < @end GROUP BY disease ORDER BY count(*) DESC, disease
        """, new { code = region.Code, end = region.Beyond });

    /// <summary>What is society for the disease in the region on the day; null where no protocol says.</summary>
    public SocialRule? Social(Region region, string disease, DateOnly on) =>
        protocols.Resolve(disease, region.Code, on) is { Ok: true } ruling && ruling.Value.Social is { Ok: true } rule ? rule.Value.Rule : null;

    public DateOnly Today(DateTimeOffset now) => days.DateOf(now);

    public DateTimeOffset StartOf(DateOnly day) => days.StartOf(day);

    public (DateTimeOffset From, DateTimeOffset Until) DayAround(DateTimeOffset now) => (days.StartOf(Today(now)), days.EndOf(Today(now)));

    static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    sealed class Row
    {
        public long Day { get; init; }

        public string OnDay { get; init; } = "";

        public CaseClass Class { get; init; }

        public Discovery Discovery { get; init; }

        public long Cases { get; init; }
    }
}

/// <summary>The positives of one place, day and discovery.</summary>
public sealed record PlaceDay(string Place, DateOnly Day, Discovery Discovery, long Cases);

/// <summary>The positives of one part of a region; null is a small number that the reader may not see (P-10).</summary>
public sealed record PartCount(string Area, long? Positives, long? Social);
