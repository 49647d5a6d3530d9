using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.AdminDesk;

/// <summary>Organisation units.</summary>
static class UnitRoutes
{
    public static void MapUnits(this IEndpointRouteBuilder app)
    {
        app.MapGet("/admin/units", (HttpContext http, Store store, Guid? after) => Page.Of<UnitsPage>(new { Units = UnitLine.Load(store, http.Caller(), after) }))
            .Needs(Permission.Administer);
        app.MapPost("/admin/units", Add).Needs(Permission.Administer);
    }

    static async Task<IResult> Add(
        HttpContext http, AddUnitHandler use, [FromForm] string? kind, [FromForm] string? name, [FromForm] string? territory, [FromForm] string? parent)
    {
        var made = await use.Handle(new AddUnit(
            Enum.TryParse<UnitKind>(kind, out var known) ? known : default, name ?? "", territory?.Trim() ?? "", Guid.TryParse(parent, out var above) ? above : null), http.Caller());
        return made.Ok ? Page.See("/admin/units") : Page.Refused(made.Refusal);
    }
}
