using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
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
        app.MapGet("/api/chains/{disease}/columns", (HttpContext http, Store store, ChainBook book, string disease, string? area) =>
            ChainColumns.Of(http, store, book, disease, area)).Needs(Permission.SeeCases);
    }
}
