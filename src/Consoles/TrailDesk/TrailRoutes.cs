using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Consoles.TrailDesk;

/// <summary>The trail of one thing. It names persons by id only, so it is open to everyone who may follow trails.</summary>
static class TrailRoutes
{
    public static void MapTrailDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/trail", (IEnumerable<ITrailSource> sources, string? kind, string? id) => string.IsNullOrWhiteSpace(kind) || string.IsNullOrWhiteSpace(id)
            ? Page.Of<TrailSearchPage>(new { Kinds = sources.SelectMany(s => s.Kinds).Distinct().Order(StringComparer.Ordinal).ToList() })
            : Page.See($"/trail/{Uri.EscapeDataString(kind.Trim())}/{Uri.EscapeDataString(Normal(id.Trim()))}")).Needs(Permission.SeeTrail);
        app.MapGet("/trail/{kind}/{id}", (Store store, IEnumerable<ITrailSource> sources, string kind, string id) =>
            Page.Of<TrailPage>(new { Model = TrailModel.Load(store, sources, new Ref(kind, Normal(id))) })).Needs(Permission.SeeTrail);
    }

    /// <summary>Ids are kept as 32 digits; one that was copied with dashes is the same id.</summary>
    static string Normal(string id) => Guid.TryParse(id, out var guid) ? guid.ToString("N") : id;
}
