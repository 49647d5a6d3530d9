using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The routes of persons, under /api/registers/persons. Numbers and names travel in bodies, never in addresses.</summary>
static class PersonEndpoints
{
    public static void Map(RouteGroupBuilder registers)
    {
        var persons = registers.MapGroup("/persons");
        persons.MapPost("/", Register).Needs(Permission.EditPersons);
        persons.MapPost("/temporary", async (RegisterTemporary command, RegisterTemporaryHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller())).ToHttp()).Needs(Permission.EditPersons);
        persons.MapPost("/search", async (FindPersons query, FindPersonsHandler handler, HttpContext http) =>
            (await handler.Handle(query, http.Caller())).ToHttp()).Needs(Permission.SeePersons);
        persons.MapGet("/{id:guid}", async (Guid id, string? purpose, SeePersonHandler handler, HttpContext http) =>
            (await handler.Handle(new SeePerson(id, PurposeOf(purpose)), http.Caller())).ToHttp()).Needs(Permission.SeePersons);
        persons.MapPost("/{id:guid}/reveal", async (Guid id, RevealBody body, SeePersonHandler handler, HttpContext http) =>
            (await handler.Handle(new RevealNumber(id, body.Purpose, body.What), http.Caller())).ToHttp()).Needs(Permission.SeePersons);
        persons.MapPost("/{id:guid}/break-glass", async (Guid id, ReasonBody body, SeePersonHandler handler, HttpContext http) =>
            (await handler.Handle(new BreakGlass(id, body.Reason), http.Caller())).ToHttp()).Needs(Permission.SeePersons);
        persons.MapPost("/{id:guid}/correct", async (Guid id, CorrectBody body, CorrectPersonHandler handler, HttpContext http) =>
            (await handler.Handle(new CorrectPerson(id, body.Version, body.Reason, body.Changes), http.Caller())).ToHttp()).Needs(Permission.EditPersons);
        persons.MapPost("/{id:guid}/documents", async (Guid id, LinkBody body, LinkDocumentHandler handler, HttpContext http) =>
            (await handler.Handle(new LinkDocument(id, body.Version, body.DocType, body.DocNo, body.Verified, body.Name), http.Caller())).ToHttp())
            .Needs(Permission.EditPersons);
        persons.MapPost("/{id:guid}/whereabouts", Whereabouts).Needs(Permission.EditPersons);
        persons.MapGet("/{id:guid}/accesses", Accesses).Needs(Permission.Audit);
        registers.MapGet("/duplicates", Duplicates).Needs(Permission.EditPersons);
        registers.MapPost("/duplicates/decide", async (DecideDuplicate command, DecideDuplicateHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller())).ToHttp()).Needs(Permission.EditPersons);
    }

    static async Task<IResult> Register(RegisterPerson command, RegisterPersonHandler handler, HttpContext http) =>
        (await handler.Handle(command, http.Caller())).ToHttp();

    static async Task<IResult> Whereabouts(Guid id, WhereaboutsBody body, Store store, HttpContext http)
    {
        if (store.Read(s => PersonDirectory.ByIds(s, [id])).Values.FirstOrDefault() is not { } person)
            return Answers.Problem(new PersonUnknown());
        var caller = http.Caller();
        if (!caller.May(Permission.EditPersons, person.Residence) && !caller.May(Permission.EditPersons, person.PresentPlace ?? person.PresentOwner))
            return Answers.Problem(new NotAllowedHere());
        return (await store.Write(new WriteScope(caller.Actor, person.Owner), session => RecordWhereaboutsHandler.Handle(session,
            [new RecordWhereabouts(id, body.Kind, body.Place, body.At ?? session.Now, "desk")]))).ToHttp();
    }

    static IResult Accesses(Guid id, Store store, HttpContext http)
    {
        if (store.Read(s => PersonDirectory.ByIds(s, [id])).Values.FirstOrDefault() is not { } person)
            return Answers.Problem(new PersonUnknown());
        return http.Caller().Must(Permission.Audit, person.Residence) is { Ok: false } no
            ? Answers.Problem(no.Refusal) : Results.Json(new { items = store.Read(s => AccessLog.Of(s, new Ref("person", id))) });
    }

    static IResult Duplicates(string? county, string? after, int? take, Store store, HttpContext http)
    {
        var caller = http.Caller();
        var owner = county ?? caller.Owner;
        if (caller.Must(Permission.EditPersons, owner) is { Ok: false } no && !caller.Territories(Permission.EditPersons).Any(t => t.StartsWith(owner, StringComparison.Ordinal)))
            return Answers.Problem(no.Refusal);
        var (a, b) = after?.Split('~') is [var first, var second] && Guid.TryParseExact(first, "N", out var one) && Guid.TryParseExact(second, "N", out var two)
            ? (one, two) : (Guid.Empty, Guid.Empty);
        var most = Math.Clamp(take ?? 50, 1, 200);
        var pairs = store.Read(s => s.Query<PairRow>(
            "SELECT * FROM duplicate_pair WHERE owner = @owner AND state = 1 AND (person_a > @a OR (person_a = @a AND person_b > @b)) ORDER BY person_a, person_b LIMIT @most",
            new { owner, a, b, most }));
        return Results.Json(new
        {
            items = pairs.ConvertAll(p => new { p.PersonA, p.PersonB, p.Score, reasons = p.Reasons.Split(','), p.FoundAt }),
            next = pairs.Count < most ? null : $"{pairs[^1].PersonA:N}~{pairs[^1].PersonB:N}",
        });
    }

    static Purpose? PurposeOf(string? text) =>
        Enum.TryParse<Purpose>(text?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var purpose) && Enum.IsDefined(purpose) ? purpose : null;

    sealed record RevealBody(string What, Purpose? Purpose = null);

    sealed record ReasonBody(string Reason);

    sealed record CorrectBody(long Version, string Reason, PersonChanges Changes);

    sealed record LinkBody(long Version, DocType DocType, string DocNo, bool Verified = false, string? Name = null);

    sealed record WhereaboutsBody(PresentKind Kind, string? Place = null, DateTimeOffset? At = null);
}
