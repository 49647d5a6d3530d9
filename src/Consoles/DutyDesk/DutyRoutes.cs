using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Consoles.DutyDesk;

/// <summary>The duty list, and ending a duty by hand.</summary>
static class DutyRoutes
{
    public static void MapDutyDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/duties", (HttpContext http, Store store, [AsParameters] DutyListAsked asked) =>
            Page.Of<DutyListPage, DutyListModel>(DutyListModel.Load(http, store, asked), model => new { Model = model })).Needs(Permission.SeeDuties);
        app.MapPost("/duties", Waive).Needs(Permission.EndDuties);
    }

    /// <summary>The form stands on the list itself, so the list's address is where it is sent.</summary>
    static async Task<IResult> Waive(HttpContext http, WaiveDutyHandler use, [FromForm] string? duty, [FromForm] string? reason)
    {
        var parts = (duty ?? "").Split(':', 2);
        var outcome = await use.Handle(http.Caller(), new WaiveDuty(parts[0], parts.ElementAtOrDefault(1) ?? "", reason ?? ""));
        return outcome.Ok ? Page.See(new Reader(http).With(("waive", null))) : Page.Refused(outcome.Refusal with { Field = "reason" });
    }
}
