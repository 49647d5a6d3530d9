using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.PersonDesk;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.RoundDesk;

/// <summary>Rounds and one round.</summary>
static class RoundRoutes
{
    public static void MapRoundDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/rounds", (HttpContext http, Store store, string? area, Guid? after) =>
            Page.Of<RoundListPage, RoundListModel>(RoundListModel.Load(http, store, area, after), m => new { Model = m })).Needs(Permission.SeeFigures);
        app.MapGet("/rounds/{id:guid}", Show).Needs(Permission.SeeFigures);
    }

    static async Task<IResult> Show(HttpContext http, Store store, PersonViews views, Guid id, [AsParameters] RoundAsked asked)
    {
        var loaded = RoundModel.Load(http, store, id, asked);
        if (!loaded.Ok)
            return Page.Refused(loaded.Refusal);
        var model = loaded.Value;
        if (asked.Names == true && model.Roster.Items.Count > 0)
        {
            var names = await PersonNames.Reveal(store, views, http.Caller(), Purpose.Testing, model.Roster.Items.Select(m => m.Subject));
            if (!names.Ok)
                return Page.Refused(names.Refusal);
            model = model with { Names = names.Value };
        }
        return Page.Of<RoundPage>(new { Model = model });
    }
}
