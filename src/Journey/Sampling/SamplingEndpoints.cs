using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>The endpoints of tubes, boxes and discrepancies, under <c>/api/sampling</c>. They show ids of persons and nothing else of them.</summary>
static class SamplingEndpoints
{
    const int MostAtOnce = 200;

    public static IServiceCollection Add(IServiceCollection services) => services
        .AddSingleton<ReceiveBoxHandler>().AddSingleton<ResolveDiscrepancyHandler>()
        .AddSingleton<ITrailSource, SamplingTrail>().AddSingleton<IVerifier, VerifySampling>();

    public static void Map(IEndpointRouteBuilder app)
    {
        var sampling = app.MapGroup("/api/sampling").WithTags("sampling");
        sampling.MapGet("/tubes", TubesByCode).Needs(Permission.SeeTubes).WithSummary("The tubes of a county with a code; several where a code was used twice.");
        sampling.MapGet("/tubes/{id:guid}", TubeOf).Needs(Permission.SeeTubes).WithSummary("A tube, its life, who is in it, what does not agree.");
        sampling.MapGet("/boxes", BoxesByCode).Needs(Permission.SeeTubes).WithSummary("The boxes of a county with a code.");
        sampling.MapGet("/boxes/{id:guid}", BoxOf).Needs(Permission.SeeTubes).WithSummary("A box, its tubes, its hand-overs, what does not agree.");
        sampling.MapPost("/boxes/{id:guid}/receive", async (HttpContext http, Guid id, ReceiveBody body, ReceiveBoxHandler use) =>
                (await use.Handle(http.Caller(), new ReceiveBox(body.Owner, new BoxId(id), body.Lab, body.Tubes, body.Unlabelled))).ToHttp())
            .Needs(Permission.WorkInLaboratory).WithSummary("Receives a box: what was scanned against what was put in.").Produces<BoxReception>();
        sampling.MapGet("/discrepancies", DiscrepanciesOf).Needs(Permission.SeeTubes).WithSummary("What does not agree and nobody has settled.");
        sampling.MapPost("/discrepancies/{id:guid}/resolve", async (HttpContext http, Guid id, ResolveBody body, ResolveDiscrepancyHandler use) =>
                (await use.Handle(http.Caller(), new ResolveDiscrepancy(body.Owner, new DiscrepancyId(id), body.Resolution, body.Note))).ToHttp())
            .Needs(Permission.SeeTubes).WithSummary("Settles a discrepancy, with a word and a note.");
    }

    static IResult TubesByCode(HttpContext http, Store store, string owner, string code) =>
        Shown(http, owner) ?? Results.Json(new { items = store.Read(s => Tubes.ByCodes(s, owner, [code.Trim().ToUpperInvariant()])), next = (string?)null });

    static IResult TubeOf(HttpContext http, Store store, Guid id, string owner) => Shown(http, owner) ?? store.Read(s =>
        Tubes.ByIds(s, owner, [id]).FirstOrDefault() is { } tube
            ? Outcome.Of<object>(new { tube, events = TubeEvents.Of(s, owner, id), members = Members.OfTubes(s, owner, [id]), discrepancies = Discrepancies.Of(s, id) })
            : new TubeUnknown()).ToHttp();

    static IResult BoxesByCode(HttpContext http, Store store, string owner, string code) =>
        Shown(http, owner) ?? Results.Json(new { items = store.Read(s => Boxes.ByCodes(s, owner, [code.Trim().ToUpperInvariant()])), next = (string?)null });

    static IResult BoxOf(HttpContext http, Store store, Guid id, string owner) => Shown(http, owner) ?? store.Read(s =>
        Boxes.Get(s, owner, id) is { } box
            ? Outcome.Of<object>(new { box, tubes = Tubes.InBox(s, owner, id), custody = Custody.Of(s, owner, id), discrepancies = Discrepancies.Of(s, id) })
            : new BoxUnknown()).ToHttp();

    static IResult DiscrepanciesOf(HttpContext http, Store store, string owner, Guid? round, Guid? after, int? take)
    {
        if (Shown(http, owner) is { } no)
            return no;
        var most = Math.Clamp(take ?? MostAtOnce, 1, MostAtOnce);
        var items = store.Read(s => Discrepancies.OpenPage(s, owner, round, after, most));
        return Results.Json(new { items, next = items.Count == most ? items[^1].Id.Value : (Guid?)null });
    }

    /// <summary>Null when the caller may see the tubes of the county or of a place in it.</summary>
    static IResult? Shown(HttpContext http, string owner) =>
        http.Caller().Territories(Permission.SeeTubes).Any(t => t.StartsWith(owner, StringComparison.Ordinal) || owner.StartsWith(t, StringComparison.Ordinal))
            ? null : Answers.Problem(new NotAllowedHere());

    /// <summary>As <see cref="ReceiveBox"/>; the box itself stands in the address.</summary>
    sealed record ReceiveBody(string Owner, Guid Lab, IReadOnlyList<ScannedTube>? Tubes, int Unlabelled = 0);

    /// <summary>As <see cref="ResolveDiscrepancy"/>; the discrepancy itself stands in the address.</summary>
    sealed record ResolveBody(string Owner, string? Resolution, string? Note);
}
