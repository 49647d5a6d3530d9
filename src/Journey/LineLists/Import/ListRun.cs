using System.Text.Json;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>The second half of an import: one unit after the other goes into the store, each with the import's progress.</summary>
sealed class ListRun : IDisposable
{
    readonly Store store;
    readonly ImportLineList command;
    readonly Actor actor;
    readonly CaseUnit cases;
    readonly ContactUnit contacts;
    readonly UnitContext context;
    readonly RowFields fields;
    readonly RefusedRows? refusedRows;
    ListSummary summary;
    ListImportRow job;
    bool stored;

    public ListRun(
        Store store, ImportLineList command, string hash, ListImportRow? earlier, Actor actor, CaseUnit cases, ContactUnit contacts, Func<Guid, UnitContext> context, RowFields fields)
    {
        (this.store, this.command, this.actor, this.cases, this.contacts, this.fields) = (store, command, actor, cases, contacts, fields);
        stored = earlier is not null;
        job = earlier ?? new ListImportRow
        {
            Id = command.Job ?? Uuid7.New(store.Clock),
            Mapping = command.Mapping.Name,
            List = command.Mapping.List,
            Kind = command.Mapping.Kind,
            FileName = command.FileName ?? Path.GetFileName(command.Path),
            FileHash = hash,
            Place = command.Place ?? "",
            DryRun = command.DryRun,
            StartedAt = store.Clock.GetUtcNow(),
            Actor = actor.ToString(),
        };
        Skip = job.RowCount;
        summary = job.ReadSummary() with { Unread = fields.Unread };
        this.context = context(job.Id);
        if (command.DryRun)
            return;
        refusedRows = RefusedRows.Open(command.Path + ".refused.csv", job.RefusedBytes);
        job = job with { RefusedBytes = refusedRows.Length };
    }

    /// <summary>Data rows that an earlier run has committed.</summary>
    public long Skip { get; }

    /// <summary>Data rows so far.</summary>
    public long Rows => job.RowCount;

    public async Task<Outcome<Done>> Take(RowBatch batch)
    {
        var before = job;
        var owners = Owners(batch);
        // The store pushes back by refusing when too much waits; an import has time.
        for (var wait = 1; ; wait = Math.Min(wait * 2, 8))
        {
            var outcome = await store.Write(new WriteScope(actor, owners) { IsLarge = true }, session => Unit(session, batch, before));
            if (outcome.Ok || outcome.Refusal is DryRunTakenBack)
            {
                var did = outcome.Ok ? outcome.Value : ((DryRunTakenBack)outcome.Refusal).Did;
                (job, summary, stored) = (did.Job, did.Summary, !command.DryRun);
                context.Seen?.Keep(did.Result);
                return Done.Value;
            }
            if (outcome.Refusal.Kind != RefusalKind.Busy)
                return outcome.Refusal;
            await Task.Delay(TimeSpan.FromSeconds(wait), store.Clock);
        }
    }

    /// <summary>Draws the links that waited, and closes the import.</summary>
    public async Task<Outcome<ListReport>> Finish()
    {
        if (!command.DryRun)
        {
            var links = await new DrawLinks(store).Run(job.List, actor);
            if (!links.Ok)
                return links.Refusal;
            job = job with { Drawn = job.Drawn + links.Value.Drawn, Waiting = links.Value.Waiting, RefusedLinks = job.RefusedLinks + links.Value.Refused };
        }
        job = job with { State = ImportState.Finished, FinishedAt = store.Clock.GetUtcNow(), Share = 1, Summary = JsonSerializer.Serialize(summary, ListSummary.Json) };
        var closed = await store.Write(new WriteScope(actor, WriteScope.Deployment), session =>
        {
            if (command.DryRun)
            {
                session.Insert(ListImportRow.Rows, [job]);
                return Outcome.Done;
            }
            session.Update(ListImportRow.Rows, [job]);
            session.Update(ImportJobRow.Rows, [job.Job()]);
            session.Trail(WriteScope.Deployment, "import_" + job.Job().Kind, new Ref("import", job.Id), detail: new
            {
                job.Mapping,
                job.List,
                hash = job.FileHash,
                rows = job.RowCount,
                job.Accepted,
                job.Updated,
                job.Had,
                job.Refused,
                job.Drawn,
                job.Waiting,
            });
            return Outcome.Done;
        });
        return closed.Ok ? Report() : closed.Refusal;
    }

    /// <summary>Without refused rows there is no file beside the input.</summary>
    public void Dispose()
    {
        refusedRows?.Dispose();
        if (refusedRows is not null && job.Refused == 0)
            File.Delete(command.Path + ".refused.csv");
    }

    string[] Owners(RowBatch batch)
    {
        var owners = batch.Drafts.SelectMany(d => d.Owners).ToHashSet(StringComparer.Ordinal);
        owners.Add(WriteScope.Deployment);
        var named = batch.Drafts.SelectMany(d => d switch
        {
            LinkDraft link => new[] { link.From, link.To },
            ContactDraft contact => [contact.Case],
            _ => [],
        }).Distinct().ToList();
        var own = batch.Drafts.OfType<CaseDraft>().Select(d => d.Id).Concat(named).ToList();
        owners.UnionWith(store.Read(s => ListRow.Known(s, job.List, ListKind.Cases, own)).Values.Select(r => r.Owner));
        return [.. owners];
    }

    Outcome<UnitDid> Unit(WriteSession session, RowBatch batch, ListImportRow before)
    {
        foreach (var draft in batch.Drafts)
            draft.Notices.RemoveAll(n => n is ListNotices.SamePerson or ListNotices.WaitsForCase or ListNotices.MayBeDouble or ListNotices.RegisteredElsewhere
                or ListNotices.PersonDiffers or ListNotices.ContactThere);
        var result = command.Mapping.Kind switch
        {
            ListKind.Cases => cases.Write(session, context, [.. batch.Drafts.Cast<CaseDraft>()]),
            ListKind.Links => LinkUnit.Write(session, context, [.. batch.Drafts.Cast<LinkDraft>()]),
            ListKind.Contacts => contacts.Write(session, context, [.. batch.Drafts.Cast<ContactDraft>()]),
        };
        var refused = batch.Refused.Concat(result.Rows.Where(r => r.Refusal is not null)
            .Select(r => (r.Draft.Row, Column: fields.HeadOf(r.Refusal!.Field), Refusal: r.Refusal!, r.Draft.Raw))).OrderBy(r => r.Row).ToList();
        var next = summary.Plus(refused.Select(r => (r.Row, r.Column, r.Refusal)), result.Rows);
        var after = before with
        {
            RowCount = batch.UpTo,
            Share = batch.Share * 0.98,
            Accepted = before.Accepted + result.Rows.Count(r => r.Verdict == ListVerdict.Accepted),
            Updated = before.Updated + result.Rows.Count(r => r.Verdict == ListVerdict.Updated),
            Had = before.Had + result.Rows.Count(r => r.Verdict == ListVerdict.AlreadyHad),
            Refused = before.Refused + refused.Count,
            Noticed = before.Noticed + result.Rows.Count(r => r.Verdict != ListVerdict.Refused && r.Draft.Notices.Count > 0),
            Parked = before.Parked + result.Parked,
            Drawn = before.Drawn + result.Drawn,
            Summary = JsonSerializer.Serialize(next, ListSummary.Json),
        };
        if (command.DryRun)
            return new DryRunTakenBack(new UnitDid(result, next, after));
        after = after with
        {
            RefusedBytes = refusedRows!.Write(before.RefusedBytes, refused.Select(r => new RefusedRow(r.Row, Named(r.Refusal, r.Column), r.Raw))),
        };
        if (stored)
        {
            session.Update(ListImportRow.Rows, [after]);
            session.Update(ImportJobRow.Rows, [after.Job()]);
        }
        else
        {
            session.Insert(ListImportRow.Rows, [after]);
            session.Insert(ImportJobRow.Rows, [after.Job()]);
        }
        return new UnitDid(result, next, after);
    }

    static Refusal Named(Refusal refusal, string? column) =>
        column is null ? refusal : refusal with { Sentence = $"{column}: {refusal.Sentence}", Chinese = $"{column}：{refusal.Chinese}" };

    ListReport Report() => new(
        job.Id, job.Mapping, job.List, job.Kind, command.DryRun, job.RowCount, job.Accepted, job.Updated, job.Had, job.Refused, job.Parked,
        job.Drawn, job.Waiting, job.RefusedLinks, "", job.Refused > 0 && !command.DryRun ? command.Path + ".refused.csv" : null)
    {
        ResumedAt = Skip,
        Reasons = summary.Reasons,
        Notices = summary.Notices,
        Unread = summary.Unread,
        FirstRefused = [.. summary.Refused.Take(command.FirstRows)],
        FirstNoticed = [.. summary.Noticed.Take(command.FirstRows)],
    };

    internal sealed record UnitDid(UnitResult Result, ListSummary Summary, ListImportRow Job);

    /// <summary>A dry run's unit is taken back by refusing it; what it would have done comes along.</summary>
    sealed record DryRunTakenBack(UnitDid Did) : Refusal("dry_run", RefusalKind.Conflict, "This was a dry run; nothing was kept.", "此为试运行，未保存任何数据。");
}
