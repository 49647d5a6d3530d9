using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.PersonDesk;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.ContactDesk;

/// <summary>The proposals of a case to decide, a contact's own page, contacts of a territory, and a team's day.</summary>
static class ContactRoutes
{
    const int Take = 100;

    public static void MapContactDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/contacts", List).Needs(Permission.FollowContacts);
        app.MapGet("/contacts/case/{id:guid}", (HttpContext http, Guid id, [FromQuery] string? state, [FromQuery] string? after) =>
            OfCase(http, id, state, after)).Needs(Permission.DecideContacts);
        app.MapPost("/contacts/case/{id:guid}/propose", async (HttpContext http, Guid id, [FromForm] int? queue) =>
            OrCase(id, await Use<ProposeHere>(http).Handle(http.Caller(), id, queue))).Needs(Permission.DecideContacts);
        app.MapPost("/contacts/case/{id:guid}/decide", Decide).Needs(Permission.DecideContacts);
        app.MapPost("/contacts/case/{id:guid}/decide-all", async (HttpContext http, Guid id, [FromForm] int ring, [FromForm] double? from, [FromForm] double? upTo,
            [FromForm] bool accept, [FromForm] string? reason) => OrCase(id, await Use<DecideAllHandler>(http).Handle(http.Caller(),
                new DecideAll(id, ring, accept, from ?? 0, upTo ?? 1, reason)))).Needs(Permission.DecideContacts);
        app.MapGet("/contacts/{id:guid}", (HttpContext http, Guid id, bool names = false) => One(http, id, names)).Needs(Permission.FollowContacts);
        app.MapPost("/contacts/{id:guid}/move", async (HttpContext http, Guid id, [FromForm] string to, [FromForm] string? reason, [FromForm] long? version) =>
            OrOne(id, await Use<MoveContactsHandler>(http).Handle(http.Caller(),
                new MoveContacts([id], Enum.TryParse<ContactState>(to, out var state) ? state : ContactState.Determined, reason, version)))).Needs(Permission.FollowContacts);
        app.MapPost("/contacts/{id:guid}/release", async (HttpContext http, Guid id, IFormCollection form) =>
        {
            _ = form; // taking the form asks for its antiforgery token
            return OrOne(id, await Use<ReleaseContactsHandler>(http).Handle(http.Caller(), new ReleaseContacts([id])));
        }).Needs(Permission.DecideContacts);
        app.MapPost("/contacts/{id:guid}/plans/{plan:guid}", async (HttpContext http, Guid id, Guid plan, [FromForm] string to, [FromForm] string? reason) =>
            OrOne(id, await Use<DecidePlansHandler>(http).Handle(http.Caller(),
                new DecidePlans([plan], Enum.TryParse<PlanProposalState>(to, out var state) ? state : PlanProposalState.Rejected, reason ?? "")))).Needs(Permission.DecideContacts);
        app.MapGet("/contacts/day", Day).Needs(Permission.FollowContacts);
        app.MapPost("/contacts/day", Record).Needs(Permission.FollowContacts);
    }

    static IResult List(HttpContext http, Store store, [FromQuery] string? area, [FromQuery] string? view, [FromQuery] string? after)
    {
        var chosen = Territory.Choose(http, Permission.FollowContacts, area);
        if (!chosen.Ok)
            return Page.Refused(chosen.Refusal);
        var filter = new ContactFilter(chosen.Value.Code, view == "proposed" ? ContactState.Proposed : null, view == "flagged");
        return store.Read(session =>
        {
            var page = ContactLists.Of(session, http.Caller(), filter, after, Take);
            return Page.Of<ContactListPage>(new
            {
                Model = page,
                Area = chosen.Value.Code,
                View = view ?? "active",
                Cases = CaseBook.ByIds(session, [.. page.Items.Select(c => c.IndexCase).Distinct()]).ToDictionary(c => c.Key, c => c.Value.No),
                Places = Lookups.Addresses(session, page.Items.Select(c => c.Area), RequestLanguage.Of(http)),
            });
        });
    }

    static async Task<IResult> Decide(HttpContext http, Guid id, IFormCollection form)
    {
        var chosen = form["contact"].Select(c => Guid.TryParse(c, out var contact) ? contact : default).Where(c => c != default).ToList();
        ContactKind? kind = Enum.TryParse<ContactKind>(form["kind"], out var said) ? said : null;
        return OrCase(id, await Use<DecideContactsHandler>(http).Handle(http.Caller(),
            new DecideContacts(chosen, form["accept"] == "true", form["reason"], kind)));
    }

    static IResult OrCase<T>(Guid id, Outcome<T> outcome)
    {
        Refusal? refusal = outcome.Ok ? outcome.Value is DecidedReport { Refused: > 0 } report ? FirstOf(report) : null : outcome.Refusal;
        return refusal is null ? Page.See($"/contacts/case/{id:N}") : Page.Refused(refusal);
    }

    static IResult OfCase(HttpContext http, Guid id, string? state, string? after) => Use<Store>(http).Read(session =>
    {
        if (IndexCase.Of(session, id) is not { } index || !http.Caller().May(Permission.DecideContacts, index.Owner))
            return Page.Refused(new CaseUnknownHere());
        var which = Enum.TryParse<ContactState>(state, ignoreCase: true, out var named) ? named : ContactState.Proposed;
        var page = ContactLists.OfCase(session, id, which, after, Take);
        var model = new CaseContactsModel(id, index.No, which, page, ContactLists.CountsOfCase(session, id),
            Lookups.Addresses(session, page.Items.Select(c => c.Area), RequestLanguage.Of(http)), CaseContactsModel.VenuesOf(session, page));
        return Page.Of<CaseContactsPage>(new { Model = model });
    });

    static IResult OrOne(Guid id, Outcome<DecidedReport> outcome)
    {
        var refusal = !outcome.Ok ? outcome.Refusal : outcome.Value.Refused > 0 ? FirstOf(outcome.Value) : null;
        return refusal is null ? Page.See($"/contacts/{id:N}") : Page.Refused(refusal);
    }

    /// <summary>The first "no" of a report, as a refusal of the page.</summary>
    static Refusal FirstOf(DecidedReport report)
    {
        var first = report.Items.First(i => !i.Done);
        return new Refusal(first.Code!, RefusalKind.Conflict, first.Sentence!, first.Chinese ?? first.Sentence!);
    }

    static async Task<IResult> One(HttpContext http, Guid id, bool names)
    {
        var store = Use<Store>(http);
        var found = store.Read(s => ContactViews.One(s, http.Caller(), Use<ContactWork>(http).Days, id, store.Clock.GetUtcNow()));
        if (!found.Ok)
            return Page.Refused(found.Refusal);
        string? name = null;
        if (names)
        {
            var revealed = await PersonNames.Reveal(store, Use<PersonViews>(http), http.Caller(), Purpose.ContactTracing, [found.Value.Contact.Person]);
            if (!revealed.Ok)
                return Page.Refused(revealed.Refusal);
            name = revealed.Value.GetValueOrDefault(found.Value.Contact.Person);
        }
        return store.Read(s => Page.Of<ContactPageOf>(new
        {
            Model = found.Value,
            Handovers = HandoverLists.OfSubject(s, http.Caller(), id),
            Name = name,
            Place = Lookups.Addresses(s, [found.Value.Contact.Area], RequestLanguage.Of(http))[found.Value.Contact.Area],
        }));
    }

    static IResult Day(HttpContext http, Store store, LocalDays days, [FromQuery] Guid? team, [FromQuery] DateOnly? on, [FromQuery] string? after) =>
        store.Read(session =>
        {
            var unit = team ?? http.Caller().Unit.Value;
            var page = DayList.Of(session, http.Caller(), days, unit, on ?? days.DateOf(store.Clock.GetUtcNow()), after, 200);
            return Page.Of<DayListPage, DayPage>(page, model => new
            {
                Model = model,
                Team = Lookups.Units(session, [unit])[unit],
                Places = Lookups.Addresses(session, model.Items.Select(i => i.Area), RequestLanguage.Of(http)),
            });
        });

    static async Task<IResult> Record(HttpContext http, IFormCollection form)
    {
        var visits = form.Where(f => f.Key.StartsWith("visit-", StringComparison.Ordinal) && Enum.TryParse<VisitFinding>(f.Value, out var _))
            .Select(f => new VisitFound(Guid.TryParse(f.Key["visit-".Length..], out var id) ? id : default, Enum.Parse<VisitFinding>(f.Value!))).ToList();
        var outcome = await Use<RecordVisitsHandler>(http).Handle(http.Caller(), new RecordVisits(visits));
        var refusal = !outcome.Ok ? outcome.Refusal : outcome.Value.Refused > 0 ? FirstOf(outcome.Value) : null;
        return refusal is null ? Page.See($"/contacts/day{http.Request.QueryString}") : Page.Refused(refusal);
    }

    static T Use<T>(HttpContext http)
        where T : notnull => (T)http.RequestServices.GetService(typeof(T))!;
}
