using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.BoardDesk;

/// <summary>The board 一盘棋.</summary>
static class BoardRoutes
{
    public static void MapBoardDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/board", (HttpContext http, Store store, BoardBook book, SituationSettings settings, [AsParameters] BoardAsked asked) =>
            Page.Of<BoardPage, BoardModel>(BoardModel.Load(http, store, book, settings, asked), m => new { Model = m })).Needs(Permission.SeeFigures);
        app.MapGet("/board/curve", Curves).Needs(Permission.SeeFigures);
    }

    static IResult Curves(HttpContext http, Store store, DayBook days, DelayBook delays, SituationSettings settings, string? area, string? disease, WireWord<CurveBasis>? by, string? from, string? to)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        var curve = Curve.Read(store, days, settings, http.Caller(), new Region(chosen.Value.Code), disease, by?.Value ?? CurveBasis.Found, Day(from), Day(to), most: 400);
        return Page.Of<CurvePage>(new { Model = curve, Delays = Delays(http, delays, curve), Territory = chosen.Value, Way = store.Read(s => BoardModel.WayTo(s, chosen.Value, RequestLanguage.Of(http))) });
    }

    static List<DelayCurve> Delays(HttpContext http, DelayBook delays, Curve curve) =>
    [
        .. delays.OfSamples(curve.Region),
        .. curve.Disease is { } disease && curve.Days.Count > 0 && Board.MaySee(http.Caller(), curve.Region) ? delays.OfCases(curve.Region, disease, curve.Days[0].Day) : [],
    ];

    /// <summary>A field of a form that was left empty is no day.</summary>
    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
