using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Sampling;
using Qipan.Situation;
using Qipan.Storage;

namespace Qipan.Consoles.BoardDesk;

/// <summary>The cases that a figure counts, as their page shows them.</summary>
public sealed record CountedModel(Territory Territory, IReadOnlyList<(string Code, string Name)> Way, CountedAsked Asked, CountedPage Page, IReadOnlyDictionary<string, string> Places);

/// <summary>The tubes of a round in one stage, the oldest first.</summary>
public sealed record StageModel(
    Territory Territory, IReadOnlyList<(string Code, string Name)> Way, Round Round, FlowStage Stage, long Persons, long TubesInAll, IReadOnlyList<Tube> Tubes, string? Next);

/// <summary>The lists behind the board's figures that no desk has of its own.</summary>
static class BoardLists
{
    const int Take = 50;

    public static void MapBoardLists(this IEndpointRouteBuilder app)
    {
        app.MapGet("/board/cases", Cases).Needs(Permission.SeeCases);
        app.MapGet("/board/tubes", Tubes).Needs(Permission.SeeTubes);
        app.MapGet("/board/alerts", Alerts).Needs(Permission.SeeFigures);
    }

    static IResult Cases(
        HttpContext http, Store store, DayBook days, string? area, string? disease, WireWord<CurveBasis>? by, string? from, string? to, WireWord<CaseClass>? @class, WireWord<RouteKind>? route, string? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        var region = new Region(chosen.Value.Code);
        return store.Read(s =>
        {
            var last = Day(to) ?? days.Today(store.Clock.GetUtcNow());
            var asked = new CountedAsked(region, disease ?? DayBook.Diseases(s, region).FirstOrDefault() ?? "", by?.Value ?? CurveBasis.Found, Day(from) ?? last, last, @class?.Value, route?.Value);
            var page = CountedCases.Of(s, days, asked, days.Social(region, asked.Disease, last), after, Take);
            return Page.Of<CountedCasesPage>(new
            {
                Model = new CountedModel(chosen.Value, BoardModel.WayTo(s, chosen.Value, RequestLanguage.Of(http)), asked, page,
                    Lookups.Addresses(s, page.Items.Select(c => c.OnsetRegion), RequestLanguage.Of(http))),
            });
        });
    }

    static IResult Tubes(HttpContext http, Store store, string? area, Guid? round, WireWord<FlowStage>? stage, string? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeTubes, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        return store.Read(s =>
        {
            var region = new Region(chosen.Value.Code);
            if (RoundFlows.UnderWay(s, region).Find(r => round is null || r.Id.Value == round) is not { } known)
                return Page.Refused(new RoundUnknown());
            var at = stage?.Value ?? FlowStage.Transport;
            var page = StageTubes.Of(s, region, known.Id, at, after, Take);
            return Page.Of<StageTubesPage>(new
            {
                Model = new StageModel(chosen.Value, BoardModel.WayTo(s, chosen.Value, RequestLanguage.Of(http)), known, at, page.Persons, page.Tubes, page.Items, page.Next),
            });
        });
    }

    /// <summary>What the board's own card says of the first few, of all.</summary>
    static IResult Alerts(HttpContext http, Store store, BoardBook book, SituationSettings settings, string? area) =>
        Page.Of<AlertClocksPage, BoardModel>(BoardModel.Load(http, store, book, settings, new BoardAsked { Area = area }, names: int.MaxValue), m => new { Model = m });

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
