using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>The figures as JSON, and as CSV where a page offers them for a table.</summary>
static class Endpoints
{
    /// <summary>A curve is of at most so many days.</summary>
    const int MostDays = 400;

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/situation").WithTags("situation");
        api.MapGet("/board", (HttpContext http, BoardBook book, SituationSettings settings, string? area, string? disease) =>
            Of(http, area).Map(region => Shown(http, book.Of(region, disease), settings)).ToHttp()).Needs(Permission.SeeFigures);
        api.MapGet("/duties.csv", (HttpContext http, BoardBook book, string? area) => Of(http, area).Match(region => Csv("duties.csv",
            ["kind", "area", "should", "done", "open", "late", "soon"], book.Of(region).Duties.Select(d => new object?[]
            { DutyKinds.Of(d.Kind).Name, d.Area, d.Should, d.Done, d.Open, d.Late, d.Soon })), Answers.Problem)).Needs(Permission.SeeFigures);
        api.MapGet("/curve", (HttpContext http, Store store, DayBook days, SituationSettings settings, [AsParameters] CurveAsked asked) =>
            CurveOf(http, store, days, settings, asked).ToHttp()).Needs(Permission.SeeFigures);
        api.MapGet("/curve.csv", (HttpContext http, Store store, DayBook days, SituationSettings settings, [AsParameters] CurveAsked asked) =>
            CurveOf(http, store, days, settings, asked).Match(curve => Csv("curve.csv",
                ["day", "positives", "social", "controlled", "other", "mean_of_7", "waiting", .. Enum.GetNames<CaseClass>().Select(Snake)],
                curve.Days.Select(d => new object?[]
                {
                    Day(d.Day), d.Positives, d.ByRoute.GetValueOrDefault(RouteKind.Social), d.ByRoute.GetValueOrDefault(RouteKind.Controlled),
                    d.ByRoute.GetValueOrDefault(RouteKind.Other), d.Mean, d.Waiting,
                }.Concat(Enum.GetValues<CaseClass>().Select(c => (object?)d.ByClass.GetValueOrDefault(c))).ToArray())), Answers.Problem)).Needs(Permission.SeeFigures);
        api.MapGet("/rt", (HttpContext http, Store store, DayBook days, ReproductionBook book, SituationSettings settings, [AsParameters] CurveAsked asked) =>
            CurveOf(http, store, days, settings, asked).Map(curve => book.Of(curve, asked.Own)).ToHttp()).Needs(Permission.SeeFigures);
        api.MapGet("/rt.csv", (HttpContext http, Store store, DayBook days, ReproductionBook book, SituationSettings settings, [AsParameters] CurveAsked asked) =>
            CurveOf(http, store, days, settings, asked).Match(curve => book.Of(curve, asked.Own) is var rt ? Csv("rt.csv",
                ["day", "cases_of_7_days", "rt", "median", "deviation", "low_95", "high_95", "complete", "serial_interval_mean", "serial_interval_deviation", "serial_interval_from"],
                rt.Days.Select(d => new object?[] { Day(d.Day), d.Cases, d.Mean, d.Median, d.Deviation, d.Low, d.High, d.Complete ? 1 : 0, rt.Interval?.Mean, rt.Interval?.Deviation, rt.Interval?.From })) : null!,
                Answers.Problem)).Needs(Permission.SeeFigures);
        api.MapGet("/delays.csv", (HttpContext http, Store store, DayBook days, DelayBook book, SituationSettings settings, [AsParameters] CurveAsked asked) =>
            CurveOf(http, store, days, settings, asked).Match(curve => Csv("delays.csv", ["delay", "unit", "counted", "value", "many"],
                book.Of(http.Caller(), curve).Where(d => asked.Delay is null || d.Name == asked.Delay)
                    .SelectMany(d => d.Counts.Select(c => new object?[] { d.Name, d.Unit, d.Counted, c.Value, c.Many }))), Answers.Problem)).Needs(Permission.SeeFigures);
        api.MapGet("/map", (HttpContext http, MapBook book, string? area, WireWord<PlaceLevel>? level, string? disease, int? days) =>
            Of(http, area).Map(region => book.Of(http.Caller(), region, level?.Value, disease, Math.Clamp(days ?? 14, 1, 60))).ToHttp()).Needs(Permission.SeeFigures);
        api.MapGet("/map.csv", (HttpContext http, MapBook book, string? area, WireWord<PlaceLevel>? level, string? disease, int? days) =>
            Of(http, area).Map(region => book.Of(http.Caller(), region, level?.Value, disease, Math.Clamp(days ?? 14, 1, 60))).Match(map => Csv("map.csv",
                ["code", "name", "positives", "social", "should", "done", "late"], map.Areas.Select(a => new object?[] { a.Code, a.Name, a.Positives, a.Social, a.Should, a.Done, a.Late })),
                Answers.Problem)).Needs(Permission.SeeFigures);
    }

    /// <summary>The region that is asked for, where the caller may see figures; the caller's own when none is.</summary>
    static Outcome<Region> Of(HttpContext http, string? area)
    {
        var caller = http.Caller();
        if (string.IsNullOrWhiteSpace(area))
            return new Region(caller.Territories(Permission.SeeFigures)[0]);
        if (PlaceCode.Parse(area) is { Ok: false } wrong)
            return wrong.Refusal with { Field = "area" };
        var code = area.Trim().ToLowerInvariant();
        return caller.Must(Permission.SeeFigures, code) is { Ok: false } no ? no.Refusal! : new Region(code);
    }

    static Board Shown(HttpContext http, Board board, SituationSettings settings) => board.For(http.Caller(), settings);

    static Outcome<Curve> CurveOf(HttpContext http, Store store, DayBook days, SituationSettings settings, CurveAsked asked) => Of(http, asked.Area).Map(region =>
        Curve.Read(store, days, settings, http.Caller(), region, asked.Disease, asked.By?.Value ?? CurveBasis.Found, asked.From, asked.To, MostDays));

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    static IResult Csv(string name, IReadOnlyList<string> columns, IEnumerable<object?[]> rows)
    {
        var text = new StringBuilder("\ufeff").AppendJoin(',', columns).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture))).Append("\r\n");
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", name);
    }
}

/// <summary>Which curve is asked for; what is left out is chosen as on the page.</summary>
sealed class CurveAsked
{
    public string? Area { get; init; }

    public string? Disease { get; init; }

    public WireWord<CurveBasis>? By { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>Of the serial interval, in days, with <see cref="Deviation"/>.</summary>
    public double? Mean { get; init; }

    public double? Deviation { get; init; }

    /// <summary>One of the delays alone, by its name.</summary>
    public string? Delay { get; init; }

    internal (double Mean, double Deviation)? Own => Mean is { } mean && Deviation is { } deviation ? (mean, deviation) : null;
}
