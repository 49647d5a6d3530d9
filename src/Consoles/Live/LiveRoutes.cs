using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel.Codes;

namespace Qipan.Consoles.Live;

/// <summary>Where pages hear that something has changed.</summary>
static class LiveRoutes
{
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/live", Listen).NeedsSignIn();

    /// <summary>
    /// A stream of events: <c>changed</c> when something of the territory was written, <c>alive</c> now and then. The territory is all of the caller's own, or the
    /// part of it that is asked for; a part of somebody else's is refused.
    /// </summary>
    static async Task<IResult> Listen(HttpContext http, LiveDoor door, string? area)
    {
        var own = http.Caller().Grants.Select(g => g.Territory).Distinct().ToList();
        if (!string.IsNullOrEmpty(area))
        {
            if (PlaceCode.Parse(area) is { Ok: false } wrong)
                return Answers.Problem(wrong.Refusal);
            if (!own.Exists(t => area.StartsWith(t, StringComparison.Ordinal)))
                return Answers.Problem(new NotAllowedHere());
            own = [area];
        }
        await door.Hold(http, own);
        return Results.Empty;
    }
}
