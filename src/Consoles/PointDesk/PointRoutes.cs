using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.PointDesk;

/// <summary>Sampling points as they work now.</summary>
static class PointRoutes
{
    public static void MapPointDesk(this IEndpointRouteBuilder app) => app.MapGet("/points", (HttpContext http, Store store, string? area) =>
        Page.Of<PointListPage, PointModel>(PointModel.Load(http, store, area), m => new { Model = m })).Needs(Permission.SeeFigures);
}
