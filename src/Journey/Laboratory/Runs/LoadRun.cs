using System.Security.Cryptography;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A laboratory loads an instrument's result file 结果文件, or the JSON of its own system.</summary>
/// <param name="Lab">Which laboratory.</param>
/// <param name="Content">The file as it came.</param>
/// <param name="Assay">The assay's id, or <c>protocol:DISEASE</c>; null: the setting's default.</param>
/// <param name="AssayVersion">Null: the latest.</param>
/// <param name="Layout">The name of an imported plate layout; null: wells are mapped by sample name, or by the layout of the plate's name.</param>
/// <param name="Round">Only tubes of this round; null: of any.</param>
/// <param name="Json">The content is the JSON of <see cref="RunJson"/>.</param>
/// <param name="Mapping">How to read a table that no instrument's software wrote.</param>
public sealed record LoadRun(
    Guid Lab, string FileName, byte[] Content, string? Assay = null, int? AssayVersion = null, string? Layout = null, Guid? Round = null,
    bool Json = false, ColumnMapping? Mapping = null);

/// <summary>What became of one plate.</summary>
/// <param name="Run">Null when no well of it became a result; then nothing was kept, and it may be sent again with a layout.</param>
/// <param name="AlreadyHad">The same plate of the same file was loaded before; nothing changed.</param>
/// <param name="Calls">Call → tubes.</param>
public sealed record LoadedRun(
    Guid? Run, string Plate, string State, bool AlreadyHad, int Tubes, IReadOnlyDictionary<string, int> Calls, string ControlNote,
    IReadOnlyList<IntegrityAlarm> Alarms, IReadOnlyList<RefusedWell> Refused);

/// <param name="Hash">SHA-256 of the file, lower hex.</param>
public sealed record LoadReceipt(string Hash, IReadOnlyList<LoadedRun> Runs);

/// <summary>Loads runs; each plate of a file is one. Review and release stay acts of people.</summary>
public sealed class LoadRunHandler(Store store, ProtocolBook protocols, LaboratorySettings settings, LocalDays days)
{
    const int MostWells = 1536;

    public async Task<Outcome<LoadReceipt>> Handle(Caller caller, LoadRun command)
    {
        var lab = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!lab.Ok)
            return lab.Refusal;
        var sheets = Sheets(command);
        if (!sheets.Ok)
            return sheets.Refusal;
        if (sheets.Value.FirstOrDefault(s => s.Wells.Select(w => w.Well).Distinct().Count() > MostWells) is not null)
            return RunRefusals.TooLarge(MostWells);
        var hash = Convert.ToHexStringLower(SHA256.HashData(command.Content));
        var loaded = new List<LoadedRun>();
        foreach (var sheet in sheets.Value)
        {
            var one = await Load(caller, command, lab.Value, hash, sheet);
            if (!one.Ok)
                return one.Refusal;
            loaded.Add(one.Value);
        }
        return new LoadReceipt(hash, loaded);
    }

    static Outcome<IReadOnlyList<RunSheet>> Sheets(LoadRun command)
    {
        if (command.Json)
            return RunJson.Read(command.Content).Map(s => (IReadOnlyList<RunSheet>)[s]);
        using var stream = new MemoryStream(command.Content, writable: false);
        return ResultFileReader.Read(stream, command.FileName, ReadLimits.Default, command.Mapping).Map(RunSheet.Of);
    }

    async Task<Outcome<LoadedRun>> Load(Caller caller, LoadRun command, LaboratoryRow lab, string hash, RunSheet sheet)
    {
        // The counties of the tubes are known only after they were looked up; should one be added meanwhile, it is looked up again.
        for (var tries = 0; ; tries++)
        {
            var owners = store.Read(s => Context(s, command, lab, sheet) is { Ok: true } seen ? seen.Value.Owners : []);
            var outcome = await store.Write(new WriteScope(caller.Actor, [lab.Owner, .. owners.Where(o => o != lab.Owner)]), session =>
            {
                if (Had(session, lab, hash, sheet) is { } had)
                    return Outcome.Of(had);
                var context = Context(session, command, lab, sheet);
                if (!context.Ok)
                    return context.Refusal;
                return context.Value.Owners.All(o => o == lab.Owner || owners.Contains(o))
                    ? Keep(session, command, lab, hash, sheet, context.Value)
                    : new StoreBusy { RetryAfterSeconds = 1 };
            });
            if (outcome.Ok || outcome.Refusal is not StoreBusy || tries == 3)
                return outcome;
        }
    }

    static LoadedRun? Had(Session session, LaboratoryRow lab, string hash, RunSheet sheet)
    {
        var run = session.One<RunRow>("""
            SELECT * FROM run WHERE owner = @Owner AND lab = @Id AND file_hash = @hash AND plate = @Plate AND state <> 4
            """, new { lab.Owner, lab.Id, hash, sheet.Plate });
        return run is null ? null : new LoadedRun(run.Id, run.Plate, run.State.ToString(), AlreadyHad: true, run.Tubes,
            new Dictionary<string, int>(), run.ControlNote ?? "", [], []);
    }

    Outcome<RunContext> Context(Session session, LoadRun command, LaboratoryRow lab, RunSheet sheet)
    {
        var today = days.DateOf(session is WriteSession write ? write.Now : store.Clock.GetUtcNow());
        var assay = AssayBook.Find(session, protocols, lab.Owner, command.Assay ?? settings.DefaultAssay, command.AssayVersion, today);
        if (!assay.Ok)
            return assay.Refusal;
        var layout = PlateLayout.Named(session, lab, command.Layout ?? sheet.Plate);
        if (layout is null && command.Layout is not null)
            return LaboratoryRefusals.LayoutUnknown;
        var wells = layout?.ByWell();
        var tubes = Tubes.ByCodes(session, null, WellMapping.Codes(sheet, wells)).ToLookup(t => t.Code, StringComparer.Ordinal);
        var plate = WellMapping.Map(sheet, assay.Value.Assay, wells, tubes, command.Round, lab.Unit.Value);
        return new RunContext(assay.Value, layout, plate);
    }

    Outcome<LoadedRun> Keep(WriteSession session, LoadRun command, LaboratoryRow lab, string hash, RunSheet sheet, RunContext context)
    {
        var at = sheet.EndedAt ?? sheet.StartedAt ?? session.Now;
        var judged = RunJudgement.Judge(sheet, context.Plate, context.Assay, lab.Unit.Value, lab.Capacity(),
            RunStore.ReportedOn(session, lab, days.StartOf(days.DateOf(at)), days.EndOf(days.DateOf(at))),
            RunStore.Overlaps(session, lab, sheet, hash), session.Now);
        if (judged.Tubes.Count == 0)
            return RunStore.Answer(null, sheet.Plate, judged, context.Plate.Refused);
        if (AssayBook.Keep(session, context.Assay) is { Ok: false } refused)
            return refused.Refusal;
        var run = RunStore.Row(session, command, lab, hash, sheet, context, judged, at);
        RunStore.Keep(session, run, sheet, context.Plate, judged);
        RunStore.MoveTubes(session, run, judged);
        RunStore.OpenReview(session, run, lab, settings);
        RunStore.List(session, run, judged, context.Plate.Refused);
        session.Trail(run.Owner, "load_run", new Ref("run", run.Id), new Ref("laboratory", lab.Id), detail: new
        {
            run.Tubes,
            run.Refused,
            state = run.State.ToString(),
            alarms = judged.Alarms.Select(a => a.Code),
            file = hash,
        });
        return RunStore.Answer(run, sheet.Plate, judged, context.Plate.Refused);
    }
}

/// <summary>What a plate is judged with.</summary>
sealed record RunContext(KnownAssay Assay, PlateLayout? Layout, MappedPlate Plate)
{
    public IReadOnlyList<string> Owners { get; } = [.. Plate.Tubes.Select(t => t.Tube.Owner).Distinct(StringComparer.Ordinal)];
}
