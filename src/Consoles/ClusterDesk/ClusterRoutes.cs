using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.CaseDesk;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.ClusterDesk;

/// <summary>Clusters 聚集性疫情: cases with something in common; made here, and cases put into them.</summary>
static class ClusterRoutes
{
    public static void MapClusters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/clusters", (HttpContext http, Store store, string? area) => ShowAll(http, store, area)).Needs(Permission.SeeCases);
        app.MapPost("/clusters", Add).Needs(Permission.InvestigateCases);
        app.MapGet("/clusters/{id:guid}", (HttpContext http, Store store, Guid id) => ShowOne(http, store, id)).Needs(Permission.SeeCases);
        app.MapPost("/clusters/{id:guid}/cases", PutIn).Needs(Permission.InvestigateCases);
    }

    static async Task<IResult> Add(HttpContext http, AddClusterHandler handler, IFormCollection form)
    {
        var made = await handler.Handle(http.Caller(), new AddCluster(
            form.Text("name"), form.Choice(ClusterKind.Other, "kind"), form.Word("place"), form.Word("note"), form.Word("owner")));
        return made.Ok ? Page.See($"/clusters/{made.Value}") : Page.Refused(made.Refusal);
    }

    static async Task<IResult> PutIn(HttpContext http, Store store, MoveToClusterHandler handler, Guid id, IFormCollection form)
    {
        var row = store.Read(s => CaseBook.Find(s, form.Text("case")));
        var moved = await handler.Handle(http.Caller(), new MoveToCluster(row?.Id ?? Guid.Empty, form.Text("out").Length > 0 ? null : id, form.Word("reason")));
        return moved.Ok ? Page.See($"/clusters/{id}") : Page.Refused(moved.Refusal with { Field = "case" });
    }

    static IResult ShowAll(HttpContext http, Store store, string? area)
    {
        var chosen = Territory.Choose(http, Permission.SeeCases, area);
        return chosen.Ok
            ? store.Read(s => ClusterBook.Of(s, http.Caller(), chosen.Value.Code)).Match(all => Page.Of<ClusterListPage>(new { Clusters = all }), Page.Refused)
            : Page.Refused(chosen.Refusal);
    }

    static IResult ShowOne(HttpContext http, Store store, Guid id) => store.Read(s => ClusterBook.One(s, http.Caller(), id).Match(one => Page.Of<OneClusterPage>(new
    {
        one.Cluster,
        one.Cases,
        Places = Lookups.Addresses(s, one.Cases.Select(c => c.CurrentRegion).Append(one.Cluster.Place), RequestLanguage.Of(http)),
        May = http.Caller().May(Permission.InvestigateCases, one.Cluster.Owner),
    }), Page.Refused));
}
