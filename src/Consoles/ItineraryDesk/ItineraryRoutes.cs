using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Cases;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Consoles.ItineraryDesk;

/// <summary>Reading an itinerary out of a text: nothing is kept until the investigator says with which case.</summary>
static class ItineraryRoutes
{
    const int LongestText = 200_000;

    public static void MapItineraryDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/itineraries/read", (TimeProvider clock, LocalDays days) =>
            Page.Of<ReadTextPage>(new { Model = ReadTextModel.Empty(Today(clock, days)) }))
            .Needs(Permission.InvestigateCases);
        app.MapPost("/itineraries/read", Read).Needs(Permission.InvestigateCases);
    }

    static async Task<IResult> Read(
        HttpContext http, Store store, Keyring keyring, LocalDays days, TimeProvider clock,
        [FromForm] string? text, [FromForm] string? on, [FromForm] string? caseNo, [FromForm] int? person, [FromForm] string? keep)
    {
        var day = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var said) ? said
            : days.DateOf(clock.GetUtcNow());
        var body = text ?? "";
        var typed = new ReadTextModel(body, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), caseNo?.Trim() ?? "", person ?? 0,
            null, [], []);
        if (string.IsNullOrWhiteSpace(body) || body.Length > LongestText)
            return Refused(typed, string.IsNullOrWhiteSpace(body) ? new TextEmpty() { Field = "text" }
                : new TextTooLarge() { Field = "text" });
        var read = ItineraryReader.Read(body, new ReadingDays(day));
        var caller = http.Caller();
        string[] counties = typed.Case.Split('-')[0] is { Length: 6 } county ? [county] : [caller.Owner];
        var matcher = new PlaceMatcher(store.Read(s => (List<PlaceCandidate>)[.. PlaceCandidates.Load(s, counties), .. VenueCandidates.Load(s, counties)]));
        var model = ReadTextModel.Of(body, typed.On, typed.Case, typed.Person, read, matcher);
        if (keep is null)
            return Page.Of<ReadTextPage>(new { Model = model });
        if (typed.Person < 0 || typed.Person >= read.Persons.Count)
            return Refused(model, new TextEmpty() { Field = "text" });
        var places = model.Persons[typed.Person].Stays.Where(s => s.Match?.Chosen is not null).DistinctBy(s => s.Stay.Place)
            .ToDictionary(s => s.Stay.Place!, s => s.Match!.Chosen!.Candidate.Code);
        var kept = await new KeepItineraryHandler(store, keyring, days)
            .Handle(new KeepItinerary(typed.Case, body, read, typed.Person, places), caller);
        return kept.Ok ? Page.Of<ReadTextPage>(new { Model = model with { Kept = kept.Value } })
            : Refused(model, kept.Refusal with { Field = "caseNo" });
    }

    static IResult Refused(ReadTextModel model, Refusal refusal) =>
        Page.Refused<ReadTextPage>(refusal, new { Model = model });

    static string Today(TimeProvider clock, LocalDays days) => days.DateOf(clock.GetUtcNow())
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
