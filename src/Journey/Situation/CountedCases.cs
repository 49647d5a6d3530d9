using System.Globalization;
using Qipan.Cases;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>Which cases of the curve are listed.</summary>
/// <param name="By">By which of its days a case stands on a day.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last.</param>
/// <param name="Class">One class; null: the positives.</param>
/// <param name="Route">One way of being found; null: all.</param>
public sealed record CountedAsked(Region Region, string Disease, CurveBasis By, DateOnly From, DateOnly To, CaseClass? Class = null, RouteKind? Route = null);

/// <summary>A case as a figure of the board or the curve counts it; no name.</summary>
public sealed class CountedCase
{
    public Guid Id { get; init; }

    public string No { get; init; } = "";

    public CaseClass Class { get; init; }

    public Discovery Discovery { get; init; }

    public string OnsetRegion { get; init; } = "";

    /// <summary>The day as the store has it: yyyy-MM-dd of an onset, else empty.</summary>
    public string OnDay { get; init; } = "";

    /// <summary>The instant of the sample or the report; the epoch for an onset.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>How many there are, as the figure says it, and a page of them, the latest first.</summary>
public sealed record CountedPage(long Count, IReadOnlyList<CountedCase> Items, string? Next);

/// <summary>The cases behind a figure: counted by the same conditions as <see cref="DayBook.Counts"/> and <see cref="DayBook.Parts"/>.</summary>
public static class CountedCases
{
    /// <summary>For readers who may see the cases of the region.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="days">Whose local days they are.</param>
    /// <param name="asked">Which.</param>
    /// <param name="rule">What is society; null: as <see cref="Curves.RouteOf"/> without a rule.</param>
    /// <param name="after">The <see cref="CountedPage.Next"/> of the page before.</param>
    /// <param name="take">How many.</param>
    public static CountedPage Of(Session session, DayBook days, CountedAsked asked, SocialRule? rule, string? after, int take)
    {
        var text = asked.By == CurveBasis.Onset;
        var at = asked.By switch { CurveBasis.Onset => "onset", CurveBasis.Report => "report_at", _ => "coalesce(first_positive_at, found_at)" };
        var found = asked.Route is null ? null : string.Join(", ", Enum.GetValues<Discovery>().Where(d => Curves.RouteOf(d, rule) == asked.Route).Select(d => (int)d).DefaultIfEmpty(-1));
        var mark = after?.Split('|') is [var day, var id] && Guid.TryParseExact(id, "N", out var last) && (text || long.TryParse(day, out _)) ? (Day: day, Id: last) : default;
        var where = $"""
            FROM case_record WHERE onset_region >= @code AND onset_region < @end AND disease = @disease AND class {(asked.Class is { } its ? $"= {(int)its}" : "IN (3, 4)")}
              AND (flags = '' OR flags NOT LIKE '%same_person%') AND {at} >= {(text ? "@first" : "@start")} AND {at} {(text ? "<= @last" : "< @until")}
              {(found is null ? "" : $"AND discovery IN ({found})")}{(asked.Region.Code.Length > 12 ? $" AND substr(onset_region, {asked.Region.Code.Length + 1}, 1) <> '-'" : "")}
            """;
        var args = new
        {
            code = asked.Region.Code,
            end = asked.Region.Beyond,
            disease = asked.Disease,
            first = asked.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            last = asked.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            start = days.StartOf(asked.From),
            until = days.StartOf(asked.To.AddDays(1)),
            day = text ? (object?)mark.Day : long.TryParse(mark.Day, out var ms) ? ms : 0L,
            id = mark.Id,
            take = take + 1,
        };
        var rows = session.Query<CountedCase>($"""
            SELECT id, no, class, discovery, onset_region, {(text ? "onset" : "''")} AS on_day, {(text ? "0" : at)} AS at {where}
            {(mark.Day is null ? "" : $"AND ({at}, id) < (@day, @id)")} ORDER BY {at} DESC, id DESC LIMIT @take
            """, args);
        var count = session.Scalar<long>("SELECT count(*) " + where, args);
        if (rows.Count <= take)
            return new CountedPage(count, rows, null);
        rows.RemoveAt(take);
        return new CountedPage(count, rows, $"{(text ? rows[^1].OnDay : rows[^1].At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))}|{rows[^1].Id:N}");
    }
}
