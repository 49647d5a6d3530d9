using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Consoles.PersonDesk;

/// <summary>
/// Finding and seeing persons. What is looked for is personal, so it is sent in the body and never stands in an address; every answer is
/// in the access log before it is shown.
/// </summary>
static class PersonRoutes
{
    public static void MapPersonDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/persons", () => Page.Of<PersonSearchPage>()).Needs(Permission.SeePersons);
        app.MapPost("/persons", Find).Needs(Permission.SeePersons);
        app.MapGet("/persons/{id:guid}", (HttpContext http, Store store, SeePersonHandler use, UnmergePersonHandler merges, Guid id, string? purpose) =>
            Show(http, store, use, merges, id, PurposeOf(purpose), null)).Needs(Permission.SeePersons);
        app.MapPost("/persons/{id:guid}", Reveal).Needs(Permission.SeePersons);
        app.MapDuplicateDesk();
    }

    static async Task<IResult> Find(
        HttpContext http, FindPersonsHandler use, [FromForm] string? by, [FromForm] string? what, [FromForm] string? purpose, [FromForm] string? after)
    {
        var typed = string.IsNullOrWhiteSpace(what) ? null : what.Trim();
        var query = new FindPersons(PurposeOf(purpose), After: string.IsNullOrEmpty(after) ? null : after);
        query = by switch
        {
            "document" => query with { Document = typed },
            "phone" => query with { Phone = typed },
            "residence" => query with { Residence = typed },
            _ => query with { Name = typed },
        };
        var found = await use.Handle(query, http.Caller());
        var asked = new PersonAsked(by ?? "name", typed ?? "", PurposeOf(purpose));
        return found.Ok ? Page.Of<PersonSearchPage>(new { Asked = asked, Found = found.Value }) : Page.Refused(found.Refusal);
    }

    static async Task<IResult> Reveal(
        HttpContext http, Store store, SeePersonHandler use, UnmergePersonHandler merges, Guid id, [FromForm] string? purpose, [FromForm] string? what)
    {
        var numbers = await use.Handle(new RevealNumber(id, PurposeOf(purpose), what ?? ""), http.Caller());
        return numbers.Ok ? await Show(http, store, use, merges, id, PurposeOf(purpose), numbers.Value) : Page.Refused(numbers.Refusal);
    }

    static async Task<IResult> Show(
        HttpContext http, Store store, SeePersonHandler use, UnmergePersonHandler merges, Guid id, Purpose? purpose, RevealedNumbers? numbers)
    {
        var seen = await use.Handle(new SeePerson(id, purpose), http.Caller());
        if (!seen.Ok)
            return seen.Refusal is PurposeMissing ? Page.Of<PurposePage>(new { Id = id }) : Page.Refused(seen.Refusal);
        var (places, life) = store.Read(s => (Lookups.Addresses(s, [seen.Value.Present?.Place], RequestLanguage.Of(http)), PersonLife.Of(s, new Reader(http), id)));
        var joined = merges.Of(id, http.Caller());
        return Page.Of<OnePersonPage>(new { Person = seen.Value, Purpose = purpose, Numbers = numbers, Places = places, Life = life, Merges = joined.Ok ? joined.Value : [] });
    }

    internal static Purpose? PurposeOf(string? text) => Enum.TryParse<Purpose>(text, ignoreCase: true, out var purpose) && Enum.IsDefined(purpose) ? purpose : null;
}

/// <summary>What was looked for, to fill the form again.</summary>
public sealed record PersonAsked(string By, string What, Purpose? Purpose);
