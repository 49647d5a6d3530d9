using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.TubeDesk;

/// <summary>A code is scanned, and the tube's or the box's whole life is shown.</summary>
static class TubeRoutes
{
    public static void MapTubeDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/tubes", Scan).Needs(Permission.SeeTubes);
        app.MapGet("/tubes/tube/{id:guid}", (HttpContext http, Store store, Guid id) =>
            Page.Of<TubePage, TubeModel>(TubeModel.Load(http, store, id), m => new { Model = m })).Needs(Permission.SeeTubes);
        app.MapPost("/tubes/tube/{id:guid}/reject", Reject).Needs(Permission.WorkInLaboratory);
        app.MapGet("/tubes/box/{id:guid}", (HttpContext http, Store store, Guid id) =>
            Page.Of<BoxPage, BoxModel>(BoxModel.Load(http, store, id), m => new { Model = m })).Needs(Permission.SeeTubes);
    }

    static async Task<IResult> Reject(
        HttpContext http, RejectTubeHandler use, Guid id, [FromForm] Guid lab, [FromForm] string? reason, [FromForm] string? note)
    {
        var rejected = await use.Handle(http.Caller(), new RejectTube(lab, id, Enum.TryParse<RejectReason>(reason, out var known) ? known : RejectReason.None, note));
        return rejected.Ok
            ? Page.See($"/tubes/tube/{id:N}")
            : Page.Refused(rejected.Refusal);
    }

    static IResult Scan(HttpContext http, Store store, string? code, string? area, string? state, string? after)
    {
        var scanned = code?.Trim() ?? "";
        if (scanned.Length == 0)
            return Page.Of<ScanPage, FlowModel>(FlowModel.Load(http, store, area, state, after), m => new { Flow = m });
        var caller = http.Caller();
        var (tubes, boxes) = store.Read(session => (Tubes.ByCodes(session, null, [scanned]), Boxes.ByCodes(session, null, [scanned])));
        tubes.RemoveAll(t => !Territory.Touches(caller, Permission.SeeTubes, t.Owner).Ok);
        boxes.RemoveAll(b => !Territory.Touches(caller, Permission.SeeTubes, b.Owner).Ok);
        return (tubes, boxes) switch
        {
            ([var tube], []) => Page.See($"/tubes/tube/{tube.Id.Value:N}"),
            ([], [var box]) => Page.See($"/tubes/box/{box.Id.Value:N}"),
            _ => Page.Of<ScanPage>(new { Code = scanned, Tubes = tubes, Boxes = boxes }),
        };
    }
}
