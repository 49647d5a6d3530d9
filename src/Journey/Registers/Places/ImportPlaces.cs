using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Reads a file of places, census figures, code changes or reporting units; which one, its header says.</summary>
/// <param name="Path">The file; refused rows go to PATH.refused.csv.</param>
/// <param name="DryRun">Judges everything and writes nothing, no file beside the input either.</param>
public sealed record ImportPlaces(string Path, bool DryRun = false)
{
    /// <summary>How the job names the file; the path's last part unless given.</summary>
    public string? FileName { get; init; }
}

/// <summary>
/// Adds places and changes those whose name or data differ; takes nothing away. The same file again changes nothing. Rows whose
/// parent is neither in the tree nor earlier in the file are refused.
/// </summary>
public sealed class ImportPlacesHandler(Store store)
{
    const int UnitRows = 10_000;
    const int FirstRefused = 20;

    public async Task<Outcome<ImportReport>> Handle(ImportPlaces command, Actor actor)
    {
        FileFacts facts;
        try
        {
            await using var first = File.OpenRead(command.Path);
            facts = FileFacts.Of(first);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
        using var reader = new StreamReader(command.Path, facts.Encoding);
        var file = PlaceFile.Open(reader);
        return file.Ok ? await Read(file.Value, command, facts, actor) : file.Refusal;
    }

    async Task<Outcome<ImportReport>> Read(PlaceFile file, ImportPlaces command, FileFacts facts, Actor actor)
    {
        var job = new ImportJobRow
        {
            Id = Uuid7.New(store.Clock),
            Kind = "places",
            FileName = command.FileName ?? Path.GetFileName(command.Path),
            FileHash = facts.Hash,
            StartedAt = store.Clock.GetUtcNow(),
            Actor = actor.ToString(),
        };
        var refused = new List<RefusedRow>();
        var more = true;
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (more)
        {
            var unit = new PlaceUnit(file.Kind);
            while (unit.Count < UnitRows && (more = file.Read()))
                unit.Take(file);
            var before = job;
            string[] owners = [.. unit.Owners.Append(WriteScope.Deployment).Distinct()];
            var outcome = command.DryRun
                ? store.Read(session => Outcome.Of(unit.Judge(session, known)))
                : await store.Write(new WriteScope(actor, owners), session =>
                {
                    var judged = unit.Judge(session, known);
                    unit.Write(session, judged);
                    var done = Counted(before, judged) with { FinishedAt = more ? null : session.Now, State = more ? ImportState.Running : ImportState.Finished };
                    if (before.RowCount == 0)
                        session.Insert(ImportJobRow.Rows, [done], IfThere.Skip);
                    session.Update(ImportJobRow.Rows, [done]);
                    if (!more)
                        session.Trail(WriteScope.Deployment, "import_places", new Ref("import", job.Id), detail: new { job.FileHash, rows = done.RowCount, done.Accepted });
                    return Outcome.Of(judged);
                });
            if (!outcome.Ok)
                return outcome.Refusal;
            job = Counted(job, outcome.Value);
            refused.AddRange(outcome.Value.Refused);
            known.UnionWith(outcome.Value.Codes);
        }
        string? beside = null;
        if (refused.Count > 0 && !command.DryRun)
        {
            beside = command.Path + ".refused.csv";
            using var rows = RefusedRows.Open(beside, 0);
            rows.Write(rows.Length, refused);
        }
        return new ImportReport(job.Id, "places", job.RowCount, job.Accepted, job.Had, job.Refused, 0, 0, facts.Hash, beside,
            [.. refused.Take(FirstRefused).Select(r => new RefusedItem(r.Row, r.Refusal.Code, r.Refusal.Sentence, r.Refusal.Chinese))]);
    }

    static ImportJobRow Counted(ImportJobRow job, JudgedPlaces judged) => job with
    {
        RowCount = job.RowCount + judged.Rows,
        Accepted = job.Accepted + judged.Accepted,
        Had = job.Had + judged.Had,
        Refused = job.Refused + judged.Refused.Count,
    };
}
