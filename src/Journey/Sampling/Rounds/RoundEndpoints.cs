using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The endpoints of rounds and points, under <c>/api/sampling</c>.</summary>
static class RoundEndpoints
{
    const int MostAtOnce = 200;

    public static IServiceCollection Add(IServiceCollection services)
    {
        services.AddSingleton<PlanRoundHandler>().AddSingleton<SetAreaRiskHandler>().AddSingleton<PublishRoundHandler>()
            .AddSingleton<ExemptByRuleHandler>().AddSingleton<ExemptPersonsHandler>().AddSingleton<AddToRoundHandler>()
            .AddSingleton<ChangeScopeHandler>().AddSingleton<CloseSamplingHandler>().AddSingleton<CloseRoundHandler>()
            .AddSingleton<CancelRoundHandler>().AddSingleton<AddPointHandler>()
            .AddSingleton<OpenRosters>().AddSingleton<ITrailSource, RoundTrail>();
        return services.AddHostedService(s => s.GetRequiredService<OpenRosters>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var rounds = app.MapGroup("/api/sampling/rounds").WithTags("rounds");
        Write(rounds.MapPost("/", (HttpContext http, PlanRound c, PlanRoundHandler use) => Answer(use.Handle(http.Caller(), c))), "Plans a round.");
        Write(rounds.MapPost("/{id:guid}/risk", (HttpContext http, Guid id, SetAreaRisk c, SetAreaRiskHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Sets the risk of an area.");
        Write(rounds.MapPost("/{id:guid}/publish", (HttpContext http, Guid id, PublishRound c, PublishRoundHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Publishes a round; its roster is opened in the background.");
        Write(rounds.MapPost("/{id:guid}/exemptions", (HttpContext http, Guid id, ExemptByRule c, ExemptByRuleHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Exempts by rule.");
        Write(rounds.MapPost("/{id:guid}/exempt", (HttpContext http, Guid id, ExemptPersons c, ExemptPersonsHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Exempts persons.");
        Write(rounds.MapPost("/{id:guid}/add", (HttpContext http, Guid id, AddToRound c, AddToRoundHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Adds persons to the roster.");
        Write(rounds.MapPost("/{id:guid}/scope", (HttpContext http, Guid id, ChangeScope c, ChangeScopeHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Changes the scope.");
        Write(rounds.MapPost("/{id:guid}/close-sampling", (HttpContext http, Guid id, CloseSampling c, CloseSamplingHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Ends sampling.");
        Write(rounds.MapPost("/{id:guid}/close", (HttpContext http, Guid id, CloseRound c, CloseRoundHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Freezes the figures.");
        Write(rounds.MapPost("/{id:guid}/cancel", (HttpContext http, Guid id, CancelRound c, CancelRoundHandler use) => Answer(use.Handle(http.Caller(), id, c))),
            "Cancels a round.");
        rounds.MapGet("/", List).Needs(Permission.SeeFigures).WithSummary("The rounds of a county, the newest first.");
        rounds.MapGet("/{id:guid}", Board).Needs(Permission.SeeFigures).WithSummary("The board of a round.");
        rounds.MapGet("/{id:guid}/ageing", AgeingOf).Needs(Permission.SeeFigures).WithSummary("Tubes sampled and not resulted.");
        rounds.MapGet("/{id:guid}/missing", MissingOf).Needs(Permission.SeeDuties).WithSummary("Who is not covered, with reasons.");
        rounds.MapGet("/{id:guid}/duplicates", Duplicates).Needs(Permission.SeeDuties).WithSummary("Persons in two tubes.");
        var points = app.MapGroup("/api/sampling/points").WithTags("points");
        Write(points.MapPost("/", (HttpContext http, AddPoint c, AddPointHandler use) => Answer(use.Handle(http.Caller(), c))), "Sets up a sampling point.");
        points.MapGet("/", PointsOf).Needs(Permission.SeeFigures).WithSummary("The points of a county, with persons an hour.");
        points.MapGet("/{id:guid}/sessions", SessionsOf).Needs(Permission.RunRounds).WithSummary("The sessions of a point.");
    }

    static void Write(RouteHandlerBuilder endpoint, string summary) => endpoint.Needs(Permission.RunRounds).WithSummary(summary);

    static async Task<IResult> Answer<T>(Task<Outcome<T>> outcome) => (await outcome).ToHttp();

    static IResult List(HttpContext http, Store store, string owner, Guid? after, int? take)
    {
        // Who works in a part of the county sees its rounds; the board shows that part alone.
        if (!RoundAccess.IsCounty(owner) || !http.Caller().Territories(Permission.SeeFigures).Any(t => owner.StartsWith(t, StringComparison.Ordinal) || t.StartsWith(owner, StringComparison.Ordinal)))
            return Answers.Problem(new NotAllowedHere());
        var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
        var items = store.Read(s => Rounds.Page(s, owner, after, most));
        return Results.Json(new { items, next = items.Count == most ? items[^1].Id.Value : (Guid?)null });
    }

    static IResult Board(HttpContext http, Store store, Guid id, string owner, string? area) => In(http, Permission.SeeFigures, owner, area, place =>
        store.Read(s => RoundBoard.Of(s, owner, id, place, store.Clock.GetUtcNow())) is { } view ? Results.Json(view) : Answers.Problem(new RoundUnknown()));

    static IResult AgeingOf(HttpContext http, Store store, Guid id, string owner, Stage stage, int? minutes, string? after, int? take) =>
        In(http, Permission.SeeFigures, owner, null, _ => Results.Json(store.Read(s => Ageing.Of(
            s, owner, id, stage, store.Clock.GetUtcNow(), TimeSpan.FromMinutes(Math.Clamp(minutes ?? 0, 0, 525_600)), after, take ?? MostAtOnce))));

    static IResult MissingOf(HttpContext http, Store store, Guid id, string owner, string? area, string? after, int? take) =>
        In(http, Permission.SeeDuties, owner, area, place => Results.Json(store.Read(s => MissingPersons.Of(s, owner, id, place, after, take ?? MostAtOnce))));

    static IResult Duplicates(HttpContext http, Store store, Guid id, string owner, Guid? after, int? take) =>
        In(http, Permission.SeeDuties, owner, null, _ =>
        {
            var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
            var items = store.Read(s => DuplicateSamples.Page(s, owner, id, after, most));
            return Results.Json(new { items, next = items.Count == most ? items[^1].Discrepancy.Value : (Guid?)null });
        });

    static IResult PointsOf(HttpContext http, Store store, string owner, string? area, Guid? after, int? take) =>
        In(http, Permission.SeeFigures, owner, area, place =>
        {
            var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
            var items = store.Read(s => Points.Page(s, owner, place, store.Clock.GetUtcNow(), after, most));
            return Results.Json(new { items, next = items.Count == most ? items[^1].Id : (Guid?)null });
        });

    static IResult SessionsOf(HttpContext http, Store store, Guid id, string owner, Guid? after, int? take)
    {
        if (!RoundAccess.IsCounty(owner) || store.Read(s => Points.PlaceOf(s, owner, id)) is not { } place)
            return Answers.Problem(new PointUnknown());
        return In(http, Permission.RunRounds, owner, place, _ =>
        {
            var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
            var items = store.Read(s => Points.Sessions(s, owner, id, after, most));
            return Results.Json(new { items, next = items.Count == most ? items[^1].Id : (Guid?)null });
        });
    }

    /// <summary>A place of the county that the caller may see; without one, the county itself or the caller's only part of it.</summary>
    static IResult In(HttpContext http, Permission permission, string owner, string? area, Func<string, IResult> see)
    {
        if (!RoundAccess.IsCounty(owner))
            return Answers.Problem(new RoundUnknown());
        var caller = http.Caller();
        if (area is null && !caller.May(permission, owner))
            area = caller.Territories(permission).Where(t => t.StartsWith(owner, StringComparison.Ordinal)).ToList() is [var only] ? only : null;
        var place = PlaceCode.Parse(area ?? owner);
        if (!place.Ok)
            return Answers.Problem(place.Refusal);
        if (place.Value.Owner != owner)
            return Answers.Problem(new NotAllowedHere());
        return caller.Must(permission, place.Value.Value) is { Ok: false } no ? Answers.Problem(no.Refusal) : see(place.Value.Value);
    }
}

/// <summary>No point of this id in the county.</summary>
public sealed record PointUnknown() : Refusal("point_unknown", RefusalKind.NotFound,
    "No such sampling point is known in this county. Take it from the list of points.", "本县（区）没有该采样点，请从采样点列表中选择。");
