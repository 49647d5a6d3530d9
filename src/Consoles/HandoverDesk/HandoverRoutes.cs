using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.CaseDesk;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.HandoverDesk;

/// <summary>Hand-overs between counties 移交: what has to be answered here, what was sent from here, and the forms for both.</summary>
static class HandoverRoutes
{
    const int Take = 100;

    public static void MapHandoverDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/handovers", (HttpContext http, [FromQuery] string? area, [FromQuery] string? view, [FromQuery] string? after) =>
            List(http, area, view, after)).Needs(Permission.DecideContacts);
        app.MapPost("/handovers", async (HttpContext http, IFormCollection form) => Back(await Use<RequestHandoverHandler>(http).Handle(http.Caller(),
            new RequestHandover(form.Choice(HandoverSubject.Contact, "kind"), form.Id("subject"), form.Word("place"), form.Text("reason"))), "sent")).Needs(Permission.DecideContacts);
        app.MapPost("/handovers/accept", async (HttpContext http, IFormCollection form) => Back(await Use<AcceptHandoverHandler>(http).Handle(http.Caller(),
            new AcceptHandover(form.Id("handover"), form.Text("acknowledged") == "true", form.Word("place"), form.Word("number"))), null)).Needs(Permission.DecideContacts);
        app.MapPost("/handovers/refuse", async (HttpContext http, IFormCollection form) => Back(await Use<RefuseHandoverHandler>(http).Handle(http.Caller(),
            new RefuseHandover(form.Id("handover"), form.Text("reason"))), null)).Needs(Permission.DecideContacts);
        app.MapPost("/handovers/cancel", async (HttpContext http, IFormCollection form) => Back(await Use<RefuseHandoverHandler>(http).Handle(http.Caller(),
            new CancelHandover(form.Id("handover"), form.Text("reason"))), "sent")).Needs(Permission.DecideContacts);
    }

    static IResult Back(Outcome<HandoverRow> outcome, string? view) =>
        outcome.Ok ? Page.See(view is null ? "/handovers" : $"/handovers?view={view}") : Page.Refused(outcome.Refusal);

    static IResult List(HttpContext http, string? area, string? view, string? after)
    {
        var chosen = Territory.Choose(http, Permission.DecideContacts, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        return Use<Store>(http).Read(session =>
        {
            var page = HandoverLists.Of(session, http.Caller(), chosen.Value.Code, incoming: view is null or "in", waiting: view is null or "in", after, Take);
            return Page.Of<HandoverListPage>(new
            {
                Model = page,
                View = view ?? "in",
                Places = Lookups.Addresses(session, page.Items.SelectMany(h => new[] { h.From, h.To, h.Place }), RequestLanguage.Of(http)),
            });
        });
    }

    static T Use<T>(HttpContext http)
        where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;
}
