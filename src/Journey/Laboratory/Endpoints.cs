using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The laboratory's endpoints: wires use cases to addresses and nothing else.</summary>
static class Endpoints
{
    const int MostTaken = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/laboratory");
        Laboratories(api);
        RunsOf(api);
        ResultsOf(api);
        AlertsOf(api.MapGroup("/alerts"));
    }

    static void Laboratories(RouteGroupBuilder api)
    {
        api.MapPost("/laboratories", async (HttpContext http, RegisterLaboratory body, RegisterLaboratoryHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.Administer);
        api.MapGet("/laboratories", (HttpContext http, Store store) =>
            TypedResults.Json(new { items = store.Read(s => LabViews.Laboratories(s, http.Caller())) })).Needs(Permission.WorkInLaboratory);
        api.MapPost("/assays", async (HttpContext http, RegisterAssay body, RegisterAssayHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapGet("/laboratories/{lab:guid}/queue", (HttpContext http, Guid lab, Store store, int take = 100) =>
            store.Read(s => LabViews.Queue(s, http.Caller(), lab, Math.Clamp(take, 1, MostTaken))).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapPost("/boxes/receive", async (HttpContext http, ReceiveBoxHere body, ReceiveBoxHereHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapPost("/tubes/reject", async (HttpContext http, RejectTube body, RejectTubeHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapPost("/laboratories/{lab:guid}/layouts", async (HttpContext http, Guid lab, string name, ImportPlateLayoutHandler handler) =>
        {
            var body = await Bodies.Read(http, 1 << 20);
            return body.Ok ? (await handler.Handle(http.Caller(), new ImportPlateLayout(lab, name, body.Value))).ToHttp() : Answers.Problem(body.Refusal);
        }).Needs(Permission.WorkInLaboratory);
        api.MapPost("/plates", async (HttpContext http, PlanPlate body, PlanPlateHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapPost("/plates/drop", async (HttpContext http, DropPlate body, DropPlateHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
    }

    static void RunsOf(RouteGroupBuilder api)
    {
        // The body is the file as the instrument wrote it, or JSON with application/json.
        api.MapPost("/laboratories/{lab:guid}/runs", async (
            HttpContext http, Guid lab, LoadRunHandler handler, string fileName = "run", string? assay = null, int? assayVersion = null,
            string? layout = null, Guid? round = null) =>
        {
            var body = await Bodies.Read(http, ReadLimits.Default.MaxFileBytes);
            if (!body.Ok)
                return Answers.Problem(body.Refusal);
            var json = http.Request.HasJsonContentType();
            return (await handler.Handle(http.Caller(), new LoadRun(lab, fileName, body.Value, assay, assayVersion, layout, round, json))).ToHttp();
        }).Needs(Permission.WorkInLaboratory);
        api.MapGet("/laboratories/{lab:guid}/runs", (HttpContext http, Guid lab, Store store, [FromQuery] Guid? after, int take = 50) =>
            store.Read(s => LabViews.Runs(s, http.Caller(), lab, after, Math.Clamp(take, 1, MostTaken))).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapGet("/runs/{run:guid}", (HttpContext http, Guid run, Store store) =>
            store.Read(s => LabViews.Run(s, http.Caller(), run)).ToHttp()).Needs(Permission.WorkInLaboratory);
        api.MapPost("/runs/review", async (HttpContext http, ReviewRun body, ReviewRunHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
        api.MapPost("/runs/verify", async (HttpContext http, VerifyResults body, VerifyResultsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
        api.MapPost("/runs/invalidate", async (HttpContext http, InvalidateRun body, InvalidateRunHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
        api.MapPost("/runs/release", async (HttpContext http, ReleaseRuns body, ReleaseRunsHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
    }

    static void ResultsOf(RouteGroupBuilder api)
    {
        api.MapPost("/results/amend", async (HttpContext http, AmendResult body, AmendResultHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
        api.MapPost("/results/withdraw", async (HttpContext http, WithdrawResult body, WithdrawResultHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.ReleaseResults);
        api.MapGet("/tubes/{tube:guid}/results", (HttpContext http, Guid tube, Store store) =>
            store.Read(s => LabViews.Results(s, http.Caller(), tube)).ToHttp()).Needs(Permission.SeeTubes);
    }

    static void AlertsOf(RouteGroupBuilder alerts)
    {
        alerts.MapPost("", async (HttpContext http, RaiseAlert body, RaiseAlertHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.WorkInLaboratory);
        alerts.MapGet("", (HttpContext http, Store store, [FromQuery] Guid? after, int take = 50, bool closed = false) =>
            TypedResults.Json(store.Read(s => AlertViews.Page(s, http.Caller(), closed, after, Math.Clamp(take, 1, MostTaken))))).Needs(Permission.HandleAlerts);
        alerts.MapGet("/{alert:guid}", (HttpContext http, Guid alert, Store store) =>
            store.Read(s => AlertViews.One(s, http.Caller(), alert)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/acknowledge", async (HttpContext http, AcknowledgeAlert body, AcknowledgeAlertHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/hold", async (HttpContext http, RecordHold body, RecordHoldHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/confirm", async (HttpContext http, ConfirmMember body, ConfirmMemberHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/clear", async (HttpContext http, ClearMember body, ClearMemberHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/gone", async (HttpContext http, RecordGone body, RecordGoneHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/settle", async (HttpContext http, SettleAlert body, SettleAlertHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
        alerts.MapPost("/close", async (HttpContext http, CloseAlert body, CloseAlertHandler handler) =>
            (await handler.Handle(http.Caller(), body)).ToHttp()).Needs(Permission.HandleAlerts);
    }
}

/// <summary>Reads a file that is the body of a request, up to a limit.</summary>
static class Bodies
{
    public static async Task<Outcome<byte[]>> Read(HttpContext http, long most)
    {
        if (http.Request.ContentLength > most)
            return RunRefusals.BodyTooLarge(most);
        using var memory = new MemoryStream();
        var buffer = new byte[80 * 1024];
        int count;
        while ((count = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (memory.Length + count > most)
                return RunRefusals.BodyTooLarge(most);
            memory.Write(buffer, 0, count);
        }
        return memory.ToArray();
    }
}
