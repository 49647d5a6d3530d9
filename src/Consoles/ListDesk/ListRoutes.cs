using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.LineLists;
using Qipan.Storage;

namespace Qipan.Consoles.ListDesk;

/// <summary>Line lists 清单: send a list, try it, see what became of each row, run it. A page that waits loads itself again, without script.</summary>
static class ListRoutes
{
    public static void MapListDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/lists", (HttpContext http, Store store, MappingBook book) => Show(http, store, book)).Needs(Permission.InvestigateCases);
        app.MapPost("/lists", Send).Needs(Permission.InvestigateCases);
        app.MapGet("/lists/{id:guid}", One).Needs(Permission.InvestigateCases);
        app.MapPost("/lists/{id:guid}/run", (HttpContext http, ListJobs jobs, Guid id, IFormCollection form) =>
        {
            _ = form; // taking the form asks for its antiforgery token
            return jobs.RunTried(id, http.Caller()).Match(next => Page.See($"/lists/{next:N}"), Page.Refused);
        }).Needs(Permission.InvestigateCases);
        app.MapGet("/lists/{id:guid}/refused", (HttpContext http, ListJobs jobs, Guid id) =>
            jobs.RefusedOf(id, http.Caller()).Match(path => Results.File(path, "text/csv; charset=utf-8", "refused.csv"), Page.Refused)).Needs(Permission.InvestigateCases);
        app.MapGet("/lists/mappings/{name}", (MappingBook book, string name) => book.Named(name).Match(
            m => Page.Of<MappingPage>(new { Mapping = m }), Page.Refused)).Needs(Permission.InvestigateCases);
        app.MapPost("/lists/mappings", Keep).Needs(Permission.InvestigateCases);
    }

    static async Task<IResult> Send(
        HttpContext http, ListJobs jobs, LineListsSettings settings, IFormFile? file,
        [FromForm] string? mapping, [FromForm] string? place, [FromForm] string? run)
    {
        if (file is null or { Length: 0 })
            return Page.Refused(new ListFileMissing() { Field = "file" });
        if (file.Length > settings.UploadMegabytes * 1024L * 1024L)
            return Page.Refused(new Registers.ImportTooLarge(settings.UploadMegabytes) { Field = "file" });
        await using var content = file.OpenReadStream();
        var added = await jobs.Add(content, Path.GetFileName(file.FileName), mapping, place, dryRun: run is null, http.Caller(), http.RequestAborted);
        return added.Ok ? Page.See($"/lists/{added.Value:N}") : Page.Refused(added.Refusal);
    }

    static IResult One(HttpContext http, ListJobs jobs, Guid id)
    {
        var found = jobs.See(id, http.Caller());
        if (found.Ok && found.Value.Waits)
            http.Response.Headers["Refresh"] = "2";
        return Page.Of<ListJobPage, ListJobView>(found, m => new { Model = m });
    }

    static IResult Keep(HttpContext http, Store store, MappingBook book, [FromForm] string? text)
    {
        var found = book.Save(System.Text.Encoding.UTF8.GetBytes(text ?? ""));
        return found.Mapping is { } mapping ? Page.See($"/lists/mappings/{mapping.Name}") : Page.Refused<ListsPage>(new MappingWrong(found.Findings[0]) { Field = "text" }, Shown(http, store, book, found.Findings));
    }

    static IResult Show(HttpContext http, Store store, MappingBook book) => Page.Of<ListsPage>(Shown(http, store, book, []));

    static object Shown(HttpContext http, Store store, MappingBook book, IReadOnlyList<Protocols.Finding> findings)
    {
        var mine = http.Caller().Actor.ToString();
        var latest = store.Read(s => ListImportRow.Latest(s, 200)).FindAll(i => i.Actor == mine);
        return new { Latest = latest.Take(30).ToList(), Mappings = book.All, Findings = findings };
    }
}

/// <summary>The form was sent without a file.</summary>
sealed record ListFileMissing() : Refusal("file_missing", RefusalKind.Invalid, "Choose the list first: CSV or .xlsx.", "请先选择清单文件（CSV 或 .xlsx）。");
