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
        app.MapBoardLists();
    }

    static IResult Curves(HttpContext http, Store store, DayBook days, DelayBook delays, ReproductionBook reproduction, SituationSettings settings,
        string? area, string? disease, WireWord<CurveBasis>? by, string? from, string? to, string? mean, string? deviation)
    {
        var chosen = Territory.Choose(http, Permission.SeeFigures, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        var curve = Curve.Read(store, days, settings, http.Caller(), new Region(chosen.Value.Code), disease, by?.Value ?? CurveBasis.Found, Day(from), Day(to), most: 400);
        var asked = Number(mean) is { } of && Number(deviation) is { } around ? (of, around) : ((double, double)?)null;
        return Page.Of<CurvePage>(new { Model = curve, Delays = delays.Of(http.Caller(), curve), Reproduction = reproduction.Of(curve, asked), Territory = chosen.Value, Way = store.Read(s => BoardModel.WayTo(s, chosen.Value, RequestLanguage.Of(http))) });
    }

    /// <summary>A field of a form that was left empty is no day.</summary>
    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
