using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Consoles.LabDesk;

/// <summary>The laboratory's desk, and one run.</summary>
static class LabRoutes
{
    public static void MapLabDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/lab", (HttpContext http, Store store, Guid? lab, Guid? after) =>
            Page.Of<LabPage, LabModel>(LabModel.Load(http, store, lab, after), m => new { Model = m })).Needs(Permission.WorkInLaboratory);
        app.MapPost("/lab/{lab:guid}/runs", LoadFile).Needs(Permission.WorkInLaboratory);
        app.MapPost("/lab/{lab:guid}/plates", async (HttpContext http, Guid lab, PlanPlateHandler use, [FromForm] string? name, [FromForm] int? wells) =>
        {
            var planned = await use.Handle(http.Caller(), new PlanPlate(lab, name ?? "", wells ?? 96));
            return planned.Ok ? Page.See($"/lab?lab={lab}") : Page.Refused(planned.Refusal);
        }).Needs(Permission.WorkInLaboratory);
        MapRunActs(app);
        app.MapGet("/lab/runs/{id:guid}", (HttpContext http, Store store, Guid id) => Show(http, store, id)).Needs(Permission.WorkInLaboratory);
        app.MapPost("/lab/runs/{id:guid}/review", async (HttpContext http, Guid id, ReviewRunHandler use, IFormCollection form) =>
            After(id, form, (await use.Handle(http.Caller(), new ReviewRun(id))).Refusal)).Needs(Permission.ReleaseResults);
        app.MapPost("/lab/runs/{id:guid}/release", async (HttpContext http, Guid id, ReleaseRunsHandler use, IFormCollection form) =>
        {
            var released = await use.Handle(http.Caller(), new ReleaseRuns([id]));
            return After(id, form, released.Ok ? released.Value.Items[0].Refusal : released.Refusal);
        }).Needs(Permission.ReleaseResults);
    }

    static void MapRunActs(IEndpointRouteBuilder app)
    {
        app.MapPost("/lab/runs/{id:guid}/verify", async (HttpContext http, Guid id, VerifyResultsHandler use, IFormCollection form) =>
            After(id, form, (await use.Handle(http.Caller(), new VerifyResults(id, form["reason"].ToString()))).Refusal)).Needs(Permission.ReleaseResults);
        app.MapPost("/lab/runs/{id:guid}/invalidate", async (HttpContext http, Guid id, InvalidateRunHandler use, IFormCollection form) =>
            After(id, form, (await use.Handle(http.Caller(), new InvalidateRun(id, form["reason"].ToString()))).Refusal)).Needs(Permission.ReleaseResults);
        app.MapPost("/lab/runs/{id:guid}/results/{tube:guid}", Change).Needs(Permission.ReleaseResults);
    }

    static async Task<IResult> Change(
        HttpContext http, Guid id, Guid tube, AmendResultHandler amend, WithdrawResultHandler withdraw, IFormCollection form)
    {
        var version = int.TryParse(form["version"], CultureInfo.InvariantCulture, out var counted) ? counted : 0;
        var reason = form["reason"].ToString();
        if (form["act"] == "withdraw")
            return After(id, form, (await withdraw.Handle(http.Caller(), new WithdrawResult(id, tube, version, reason))).Refusal);
        var genes = CtForm.Of(form);
        return After(id, form,
            genes.Ok ? (await amend.Handle(http.Caller(), new AmendResult(id, tube, version, genes.Value, reason))).Refusal : genes.Refusal);
    }

    static async Task<IResult> LoadFile(HttpContext http, Store store, Guid lab, LoadRunHandler use, IFormFile? file, [FromForm] string? layout)
    {
        Outcome<LoadReceipt> outcome = file switch
        {
            null or { Length: 0 } => new NoFile { Field = "file" },
            { Length: var bytes } when bytes > ReadLimits.Default.MaxFileBytes => new FileTooLarge(ReadLimits.Default.MaxFileBytes / 1024 / 1024) { Field = "file" },
            _ => await use.Handle(http.Caller(), new LoadRun(lab, Path.GetFileName(file.FileName), await Bytes(file), Layout: string.IsNullOrWhiteSpace(layout) ? null : layout.Trim(),
                Json: file.ContentType == "application/json")),
        };
        return outcome.Ok
            ? Page.Of<LabPage, LabModel>(LabModel.Load(http, store, lab, after: null), m => new { Model = m with { Loaded = outcome.Value } })
            : Page.Refused(outcome.Refusal);
    }

    static async Task<byte[]> Bytes(IFormFile file)
    {
        using var memory = new MemoryStream((int)file.Length);
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }

    static IResult After(Guid id, IFormCollection form, Refusal? refusal)
    {
        _ = form; // taking the form asks for its antiforgery token
        return refusal is null ? Page.See($"/lab/runs/{id:N}") : Page.Refused(refusal);
    }

    static IResult Show(HttpContext http, Store store, Guid id) =>
        store.Read(s => LabViews.Run(s, http.Caller(), id)).Match(
            run => Page.Of<RunPage>(new { Model = run }),
            Page.Refused);
}

/// <summary>The form was sent without a file.</summary>
sealed record NoFile() : Refusal("file_missing", RefusalKind.Invalid, "Choose the instrument's result file first.", "请先选择仪器结果文件。");

/// <summary>The file is larger than result files are.</summary>
sealed record FileTooLarge(long Megabytes) : Refusal("file_too_large", RefusalKind.TooLarge,
    $"The file is larger than {Megabytes} MB. A result file is not; check that it is the right one.", $"文件超过 {Megabytes} MB，请确认是否为结果文件。");
