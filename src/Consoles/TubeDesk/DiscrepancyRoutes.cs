using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.TubeDesk;

/// <summary>What does not agree in a county and nobody has settled.</summary>
public sealed record DiscrepancyModel(string Owner, IReadOnlyList<Discrepancy> Items, string? Next);

/// <summary>The list of discrepancies, and how each is closed: with a word, a note and a name.</summary>
static class DiscrepancyRoutes
{
    const int Take = 50;

    public static void MapDiscrepancies(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tubes/discrepancies", (HttpContext http, Store store, string? owner, Guid? after) =>
            Page.Of<DiscrepancyPage, DiscrepancyModel>(Load(http, store, owner, after), m => new { Model = m })).Needs(Permission.SeeTubes);
        app.MapPost("/tubes/discrepancies/{id:guid}/settle", Settle).Needs(Permission.SeeTubes);
    }

    static Outcome<DiscrepancyModel> Load(HttpContext http, Store store, string? owner, Guid? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeTubes, owner);
        if (!chosen.Ok)
            return chosen.Refusal;
        var county = chosen.Value.Code.Length >= 6 ? chosen.Value.Code[..6] : "";
        var items = county.Length == 0 ? [] : store.Read(s => Discrepancies.OpenPage(s, county, null, after, Take));
        return new DiscrepancyModel(county, items, items.Count == Take ? items[^1].Id.Value.ToString() : null);
    }

    static async Task<IResult> Settle(
        HttpContext http, ResolveDiscrepancyHandler use, Guid id, [FromForm] string? owner, [FromForm] string? resolution, [FromForm] string? note)
    {
        var done = await use.Handle(http.Caller(), new ResolveDiscrepancy(owner ?? "", new DiscrepancyId(id), resolution, note));
        return done.Ok
            ? Page.See($"/tubes/discrepancies?owner={Uri.EscapeDataString(owner ?? "")}")
            : Page.Refused(done.Refusal);
    }
}
