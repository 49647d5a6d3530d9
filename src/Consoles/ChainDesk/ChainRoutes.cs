using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.ChainDesk;

/// <summary>Chains 传播链: who got it from whom, where a source is missing, and whom nobody has asked yet.</summary>
static class ChainRoutes
{
    public static void MapChainDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/chains", (HttpContext http, Store store, string? area) =>
            Page.Of<DiseaseListPage, DiseaseListModel>(DiseaseListModel.Load(http, store, area), m => new { Model = m })).Needs(Permission.SeeCases);
        app.MapGet("/chains/{disease}", (HttpContext http, Store store, ChainBook book, string disease, [AsParameters] ChainAsked asked) =>
            Page.Of<ChainListPage, ChainListModel>(ChainListModel.Load(http, store, book, disease, asked), m => new { Model = m })).Needs(Permission.SeeCases);
        app.MapGet("/chains/{disease}/of/{no}", (HttpContext http, Store store, ChainBook book, LocalDays days, string disease, string no, string? after) =>
            Page.Of<OneChainPage, OneChainModel>(OneChainModel.Load(http, store, book, days, disease, no, after), m => new { Model = m })).Needs(Permission.SeeCases);
        app.MapSources();
        Ends(app, "sources", true);
        Ends(app, "tails", false);
        app.MapGet("/chains/{disease}/figures", ShowFigures).Needs(Permission.SeeCases);
        app.MapGet("/api/chains/{disease}/columns", (HttpContext http, Store store, ChainBook book, string disease, string? area) =>
            ChainColumns.Of(http, store, book, disease, area)).Needs(Permission.SeeCases);
    }

    static void Ends(IEndpointRouteBuilder app, string name, bool sources) =>
        app.MapGet($"/chains/{{disease}}/{name}", (HttpContext http, Store store, string disease, string? area, string? after) =>
            Page.Of<OpenEndsPage, OpenEndsModel>(OpenEndsModel.Load(http, store, disease, sources, area, after), m => new { Model = m })).Needs(Permission.SeeCases);

    static IResult ShowFigures(HttpContext http, Store store, ChainBook book, string disease, string? area)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        return chosen.Ok
            ? Page.Of<FigurePage, ChainSet>(store.Read(s => book.Of(s, http.Caller(), chosen.Value.Code, disease)),
                set => new { Disease = disease, Territory = chosen.Value, Model = ChainFigures.Of(set), Cases = set.Cases.Count })
            : Page.Refused(chosen.Refusal);
    }
}
