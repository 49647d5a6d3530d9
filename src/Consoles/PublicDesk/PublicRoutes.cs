using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Laboratory;
using Qipan.Registers;

namespace Qipan.Consoles.PublicDesk;

/// <summary>Pages for everybody 公众自查. Their forms carry no session and so nothing that another site could misuse: they need no token.</summary>
static class PublicRoutes
{
    const string Because = "somebody's own results, for the name and the document under which they were sampled";

    public static void MapPublicDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/result", () => Page.Of<OwnResultPage>()).OpenToAll(Because).CacheOutput(PublicRate.Policy);
        app.MapPost("/result", LookUp).OpenToAll(Because).DisableAntiforgery().RequireRateLimiting(PublicRate.Policy);
    }

    static async Task<IResult> LookUp(FindOwnResultsHandler use, [FromForm] string? name, [FromForm] int? type, [FromForm] string? document)
    {
        var kind = (DocType)(type ?? (int)DocType.IdCard);
        var outcome = await use.Handle(new FindOwnResults(name ?? "", document ?? "", kind));
        return outcome.Ok ? Page.Of<OwnResultPage>(new { Results = outcome.Value.Items, Type = kind })
            : Page.Refused<OwnResultPage>(outcome.Refusal, new { Type = kind });
    }
}
