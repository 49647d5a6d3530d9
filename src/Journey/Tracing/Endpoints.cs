using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Tracing's endpoints: wires use cases to addresses and nothing else.</summary>
static class Endpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/tracing");
        Cases(api);
        Contacts(api);
        Followup(api);
        Places(api);
        HandoverEndpoints.Map(api);
    }

    static void Cases(RouteGroupBuilder api)
    {
        api.MapPost("/cases/{id:guid}/propose", async (HttpContext http, Guid id, ProposeHere handler, int? queueMinutes = null) =>
            (await handler.Handle(http.Caller(), id, queueMinutes)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapGet("/cases/{id:guid}/contacts", (HttpContext http, Guid id, Store store, WireWord<ContactState>? state = null, string? after = null, int take = 100) =>
            store.Read(s => IndexCase.Of(s, id) is { } index && http.Caller().May(Permission.DecideContacts, index.Owner)
                ? Outcome.Of(ContactLists.OfCase(s, id, state?.Value ?? ContactState.Proposed, after, take)) : new CaseUnknownHere()).ToHttp()).Needs(Permission.DecideContacts);
        api.MapGet("/cases/{id:guid}/counts", (HttpContext http, Guid id, Store store) =>
            store.Read(s => IndexCase.Of(s, id) is { } index && http.Caller().May(Permission.SeeCases, index.Owner)
                ? Outcome.Of(ContactLists.CountsOfCase(s, id)) : new CaseUnknownHere()).Map(items => new { items }).ToHttp()).Needs(Permission.SeeCases);
    }

    static void Contacts(RouteGroupBuilder api)
    {
        api.MapGet("/contacts", (HttpContext http, Store store, string? territory = null, WireWord<ContactState>? state = null, bool flagged = false, string? after = null, int take = 100) =>
            TypedResults.Json(store.Read(s => ContactLists.Of(s, http.Caller(), new ContactFilter(territory ?? http.Caller().Territories(Permission.FollowContacts)[0], state?.Value, flagged), after, take))))
            .Needs(Permission.FollowContacts);
        api.MapGet("/contacts/{id:guid}", (HttpContext http, Guid id, Store store, ContactWork work) =>
            store.Read(s => ContactViews.One(s, http.Caller(), work.Days, id, store.Clock.GetUtcNow())).ToHttp()).Needs(Permission.FollowContacts);
        api.MapPost("/contacts", async (HttpContext http, AddContact body, AddContactHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/contacts/decide", async (HttpContext http, DecideContacts body, DecideContactsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/contacts/decide-all", async (HttpContext http, DecideAll body, DecideAllHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/contacts/move", async (HttpContext http, MoveContacts body, MoveContactsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.FollowContacts);
        api.MapPost("/contacts/release", async (HttpContext http, ReleaseContacts body, ReleaseContactsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/plans/reevaluate", async (HttpContext http, ReevaluatePlans body, ReevaluatePlansHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/plans/decide", async (HttpContext http, DecidePlans body, DecidePlansHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
    }

    static void Followup(RouteGroupBuilder api)
    {
        api.MapGet("/teams/{team:guid}/day", (HttpContext http, Guid team, Store store, LocalDays days, DateOnly? on = null, string? after = null, int take = 200) =>
            store.Read(s => DayList.Of(s, http.Caller(), days, team, on ?? days.DateOf(store.Clock.GetUtcNow()), after, take)).ToHttp())
            .Needs(Permission.FollowContacts);
        api.MapPost("/visits", async (HttpContext http, RecordVisits body, RecordVisitsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.FollowContacts);
        api.MapPost("/checks", async (HttpContext http, ReportCheck body, ReportCheckHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.FollowContacts);
    }

    static void Places(RouteGroupBuilder api)
    {
        api.MapPost("/venues", async (HttpContext http, RegisterVenue body, RegisterVenueHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.DecideContacts);
        api.MapPost("/imports/venues", (HttpContext http, ImportVenuesHandler handler, RegistersSettings settings, bool dryRun = false, string? name = null) =>
            Uploads.With(http, settings, dryRun, name, file => handler.Handle(file, http.Caller().Actor, http.Caller())))
            .Needs(Permission.ImportFiles).Accepts<IFormFile>("text/csv", "application/octet-stream");
        api.MapPost("/imports/visits", (HttpContext http, ImportVisitsHandler handler, RegistersSettings settings, bool dryRun = false, string? name = null) =>
            Uploads.With(http, settings, dryRun, name, file => handler.Handle(file, http.Caller().Actor, http.Caller())))
            .Needs(Permission.ImportFiles).Accepts<IFormFile>("text/csv", "application/octet-stream");
        api.MapPost("/imports/rosters", (HttpContext http, ImportRosterHandler handler, RegistersSettings settings, bool dryRun = false, string? name = null) =>
            Uploads.With(http, settings, dryRun, name, file => handler.Handle(file, http.Caller().Actor, http.Caller())))
            .Needs(Permission.ImportFiles).Accepts<IFormFile>("text/csv", "application/octet-stream");
    }
}

/// <summary>Keeps the body of a request in a file that only this program reads, for as long as its import runs.</summary>
static class Uploads
{
    const int MostNamed = 1_000;

    public static async Task<IResult> With(
        HttpContext http, RegistersSettings settings, bool dryRun, string? name, Func<ImportFile, Task<Outcome<ImportReport>>> import)
    {
        var most = settings.ImportMegabytes * 1024L * 1024L;
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        if (http.Request.ContentLength > most)
            return Answers.Problem(new ImportTooLarge(settings.ImportMegabytes));
        var folder = Directory.CreateTempSubdirectory("qipan-import-");
        try
        {
            var path = Path.Combine(folder.FullName, "upload.csv");
            await using (var file = File.Create(path))
                await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            var given = Path.GetFileName(name) is { Length: > 0 and <= 200 } said ? said : "upload.csv";
            return (await import(new ImportFile(path, dryRun, given, MostNamed))).Map(report => report with { RefusedFile = null }).ToHttp();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
