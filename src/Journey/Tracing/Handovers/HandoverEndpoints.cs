using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>The endpoints of hand-overs between counties.</summary>
static class HandoverEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/handovers", (HttpContext http, Store store, string? territory = null, bool incoming = true, bool waiting = true, string? after = null, int take = 100) =>
            TypedResults.Json(store.Read(s => HandoverLists.Of(s, http.Caller(), territory ?? http.Caller().Territories(Permission.DecideContacts)[0], incoming, waiting, after, take))))
            .Needs(Permission.DecideContacts);
        api.MapPost("/handovers", async (HttpContext http, RequestHandover body, RequestHandoverHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/handovers/accept", async (HttpContext http, AcceptHandover body, AcceptHandoverHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/handovers/refuse", async (HttpContext http, RefuseHandover body, RefuseHandoverHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/handovers/cancel", async (HttpContext http, CancelHandover body, RefuseHandoverHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
    }
}
