using System.Threading.Channels;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Reads persons from a CSV file of any size.</summary>
/// <param name="Path">The file; refused rows go to PATH.refused.csv.</param>
/// <param name="DryRun">Judges every row against the store as it is and writes nothing; doubles inside the file are not seen then.</param>
/// <param name="FileName">How the job names the file; the path's last part unless given.</param>
/// <param name="FirstRefused">How many refused rows the report names.</param>
public sealed record ImportPersons(string Path, bool DryRun = false, string? FileName = null, int FirstRefused = 20);

/// <summary>How far an import is.</summary>
/// <param name="Share">0 to 1 of the file's bytes.</param>
/// <param name="Rows">Data rows that are committed.</param>
public sealed record ImportProgress(double Share, long Rows);

/// <summary>
/// Imports persons without ever asking back: wrong rows are refused with reasons beside the input, possible duplicates are taken
/// and parked as pairs. One thread reads and seals, the store's writer takes units of some thousand rows, each with the job's
/// progress in the same commit; a killed import goes on where it stopped when the same file is imported again. A finished file
/// imported again finds everything there.
/// </summary>
public sealed class ImportPersonsHandler(Store store, Keyring keyring, RegistersSettings settings, LocalDays days)
{
    readonly HashSet<string> running = [];

    /// <param name="command">The file.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Rows outside the caller's territory are refused; null is the program itself.</param>
    /// <param name="progress">Told after each unit.</param>
    public async Task<Outcome<ImportReport>> Handle(ImportPersons command, Actor actor, Caller? caller = null, IProgress<ImportProgress>? progress = null)
    {
        FileFacts facts;
        FileStream stream;
        try
        {
            stream = new FileStream(command.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
        await using var _ = stream;
        facts = FileFacts.Of(stream);
        lock (running)
            if (!running.Add(facts.Hash))
                return new ImportIsRunning();
        try
        {
            stream.Position = 0;
            using var reader = new StreamReader(stream, facts.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
            var csv = new CsvRows(reader);
            if (!csv.Read())
                return new ImportEmpty();
            var columns = PersonColumns.Of(csv);
            if (!columns.Ok)
                return columns.Refusal;
            var earlier = store.Read(s => ImportJobRow.Of(s, "persons", facts.Hash));
            var run = new PersonImportRun(store, keyring, settings, command, actor, facts, earlier is { State: ImportState.Running } ? earlier : null, Today);
            return await Read(run, csv, columns.Value, caller, command.DryRun ? null : new NamesAhead(store), () => facts.Bytes == 0 ? 1 : (double)stream.Position / facts.Bytes, progress);
        }
        finally
        {
            lock (running)
                running.Remove(facts.Hash);
        }
    }

    DateOnly Today => days.DateOf(store.Clock.GetUtcNow());

    async Task<Outcome<ImportReport>> Read(
        PersonImportRun run, CsvRows csv, PersonColumns columns, Caller? caller, NamesAhead? names, Func<double> share, IProgress<ImportProgress>? progress)
    {
        var residences = new Residences(store);
        var rules = new PersonRules(Today, settings.GuardianUnderAge, residences.Of, residences.IsDivision);
        var persons = new PersonReader(keyring, rules, caller, settings.ImportUnitRows);
        var ready = Channel.CreateBounded<(PersonBatch Batch, double Share)>(new BoundedChannelOptions(2) { SingleReader = true, SingleWriter = true });
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            try
            {
                PersonBatch batch;
                do
                {
                    batch = persons.Next(csv, columns, run.Skip);
                    batch.Words = names?.Of(batch.Rows);
                    await ready.Writer.WriteAsync((batch, share()), stop.Token);
                }
                while (!batch.Last);
                ready.Writer.Complete();
            }
            catch (Exception e)
            {
                ready.Writer.Complete(e);
            }
        }, CancellationToken.None);
        try
        {
            await foreach (var (batch, at) in ready.Reader.ReadAllAsync(CancellationToken.None))
            {
                var taken = await run.Take(batch);
                if (!taken.Ok)
                    return taken.Refusal;
                progress?.Report(new ImportProgress(at, batch.UpTo));
            }
            return run.Report();
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            run.Dispose();
        }
    }
}

/// <summary>The same file is being imported at this moment.</summary>
public sealed record ImportIsRunning() : Refusal("import_running", RefusalKind.Conflict,
    "This very file is being imported at this moment. Wait until that is done.", "该文件正在导入，请等待完成。");
