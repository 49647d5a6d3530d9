using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>The endpoints of cases: wires use cases to addresses and nothing else.</summary>
static class Endpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/cases");
        Looking(api);
        Acts(api);
        Investigations(api);
        ChainsOf(api);
    }

    static void Looking(RouteGroupBuilder api)
    {
        api.MapGet("", (HttpContext http, Store store, [AsParameters] CaseRequest query) =>
            store.Read(s => CaseViews.Page(s, http.Caller(), query.Filter(), query.After, query.Take ?? 50))
                .Map(page => new { items = page.Items, next = page.Next }).ToHttp()).Needs(Permission.SeeCases);
        api.MapGet("/{idOrNo}", async (HttpContext http, string idOrNo, CaseViews views) =>
            (await views.One(http.Caller(), idOrNo)).ToHttp()).Needs(Permission.SeeCases);
        api.MapGet("/figures", (HttpContext http, Store store, FigureBook figures, string territory, string disease, DateOnly from, DateOnly to) =>
            store.Read(s => figures.Of(s, http.Caller(), territory, disease, from, to)).ToHttp()).Needs(Permission.SeeFigures);
    }

    static void Acts(RouteGroupBuilder api)
    {
        api.MapPost("", async (HttpContext http, OpenCase body, OpenCaseHandler handler) =>
            (await handler.Handle(http.Caller(), body)).Map(o => new { o.Verdict, o.Case.Id, o.Case.No, o.Case.Class }).ToHttp()).Needs(Permission.InvestigateCases);
        Post<ReportCase, CaseStatus>(api, "/report", (s, c, b) => s.Of<ReportCaseHandler>().Handle(c, b));
        Post<ReviewCase, CaseStatus>(api, "/review", (s, c, b) => s.Of<ReviewCaseHandler>().Handle(c, b));
        Post<ClassifyCase, CaseStatus>(api, "/classify", (s, c, b) => s.Of<ClassifyCaseHandler>().Handle(c, b));
        Post<CorrectCase, CaseStatus>(api, "/correct", (s, c, b) => s.Of<CorrectCaseHandler>().Handle(c, b));
        Post<RecordCourse, CaseStatus>(api, "/course", (s, c, b) => s.Of<RecordCourseHandler>().Handle(c, b));
        Post<IsolateCase, CaseStatus>(api, "/isolate", (s, c, b) => s.Of<IsolateCaseHandler>().Handle(c, b));
        Post<AttributeCase, CaseStatus>(api, "/attribute", (s, c, b) => s.Of<AttributeCaseHandler>().Handle(c, b));
        Post<RecordRepositive, CaseStatus>(api, "/re-positive", (s, c, b) => s.Of<RecordRepositiveHandler>().Handle(c, b));
        Post<AskedContacts, CaseStatus>(api, "/contacts-asked", (s, c, b) => s.Of<AskedContactsHandler>().Handle(c, b));
        Post<DeclareSource, CaseStatus>(api, "/source-unknown", (s, c, b) => s.Of<DeclareSourceHandler>().Handle(c, b));
        Post<ClearFlag, CaseStatus>(api, "/looked-at", (s, c, b) => s.Of<ClearFlagHandler>().Handle(c, b));
        Post<RecordFindings, Kernel.Done>(api, "/findings", (s, c, b) => s.Of<RecordFindingsHandler>().Handle(c, b));
        Post<AddCluster, Guid>(api, "/clusters", (s, c, b) => s.Of<AddClusterHandler>().Handle(c, b));
        Post<MoveToCluster, CaseStatus>(api, "/cluster", (s, c, b) => s.Of<MoveToClusterHandler>().Handle(c, b));
    }

    static void Investigations(RouteGroupBuilder api)
    {
        Post<AssignInvestigation, Kernel.Done>(api, "/investigation/assign", (s, c, b) => s.Of<AssignInvestigationHandler>().Handle(c, b));
        Post<MoveInvestigation, CaseStatus>(api, "/investigation/move", (s, c, b) => s.Of<MoveInvestigationHandler>().Handle(c, b));
        Post<AddStay, Guid>(api, "/itinerary/add", (s, c, b) => s.Of<AddStayHandler>().Handle(c, b));
        Post<CorrectStay, Guid>(api, "/itinerary/correct", (s, c, b) => s.Of<CorrectStayHandler>().Handle(c, b));
        Post<WithdrawStay, Kernel.Done>(api, "/itinerary/withdraw", (s, c, b) => s.Of<CorrectStayHandler>().Handle(c, b));
        Post<AddLink, LinkRow>(api, "/links", (s, c, b) => s.Of<AddLinkHandler>().Handle(c, b));
        Post<WithdrawLink, Kernel.Done>(api, "/links/withdraw", (s, c, b) => s.Of<AddLinkHandler>().Handle(c, b));
    }

    static void ChainsOf(RouteGroupBuilder api) =>
        api.MapGet("/chains", (HttpContext http, Store store, ChainGraphs chains, string disease, string territory = "") =>
            store.Read(s => chains.Of(s, http.Caller(), territory, disease)).ToHttp()).Needs(Permission.SeeCases);

    static void Post<TBody, TAnswer>(RouteGroupBuilder api, string path, Func<IServiceProvider, Caller, TBody, Task<Kernel.Outcome<TAnswer>>> handle) =>
        api.MapPost(path, async (HttpContext http, [FromBody] TBody? body) => body is null
            ? Answers.Problem(CaseRefusals.BodyMissing)
            : (await handle(http.RequestServices, http.Caller(), body)).ToHttp()).Needs(Permission.InvestigateCases);

    static THandler Of<THandler>(this IServiceProvider services)
        where THandler : notnull => (THandler)services.GetService(typeof(THandler))!;
}

/// <summary>What a list of cases is asked for.</summary>
/// <param name="Open">tails, sources or flags: what is still to be done.</param>
public sealed record CaseRequest(
    string? Territory, string? Disease, CaseClass? Class, DateTimeOffset? From, DateTimeOffset? To, Guid? Cluster, Guid? Assignee, string? Open,
    string? After, int? Take)
{
    internal CaseFilter Filter() => new()
    {
        Territory = Territory ?? "",
        Disease = Disease,
        Classes = Class is { } one ? [one] : null,
        From = From,
        To = To,
        Cluster = Cluster,
        Assignee = Assignee,
        OpenTail = Open == "tails",
        MissingSource = Open == "sources",
        Flagged = Open == "flags",
    };
}
