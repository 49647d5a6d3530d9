using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>What an import that was sent over the network is to do; lies beside its file until that is done.</summary>
sealed record ListJob(Guid Id, string Mapping, string? Place, bool DryRun, string FileName, Caller Caller);

/// <summary>An import as its page shows it.</summary>
public sealed record ListJobView(ListImportRow Row, ListSummary Summary, bool Waits, bool MayRun);

/// <summary>
/// Imports that were sent over the network: each file is kept in the data folder and read one after the other, so that a page can be left and
/// a stopped server goes on where it was. Files and refused rows hold persons' data: only the program's owner may read them, only the sender
/// is given them, and they are removed after some days. Safe for all threads.
/// </summary>
sealed class ListJobs(
    Store store, StorageSettings storage, LineListsSettings settings, MappingBook book, ImportLineListHandler handler, ILogger<ListJobs> log) : BackgroundService
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    readonly Channel<ListJob> waiting = Channel.CreateUnbounded<ListJob>();
    readonly ConcurrentDictionary<Guid, ImportProgress> progress = new();

    string Folder => Path.Combine(storage.Folder, "lists");

    string FileOf(Guid id) => Path.Combine(Folder, $"{id:N}.list");

    string JobOf(Guid id) => Path.Combine(Folder, $"{id:N}.json");

    string DoneOf(Guid id) => Path.Combine(Folder, $"{id:N}.done");

    /// <summary>Keeps the file and puts the import in line; its id leads to its page.</summary>
    public async Task<Outcome<Guid>> Add(Stream content, string fileName, string? mapping, string? place, bool dryRun, Caller caller, CancellationToken stop)
    {
        Directory.CreateDirectory(Folder);
        var id = Uuid7.New(store.Clock);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(FileOf(id), options))
            await content.CopyToAsync(file, stop);
        var name = mapping;
        if (string.IsNullOrWhiteSpace(name))
        {
            var heads = ReadHeads.Of(FileOf(id));
            name = heads.Ok && book.Fitting(heads.Value) is [var best, ..] ? best.Mapping.Name : null;
            if (name is null)
                return Drop(id, heads.Refusal ?? new MappingUnknown() { Field = "mapping" });
        }
        if (book.All.All(m => m.Name != name))
            return Drop(id, new MappingUnknown() { Field = "mapping" });
        return Queue(new ListJob(id, name, string.IsNullOrWhiteSpace(place) ? null : place.Trim(), dryRun, fileName, caller));
    }

    /// <summary>Runs for good what was tried before, with the same file.</summary>
    public Outcome<Guid> RunTried(Guid id, Caller caller)
    {
        if (Read(id) is not { DryRun: true } tried || tried.Caller.Actor != caller.Actor || !File.Exists(FileOf(id)))
            return new ListGone();
        var next = tried with { Id = Uuid7.New(store.Clock), DryRun = false, Caller = caller };
        File.Copy(FileOf(id), FileOf(next.Id));
        return Queue(next);
    }

    /// <summary>How far an import of the caller's is, or what it did.</summary>
    public Outcome<ListJobView> See(Guid id, Caller caller)
    {
        var row = store.Read(s => ListImportRow.One(s, id));
        var job = Read(id);
        if ((row?.Actor ?? job?.Caller.Actor.ToString()) != caller.Actor.ToString())
            return new ListGone();
        row ??= new ListImportRow { Id = id, Mapping = job!.Mapping, FileName = job.FileName, DryRun = job.DryRun, Place = job.Place ?? "", StartedAt = store.Clock.GetUtcNow() };
        if (row.State == ImportState.Running && progress.TryGetValue(id, out var now))
            row = row with { Share = now.Share, RowCount = now.Rows };
        return new ListJobView(row, row.ReadSummary(), row.State == ImportState.Running, row.DryRun && row.State == ImportState.Finished && File.Exists(FileOf(id)));
    }

    /// <summary>The refused rows of an import of the caller's, as a file.</summary>
    public Outcome<string> RefusedOf(Guid id, Caller caller)
    {
        var row = store.Read(s => ListImportRow.One(s, id));
        var path = FileOf(id) + ".refused.csv";
        return row is not null && row.Actor == caller.Actor.ToString() && File.Exists(path) ? path : new ListGone();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Directory.Exists(Folder))
            foreach (var path in Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal))
                if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(path), "N", out var id) && !File.Exists(DoneOf(id)) && Read(id) is { } job)
                    waiting.Writer.TryWrite(job);
        try
        {
            await foreach (var job in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await Run(job);
                Forget();
            }
        }
        catch (OperationCanceledException)
        {
            // What waits is begun again at the next start.
        }
    }

    async Task Run(ListJob job)
    {
        try
        {
            var mapping = book.Named(job.Mapping);
            var told = new Told(p => progress[job.Id] = p);
            var outcome = !mapping.Ok ? mapping.Refusal : await handler.Handle(
                new ImportLineList(FileOf(job.Id), mapping.Value, job.Place, job.DryRun, job.FileName) { Job = job.Id }, job.Caller.Actor, job.Caller, told);
            if (!outcome.Ok)
                await Fail(job, outcome.Refusal);
            if (!job.DryRun)
                File.Delete(FileOf(job.Id));
            await File.WriteAllTextAsync(DoneOf(job.Id), "");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError("The import {Job} broke: {Kind}. It is begun again at the next start.", job.Id, e.GetType().Name);
        }
        finally
        {
            progress.TryRemove(job.Id, out _);
        }
    }

    /// <summary>A whole file was refused: its page says why.</summary>
    async Task Fail(ListJob job, Refusal refusal)
    {
        var item = new ListItem(0, null, refusal.Code, refusal.Sentence, refusal.Chinese);
        var now = store.Clock.GetUtcNow();
        var row = new ListImportRow
        {
            Id = job.Id,
            Mapping = job.Mapping,
            Kind = book.Named(job.Mapping) is { Ok: true } mapping ? mapping.Value.Kind : ListKind.Cases,
            FileName = job.FileName,
            FileHash = job.Id.ToString("N"),
            Place = job.Place ?? "",
            DryRun = job.DryRun,
            State = ImportState.Finished,
            Share = 1,
            Summary = JsonSerializer.Serialize(new ListSummary { Problem = item }, ListSummary.Json),
            StartedAt = now,
            FinishedAt = now,
            Actor = job.Caller.Actor.ToString(),
        };
        await store.Write(new WriteScope(job.Caller.Actor, WriteScope.Deployment), session =>
        {
            session.Insert(ListImportRow.Rows, [row], IfThere.Skip);
            return Outcome.Done;
        });
    }

    Outcome<Guid> Queue(ListJob job)
    {
        File.WriteAllText(JobOf(job.Id), JsonSerializer.Serialize(job, Json));
        waiting.Writer.TryWrite(job);
        return job.Id;
    }

    Refusal Drop(Guid id, Refusal refusal)
    {
        File.Delete(FileOf(id));
        return refusal;
    }

    ListJob? Read(Guid id)
    {
        try
        {
            return JsonSerializer.Deserialize<ListJob>(File.ReadAllText(JobOf(id)), Json);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    void Forget()
    {
        var before = store.Clock.GetUtcNow().UtcDateTime.AddDays(-settings.KeepDays);
        foreach (var path in Directory.GetFiles(Folder))
            if (File.GetLastWriteTimeUtc(path) < before)
                File.Delete(path);
    }

    sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}

/// <summary>No such import of this caller's, or its file is gone.</summary>
public sealed record ListGone() : Refusal("list_gone", RefusalKind.NotFound,
    "There is no such import of yours, or its file was removed. Send the file again.", "没有您的该次导入，或文件已清除，请重新上传。");
