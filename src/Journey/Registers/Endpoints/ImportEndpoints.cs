using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Files over the network, under /api/registers/imports.</summary>
static class ImportEndpoints
{
    /// <summary>How many refused rows an answer names; the client has the rows themselves.</summary>
    const int MostNamed = 1_000;

    public static void Map(RouteGroupBuilder registers)
    {
        registers.MapPost("/imports/persons", Persons).Needs(Permission.ImportFiles).Accepts<IFormFile>("text/csv", "application/octet-stream");
        registers.MapPost("/imports/places", Places).Needs(Permission.EditPlaces).Accepts<IFormFile>("text/csv", "application/octet-stream");
        registers.MapPost("/imports/boundaries", Boundaries).Needs(Permission.EditPlaces).Accepts<IFormFile>("application/geo+json", "application/json");
        registers.MapGet("/imports", Jobs).Needs(Permission.ImportFiles);
    }

    static async Task<IResult> Persons(string? name, bool? dryRun, ImportPersonsHandler handler, RegistersSettings settings, HttpContext http) =>
        await WithFile(http, settings, async path => (await handler.Handle(
            new ImportPersons(path, dryRun ?? false, NameOf(name), MostNamed), http.Caller().Actor, http.Caller())).Map(Answer).ToHttp());

    static async Task<IResult> Places(string? name, bool? dryRun, ImportPlacesHandler handler, RegistersSettings settings, HttpContext http) =>
        http.Caller().May(Permission.EditPlaces, "")
            ? await WithFile(http, settings, async path => (await handler.Handle(
                new ImportPlaces(path, dryRun ?? false) { FileName = NameOf(name) }, http.Caller().Actor)).Map(Answer).ToHttp())
            : Answers.Problem(new NotAllowedHere());

    static async Task<IResult> Boundaries(string? name, string? property, bool? dryRun, ImportBoundariesHandler handler, RegistersSettings settings, HttpContext http) =>
        await WithFile(http, settings, async path => (await handler.Handle(
            new ImportBoundaries(path, property ?? "code", dryRun ?? false) { FileName = NameOf(name) }, http.Caller().Actor, http.Caller())).Map(Answer).ToHttp());

    static IResult Jobs(Store store, int? take) => Results.Json(new
    {
        items = store.Read(s => s.Query<JobLine>(
            "SELECT id, kind, file_name, rows AS row_count, accepted, had, refused, parked, warned, started_at, finished_at, state FROM import_job ORDER BY id DESC LIMIT @take",
            new { take = Math.Clamp(take ?? 50, 1, 200) })),
    });

    /// <summary>
    /// Keeps the body in a file that only this program reads, for as long as the import runs: its hash has to be known before the
    /// first row, so that a file sent twice goes on instead of beginning again.
    /// </summary>
    static async Task<IResult> WithFile(HttpContext http, RegistersSettings settings, Func<string, Task<IResult>> import)
    {
        var most = settings.ImportMegabytes * 1024L * 1024L;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        if (http.Request.ContentLength > most)
            return Answers.Problem(new ImportTooLarge(settings.ImportMegabytes));
        var folder = Directory.CreateTempSubdirectory("qipan-import-");
        try
        {
            var path = Path.Combine(folder.FullName, "upload.csv");
            await using (var file = File.Create(path))
                await http.Request.Body.CopyToAsync(file, http.RequestAborted);
            return await import(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The name that the job keeps; never a path.</summary>
    static string NameOf(string? name) => Path.GetFileName(name) is { Length: > 0 and <= 200 } given ? given : "upload.csv";

    static ImportReport Answer(ImportReport report) => report with { RefusedFile = null };

    sealed class JobLine
    {
        public Guid Id { get; init; }

        public string Kind { get; init; } = "";

        public string FileName { get; init; } = "";

        public long RowCount { get; init; }

        public long Accepted { get; init; }

        public long Had { get; init; }

        public long Refused { get; init; }

        public long Parked { get; init; }

        public long Warned { get; init; }

        public DateTimeOffset StartedAt { get; init; }

        public DateTimeOffset? FinishedAt { get; init; }

        public ImportState State { get; init; }
    }
}

/// <summary>More than is taken over the network.</summary>
public sealed record ImportTooLarge(int Megabytes) : Refusal("import_too_large", RefusalKind.TooLarge,
    $"At most {Megabytes} MB are taken over the network. Import a larger file on the server's machine.", $"网络导入最大{Megabytes}MB，更大的文件请在服务器上导入。");
