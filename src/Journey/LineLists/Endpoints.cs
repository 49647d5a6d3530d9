using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.LineLists;

/// <summary>The endpoints of lists under <c>/api/lists</c>: wires use cases to addresses and nothing else.</summary>
static class Endpoints
{
    const int MostMappingBytes = 1 << 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/lists").WithTags("lists");
        Mappings(api);
        Imports(api);
        api.MapGet("/export", Export).Needs(Permission.ExportLineLists);
    }

    static void Mappings(RouteGroupBuilder api)
    {
        api.MapGet("/mappings", (MappingBook book) => Results.Json(new { items = book.All.Select(m => new { m.Name, m.Title, m.Chinese, m.Kind, m.List, m.Ready }) }))
            .Needs(Permission.InvestigateCases);
        api.MapGet("/mappings/{name}", (MappingBook book, string name) => book.All.FirstOrDefault(m => m.Name == name) is { } mapping
            ? Results.Text(mapping.Text, "application/yaml") : Answers.Problem(new MappingUnknown())).Needs(Permission.InvestigateCases);
        api.MapPost("/mappings", async (HttpContext http, MappingBook book, bool keep = false) =>
        {
            using var body = new MemoryStream();
            if (http.Request.ContentLength > MostMappingBytes)
                return Answers.Problem(new ImportTooLarge(1));
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            if (body.Length == 0)
                return Answers.Problem(new MappingEmpty());
            var found = keep ? book.Save(body.ToArray()) : ReadMapping.Of("mapping.yaml", body.ToArray());
            return keep && found.Mapping is null ? Answers.Problem(new MappingWrong(found.Findings[0]))
                : Results.Json(new { name = found.Mapping?.Name, kept = keep, findings = found.Findings });
        }).Needs(Permission.InvestigateCases).Accepts<string>("application/yaml", "text/plain", "application/octet-stream");
    }

    static void Imports(RouteGroupBuilder api)
    {
        api.MapPost("/imports", async (HttpContext http, ListJobs jobs, LineListsSettings settings, string? mapping, string? place, string? name, bool dryRun = false) =>
        {
            if (TooLarge(http, settings) is { } refusal)
                return Answers.Problem(refusal);
            var added = await jobs.Add(http.Request.Body, NameOf(name), mapping, place, dryRun, http.Caller(), http.RequestAborted);
            return added.Match(id => Results.Json(new { id }, statusCode: StatusCodes.Status202Accepted), Answers.Problem);
        }).Needs(Permission.InvestigateCases).Accepts<IFormFile>("text/csv", "application/octet-stream");
        api.MapGet("/imports/{id:guid}", (HttpContext http, ListJobs jobs, Guid id) => jobs.See(id, http.Caller()).Map(View).ToHttp()).Needs(Permission.InvestigateCases);
        api.MapPost("/imports/{id:guid}/run", (HttpContext http, ListJobs jobs, Guid id) =>
            jobs.RunTried(id, http.Caller()).Match(next => Results.Json(new { id = next }, statusCode: StatusCodes.Status202Accepted), Answers.Problem))
            .Needs(Permission.InvestigateCases);
        api.MapGet("/imports/{id:guid}/refused", (HttpContext http, ListJobs jobs, Guid id) =>
            jobs.RefusedOf(id, http.Caller()).Match(path => Results.File(path, "text/csv; charset=utf-8", "refused.csv"), Answers.Problem)).Needs(Permission.InvestigateCases);
    }

    static object View(ListJobView view) => new
    {
        view.Row.Id,
        view.Row.Mapping,
        view.Row.List,
        view.Row.FileName,
        view.Row.DryRun,
        state = view.Row.State,
        view.Row.Share,
        rows = view.Row.RowCount,
        view.Row.Accepted,
        view.Row.Updated,
        view.Row.Had,
        view.Row.Refused,
        view.Row.Drawn,
        view.Row.Waiting,
        view.Row.RefusedLinks,
        view.Summary.Reasons,
        view.Summary.Notices,
        view.Summary.Problem,
        firstRefused = view.Summary.Refused,
        firstNoticed = view.Summary.Noticed,
    };

    /// <summary>The rows lie in a file that only this program reads until the answer is through: what is written must not wait for a slow reader.</summary>
    static async Task<IResult> Export(
        HttpContext http, ExportLineListHandler handler, string rows, string purpose, string? territory, string? disease, string? columns, bool real = false, string format = "csv")
    {
        if (Word<ListKind>(rows) is not { } kind || Word<Purpose>(purpose) is not { } reason)
            return Answers.Problem(ListRefusals.ExportUnknown);
        var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        http.Response.RegisterForDisposeAsync(file);
        var workbook = format == "xlsx";
        var written = await handler.Handle(new ExportLineList(kind, reason, territory ?? "", disease,
            columns?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), real, workbook), http.Caller().Actor, http.Caller(), file);
        if (!written.Ok)
            return Answers.Problem(written.Refusal);
        file.Position = 0;
        return Results.File(file, workbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8", workbook ? "list.xlsx" : "list.csv");
    }

    /// <summary>A word as the wire has them: contact_tracing.</summary>
    static TEnum? Word<TEnum>(string text)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    internal static Refusal? TooLarge(HttpContext http, LineListsSettings settings)
    {
        var most = settings.UploadMegabytes * 1024L * 1024L;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        return http.Request.ContentLength > most ? new ImportTooLarge(settings.UploadMegabytes) : null;
    }

    /// <summary>The name that the import keeps; never a path.</summary>
    internal static string NameOf(string? name) => Path.GetFileName(name) is { Length: > 0 and <= 200 } given ? given : "upload.csv";
}
