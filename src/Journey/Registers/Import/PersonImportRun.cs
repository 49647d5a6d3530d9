using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>The second half of an import: one unit after the other goes into the store, each with the job's progress.</summary>
sealed class PersonImportRun : IDisposable
{
    readonly Store store;
    readonly Keyring keyring;
    readonly RegistersSettings settings;
    readonly ImportPersons command;
    readonly Actor actor;
    readonly DateOnly today;
    readonly RefusedRows? refusedRows;
    readonly List<RefusedItem> first = [];
    readonly Dictionary<string, long> warnings = [];
    ImportJobRow job;
    bool stored;

    public PersonImportRun(
        Store store, Keyring keyring, RegistersSettings settings, ImportPersons command, Actor actor, FileFacts facts, ImportJobRow? earlier, DateOnly today)
    {
        (this.store, this.keyring, this.settings, this.command, this.actor, this.today) = (store, keyring, settings, command, actor, today);
        stored = earlier is not null && !command.DryRun;
        job = (command.DryRun ? null : earlier) ?? new ImportJobRow
        {
            Id = Uuid7.New(store.Clock),
            Kind = "persons",
            FileName = command.FileName ?? Path.GetFileName(command.Path),
            FileHash = facts.Hash,
            StartedAt = store.Clock.GetUtcNow(),
            Actor = actor.ToString(),
        };
        Skip = job.RowCount;
        if (!command.DryRun)
        {
            refusedRows = RefusedRows.Open(command.Path + ".refused.csv", job.RefusedBytes);
            job = job with { RefusedBytes = refusedRows.Length };
        }
    }

    /// <summary>Data rows that an earlier run has committed.</summary>
    public long Skip { get; }

    string Source => $"import:{job.Id:N}";

    public async Task<Outcome<Done>> Take(PersonBatch batch)
    {
        var before = job;
        // The store pushes back by refusing when too much waits; an import has time.
        for (var wait = 1; ; wait = Math.Min(wait * 2, 8))
        {
            var outcome = command.DryRun ? store.Read(session => Dry(session, batch, before))
                : await store.Write(new WriteScope(actor, [.. batch.Owners, WriteScope.Deployment]) { IsLarge = true }, session => Write(session, batch, before));
            if (outcome.Ok)
            {
                Count(outcome.Value.Job, outcome.Value.Unit, outcome.Value.Refused);
                return Done.Value;
            }
            if (outcome.Refusal.Kind != RefusalKind.Busy)
                return outcome.Refusal;
            await Task.Delay(TimeSpan.FromSeconds(wait), store.Clock);
        }
    }

    public ImportReport Report() => new(
        job.Id, "persons", job.RowCount, job.Accepted, job.Had, job.Refused, job.Parked, job.Warned, job.FileHash,
        job.Refused > 0 && !command.DryRun ? command.Path + ".refused.csv" : null, first)
    {
        ResumedAt = Skip,
        Warnings = warnings,
    };

    /// <summary>Without refused rows there is no file beside the input.</summary>
    public void Dispose()
    {
        refusedRows?.Dispose();
        if (refusedRows is not null && job.Refused == 0)
            File.Delete(command.Path + ".refused.csv");
    }

    Outcome<(ImportJobRow Job, PersonUnit Unit, List<RefusedRow> Refused)> Write(WriteSession session, PersonBatch batch, ImportJobRow before)
    {
        var unit = PersonUnitWriter.Write(session, keyring, batch.Rows, Source, settings, today, batch.Words);
        var refused = AllRefused(batch, unit);
        var after = Counted(before, batch, unit, refused.Count) with
        {
            RefusedBytes = refusedRows!.Write(before.RefusedBytes, refused),
            FinishedAt = batch.Last ? session.Now : null,
            State = batch.Last ? ImportState.Finished : ImportState.Running,
        };
        if (stored)
            session.Update(ImportJobRow.Rows, [after]);
        else
            session.Insert(ImportJobRow.Rows, [after]);
        if (batch.Last)
            session.Trail(WriteScope.Deployment, "import_persons", new Ref("import", after.Id), detail: new
            {
                hash = after.FileHash,
                rows = after.RowCount,
                after.Accepted,
                after.Had,
                after.Refused,
                after.Parked,
            });
        return (after, unit, refused);
    }

    Outcome<(ImportJobRow Job, PersonUnit Unit, List<RefusedRow> Refused)> Dry(Session session, PersonBatch batch, ImportJobRow before)
    {
        var unit = PersonUnitWriter.Judge(session, batch.Rows, Source, store.Clock.GetUtcNow(), () => Uuid7.New(store.Clock), settings, today);
        var refused = AllRefused(batch, unit);
        return (Counted(before, batch, unit, refused.Count), unit, refused);
    }

    static List<RefusedRow> AllRefused(PersonBatch batch, PersonUnit unit) =>
        [.. batch.Refused.Concat(unit.Refused.Select(r => new RefusedRow(r.Row.Row, r.Refusal, r.Row.Raw))).OrderBy(r => r.Row)];

    static ImportJobRow Counted(ImportJobRow job, PersonBatch batch, PersonUnit unit, int refused) => job with
    {
        RowCount = batch.UpTo,
        Accepted = job.Accepted + unit.Accepted,
        Had = job.Had + unit.Had,
        Refused = job.Refused + refused,
        Parked = job.Parked + unit.Pairs.Count,
        Warned = job.Warned + unit.Warned,
    };

    void Count(ImportJobRow after, PersonUnit unit, List<RefusedRow> refused)
    {
        (job, stored) = (after, true);
        foreach (var row in refused.Take(command.FirstRefused - first.Count))
            first.Add(new RefusedItem(row.Row, row.Refusal.Code, row.Refusal.Sentence, row.Refusal.Chinese));
        foreach (var (warning, count) in unit.Warnings)
            warnings[warning.ToString()] = warnings.GetValueOrDefault(warning.ToString()) + count;
    }
}
