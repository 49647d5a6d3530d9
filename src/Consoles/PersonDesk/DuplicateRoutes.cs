using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Duties;
using Qipan.Http;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.PersonDesk;

/// <summary>Rows that may be one person: looked for, decided one by one or in a batch, taken apart again. Only ids stand in addresses.</summary>
static class DuplicateRoutes
{
    public static void MapDuplicateDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/persons/duplicates", Show).Needs(Permission.MergePersons);
        app.MapPost("/persons/duplicates/scan", (HttpContext http, DuplicateScans scans, [FromForm] string? county, [FromForm] string? purpose) =>
            scans.Begin(new FindDuplicates(County(county, http)), http.Caller()) is { Ok: false } no ? Page.Refused(no.Refusal) : Page.See(Here(purpose, county)))
            .Needs(Permission.MergePersons);
        app.MapPost("/persons/duplicates/decide", Decide).Needs(Permission.EditPersons);
        app.MapPost("/persons/duplicates/batch", Batch).Needs(Permission.MergePersons);
        app.MapPost("/persons/{id:guid}/unmerge", Unmerge).Needs(Permission.MergePersons);
        app.MapPost("/persons/merges/{id:guid}/settle", Settle).Needs(Permission.MergePersons);
    }

    static async Task<IResult> Show(HttpContext http, SeeDuplicatesHandler use, DuplicateScans scans, string? purpose, string? county, string? after)
    {
        if (PersonRoutes.PurposeOf(purpose) is not { } named)
            return Page.Of<DuplicatePage>(new { County = County(county, http), Scan = scans.Latest });
        var seen = await use.Handle(new SeeDuplicates(named, County(county, http), After: after), http.Caller());
        return seen.Ok ? Page.Of<DuplicatePage>(new { County = County(county, http), Purpose = named, Pairs = seen.Value, Scan = scans.Latest }) : Page.Refused(seen.Refusal);
    }

    static async Task<IResult> Decide(
        HttpContext http, DecideDuplicateHandler use, [FromForm] Guid a, [FromForm] Guid b, [FromForm] string? same, [FromForm] string? reason, [FromForm] string? purpose,
        [FromForm] string? county)
    {
        var done = await use.Handle(new DecideDuplicate(a, b, same == "yes", reason ?? ""), http.Caller());
        return !done.Ok ? Page.Refused(done.Refusal)
            : Page.See(done.Value.Issues.Count > 0 ? $"/persons/{a:N}?purpose={PersonRoutes.PurposeOf(purpose)}" : Here(purpose, county));
    }

    static async Task<IResult> Batch(
        HttpContext http, MergePersonsHandler use, DuplicateScans scans, [FromForm] string? threshold, [FromForm] string? run, [FromForm] string? county, [FromForm] string? purpose)
    {
        var from = double.TryParse(threshold, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var done = await use.Handle(new MergePersons(from, County(county, http), DryRun: run != "yes"), http.Caller().Actor, http.Caller());
        return done.Ok
            ? Page.Of<DuplicatePage>(new { County = County(county, http), Purpose = PersonRoutes.PurposeOf(purpose), Scan = scans.Latest, Report = done.Value })
            : Page.Refused(done.Refusal);
    }

    static async Task<IResult> Unmerge(HttpContext http, UnmergePersonHandler use, Guid id, [FromForm] string? reason, [FromForm] string? purpose)
    {
        var done = await use.Handle(new UnmergePerson(id, reason ?? ""), http.Caller());
        return done.Ok ? Page.See($"/persons/{id:N}?purpose={PersonRoutes.PurposeOf(purpose)}") : Page.Refused(done.Refusal);
    }

    static async Task<IResult> Settle(HttpContext http, SettleMergeHandler use, Guid id, [FromForm] string? note, [FromForm] Guid person, [FromForm] string? purpose)
    {
        var done = await use.Handle(new SettleMerge(id, note ?? ""), http.Caller());
        return done.Ok ? Page.See($"/persons/{person:N}?purpose={PersonRoutes.PurposeOf(purpose)}") : Page.Refused(done.Refusal);
    }

    /// <summary>The one asked for, the caller's own, or the first that has persons where the caller works above counties.</summary>
    static string County(string? county, HttpContext http)
    {
        if (county is { Length: 6 } && county.All(char.IsAsciiDigit))
            return county;
        if (http.Caller() is not { Owner: WriteScope.Deployment } above)
            return http.Caller().Owner;
        var territory = above.Territories(Permission.MergePersons) is [var first, ..] ? first : "";
        return ((Store)http.RequestServices.GetService(typeof(Store))!).Read(s => s.One<string?>(
            "SELECT min(owner) FROM person WHERE owner >= @territory AND owner < @beyond", new { territory, beyond = territory + "~" })) ?? "";
    }

    static string Here(string? purpose, string? county) =>
        "/persons/duplicates" + QueryString.Create(new Dictionary<string, string?> { ["purpose"] = PersonRoutes.PurposeOf(purpose)?.ToString(), ["county"] = county });
}
