using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Duties;

static class Endpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var duties = app.MapGroup("/api/duties").WithTags("duties");
        duties.MapGet("/counts", Counts).Needs(Permission.SeeFigures);
        duties.MapGet("/", List).Needs(Permission.SeeDuties);
        duties.MapGet("/missing", MissingOf).Needs(Permission.SeeDuties);
        duties.MapPost("/settle-merge", async (HttpContext http, SettleMerge command, SettleMergeHandler use) => (await use.Handle(command, http.Caller())).ToHttp())
            .Needs(Permission.MergePersons);
        duties.MapPost("/waive", (HttpContext http, WaiveDuty command, WaiveDutyHandler use) => Answer(use.Handle(http.Caller(), command)))
            .Needs(Permission.EndDuties);
        duties.MapPost("/withdraw", (HttpContext http, WithdrawDuty command, WithdrawDutyHandler use) => Answer(use.Handle(http.Caller(), command)))
            .Needs(Permission.EndDuties);
        duties.MapPost("/reinstate", (HttpContext http, ReinstateDuty command, ReinstateDutyHandler use) => Answer(use.Handle(http.Caller(), command)))
            .Needs(Permission.EndDuties);
    }

    static async Task<IResult> Answer(Task<Outcome<Done>> outcome) => (await outcome).ToHttp();

    /// <summary>应/已/未/逾期 of a territory by kind, region and age.</summary>
    static IResult Counts(HttpContext http, Store store, string? territory, string? kind, string? basis, string? by, bool ages = true)
    {
        var chosen = Choose(http, Permission.SeeFigures, territory, kind);
        if (!chosen.Ok)
            return Answers.Problem(chosen.Refusal);
        if (!Named<PlaceLevel>(by, out var level) || level > PlaceLevel.Community)
            return Answers.Problem(new NotOneOf("by", "province, city, county, street, community"));
        var filter = chosen.Value with { Basis = basis };
        return Results.Json(new { items = store.Read(s => DutyCounts.By(s, filter, level ?? PlaceLevel.Community, store.Clock.GetUtcNow(), ages)) });
    }

    /// <summary>Duties by key pages; `mine` are those of the caller's unit.</summary>
    static IResult List(HttpContext http, Store store, [AsParameters] ListAsked asked)
    {
        var chosen = Choose(http, Permission.SeeDuties, asked.Territory, asked.Kind);
        if (!chosen.Ok)
            return Answers.Problem(chosen.Refusal);
        if (!Named<DutyState>(asked.State, out var state))
            return Answers.Problem(new NotOneOf("state", "open, done, waived, withdrawn"));
        var filter = chosen.Value with
        {
            Basis = asked.Basis,
            Subject = asked.Subject,
            Unit = asked.Mine == true ? http.Caller().Unit.Value : asked.Unit,
            State = state,
            Late = asked.Late == true,
        };
        var page = store.Read(s => DutyList.Page(s, filter, store.Clock.GetUtcNow(), asked.After, asked.Take ?? DutyList.MostOnAPage));
        return Results.Json(page);
    }

    /// <summary>Who is missing in a round: the count and a page.</summary>
    static IResult MissingOf(HttpContext http, Store store, string round, string? area, string? after, int? take)
    {
        var chosen = Choose(http, Permission.SeeDuties, area, kind: null);
        if (!chosen.Ok)
            return Answers.Problem(chosen.Refusal);
        return Results.Json(store.Read(s => Missing.Of(s, "", round, chosen.Value.Territory, after, take ?? DutyList.MostOnAPage)));
    }

    /// <summary>True with null where nothing was said; false where it is no name of the enum.</summary>
    static bool Named<T>(string? text, out T? value)
        where T : struct, Enum
    {
        value = text is not null && Enum.TryParse<T>(text, ignoreCase: true, out var named) && Enum.IsDefined(named) && !char.IsAsciiDigit(text[0]) ? named : null;
        return text is null || value is not null;
    }

    /// <summary>The territory that is asked for, or the caller's only one; and the kind by its name.</summary>
    static Outcome<DutyFilter> Choose(HttpContext http, Permission permission, string? territory, string? kind)
    {
        var caller = http.Caller();
        DutyKindFacts? facts = null;
        if (kind is not null && (facts = DutyKinds.Named(kind)) is null)
            return new DutyKindUnknown();
        if (string.IsNullOrEmpty(territory))
            return caller.Territories(permission) is [var only] ? new DutyFilter { Territory = only, Kind = facts?.Kind } : new TerritoryMissing();
        var place = PlaceCode.Parse(territory);
        if (!place.Ok)
            return place.Refusal;
        var allowed = caller.Must(permission, place.Value.Value);
        return allowed.Ok ? new DutyFilter { Territory = place.Value.Value, Kind = facts?.Kind } : allowed.Refusal;
    }
}

/// <summary>What a list may be asked for, all of it in the address.</summary>
sealed class ListAsked
{
    public string? Territory { get; init; }

    public string? Kind { get; init; }

    public string? Basis { get; init; }

    public Guid? Subject { get; init; }

    public Guid? Unit { get; init; }

    public string? State { get; init; }

    public bool? Late { get; init; }

    public bool? Mine { get; init; }

    public string? After { get; init; }

    public int? Take { get; init; }
}
