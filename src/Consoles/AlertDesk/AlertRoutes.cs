using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.PersonDesk;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.AlertDesk;

/// <summary>Alerts of suspect pools 一键即报, and everything that is done on one.</summary>
static class AlertRoutes
{
    const int Take = 50;

    public static void MapAlertDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/alerts", (HttpContext http, Store store, Guid? after, bool closed = false) => Page.Of<AlertListPage>(
            new { Model = store.Read(s => AlertViews.Page(s, http.Caller(), closed, after, Take)), Closed = closed })).Needs(Permission.HandleAlerts);
        app.MapGet("/alerts/{id:guid}", (HttpContext http, Store store, Guid id, bool names = false) => Show(http, store, id, names))
            .Needs(Permission.HandleAlerts);
        Act(app, "acknowledge", (http, id, _, _) => Use<AcknowledgeAlertHandler>(http).Handle(http.Caller(), new AcknowledgeAlert(id)));
        Act(app, "hold", (http, id, person, _) => Use<RecordHoldHandler>(http).Handle(http.Caller(), new RecordHold(id, person)));
        Act(app, "clear", (http, id, person, _) => Use<ClearMemberHandler>(http).Handle(http.Caller(), new ClearMember(id, person)));
        Act(app, "confirm", (http, id, person, _) => Use<ConfirmMemberHandler>(http).Handle(http.Caller(), new ConfirmMember(id, person)));
        Act(app, "gone", (http, id, person, reason) => Use<RecordGoneHandler>(http).Handle(http.Caller(),
            new RecordGone(id, person, http.Request.Form["outcome"] == nameof(MemberOutcome.Dead) ? MemberOutcome.Dead : MemberOutcome.Left, reason)));
        Act(app, "settle", (http, id, _, reason) => Use<SettleAlertHandler>(http).Handle(http.Caller(),
            new SettleAlert(id, http.Request.Form["cleared"] == "true", reason)));
        Act(app, "close", (http, id, _, reason) => Use<CloseAlertHandler>(http).Handle(http.Caller(), new CloseAlert(id, reason)));
    }

    static void Act(IEndpointRouteBuilder app, string name, Func<HttpContext, Guid, Guid, string, Task<Outcome<Done>>> act) =>
        app.MapPost($"/alerts/{{id:guid}}/{name}", async (HttpContext http, Guid id, [FromForm] Guid? person, [FromForm] string? reason) =>
        {
            var outcome = await act(http, id, person ?? default, reason ?? "");
            return outcome.Ok ? Page.See($"/alerts/{id:N}") : Page.Refused(outcome.Refusal);
        }).Needs(Permission.HandleAlerts);

    static T Use<T>(HttpContext http)
        where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;

    static async Task<IResult> Show(HttpContext http, Store store, Guid id, bool names)
    {
        var found = store.Read(s => AlertViews.One(s, http.Caller(), id));
        if (!found.Ok)
            return Page.Refused(found.Refusal);
        var shown = new Dictionary<Guid, string>();
        if (names)
        {
            var revealed = await PersonNames.Reveal(store, Use<PersonViews>(http), http.Caller(), Purpose.ContactTracing, found.Value.Members.Select(m => m.Person));
            if (!revealed.Ok)
                return Page.Refused(revealed.Refusal);
            shown = revealed.Value;
        }
        var places = store.Read(s => Lookups.Addresses(s, found.Value.Members.Select(m => m.PresentPlace), RequestLanguage.Of(http)));
        return Page.Of<AlertPage>(new { Model = found.Value, Names = shown, Places = places });
    }
}
