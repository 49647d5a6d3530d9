using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Registers;

/// <summary>The routes of scans, batches and taking apart. Only ids travel.</summary>
static class DuplicateEndpoints
{
    public static void Map(RouteGroupBuilder registers)
    {
        registers.MapPost("/duplicates/scan", (FindDuplicates command, DuplicateScans scans, HttpContext http) =>
            scans.Begin(command, http.Caller()).ToHttp()).Needs(Permission.MergePersons);
        registers.MapGet("/duplicates/scan/{id:guid}", (Guid id, DuplicateScans scans) =>
            scans.Of(id) is { } scan ? Results.Json(scan) : Answers.Problem(new ScanUnknown())).Needs(Permission.MergePersons);
        registers.MapPost("/persons/merge", async (MergePersons command, MergePersonsHandler handler, HttpContext http) =>
            (await handler.Handle(command, http.Caller().Actor, http.Caller())).ToHttp()).Needs(Permission.MergePersons);
        registers.MapPost("/persons/{id:guid}/unmerge", async (Guid id, UnmergeBody body, UnmergePersonHandler handler, HttpContext http) =>
            (await handler.Handle(new UnmergePerson(id, body.Reason), http.Caller())).ToHttp()).Needs(Permission.MergePersons);
        registers.MapGet("/persons/{id:guid}/merges", (Guid id, UnmergePersonHandler handler, HttpContext http) =>
            handler.Of(id, http.Caller()).Map(items => new { items }).ToHttp()).Needs(Permission.SeePersons);
    }

    sealed record UnmergeBody(string Reason);
}

/// <summary>No scan of this id runs or ran in this process.</summary>
public sealed record ScanUnknown() : Refusal("scan_unknown", RefusalKind.NotFound,
    "No scan of this id is known to this server. Start one; pairs that were found are kept.", "本服务器没有此编号的查重任务，请重新开始；已发现的记录对仍保留。");
