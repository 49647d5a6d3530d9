using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
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
        app.MapGet("/tubes/box/{id:guid}", (HttpContext http, Store store, Guid id) =>
            Page.Of<BoxPage, BoxModel>(BoxModel.Load(http, store, id), m => new { Model = m })).Needs(Permission.SeeTubes);
    }

    static IResult Scan(HttpContext http, Store store, string? code)
    {
        var scanned = code?.Trim() ?? "";
        if (scanned.Length == 0)
            return Page.Of<ScanPage>();
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
