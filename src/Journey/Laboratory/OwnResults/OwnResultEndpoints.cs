using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;

namespace Qipan.Laboratory;

/// <summary>Where the public asks 公众自查: signed in by nothing, limited before anything else is done.</summary>
static class OwnResultEndpoints
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/api/own-results", async (FindOwnResults body, FindOwnResultsHandler handler) => (await handler.Handle(body)).ToHttp())
            .OpenToAll("somebody's own results, for the name and the document under which they were sampled")
            .RequireRateLimiting(PublicRate.Policy);
}
