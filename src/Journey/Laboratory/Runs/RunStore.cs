using System.Text.Json;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>The rows that a loaded run leaves.</summary>
static class RunStore
{
    public static RunRow? ById(Session session, Guid id) => session.One<RunRow>("SELECT * FROM run WHERE id = @id", new { id });

    /// <summary>Tubes that the laboratory reported in runs that ended in this span, by kind; invalid runs are not counted.</summary>
    public static Dictionary<int, int> ReportedOn(Session session, LaboratoryRow lab, DateTimeOffset from, DateTimeOffset to)
    {
        var counted = new Dictionary<int, int>();
        var runs = session.Query<string>("""
            SELECT kinds FROM run WHERE owner = @Owner AND lab = @Id AND amplified_at >= @from AND amplified_at < @to AND state <> 4
            """, new { lab.Owner, lab.Id, from, to });
        foreach (var (kind, tubes) in runs.SelectMany(k => JsonSerializer.Deserialize<Dictionary<int, int>>(k)!))
            counted[kind] = counted.GetValueOrDefault(kind) + tubes;
        return counted;
    }

    /// <summary>True when the same instrument, known by its serial number, reports another file's run in the same time.</summary>
    public static bool Overlaps(Session session, LaboratoryRow lab, RunSheet sheet, string hash) =>
        sheet is { Serial: { Length: > 0 } serial, StartedAt: { } start, EndedAt: { } end } && session.Scalar<long>("""
            SELECT count(*) FROM run WHERE owner = @Owner AND lab = @Id AND serial = @serial AND state <> 4 AND file_hash <> @hash
              AND started_at < @end AND amplified_at > @start
            """, new { lab.Owner, lab.Id, serial, hash, start, end }) > 0;

    public static RunRow Row(
        WriteSession session, LoadRun command, LaboratoryRow lab, string hash, RunSheet sheet, RunContext context, JudgedRun judged, DateTimeOffset at) => new()
        {
            Owner = lab.Owner,
            Id = session.NewId(),
            Lab = lab.Id,
            Assay = context.Assay.Id,
            AssayVersion = context.Assay.Version,
            AssayOwner = context.Assay.Owner,
            Round = command.Round,
            FileName = Path.GetFileName(command.FileName),
            FileHash = hash,
            Instrument = sheet.Instrument,
            Serial = sheet.Serial,
            Plate = sheet.Plate,
            Layout = context.Layout?.Id,
            State = Walk(judged.Stands),
            LoadedAt = session.Now,
            LoadedBy = session.Actor.ToString(),
            StartedAt = sheet.StartedAt,
            AmplifiedAt = at,
            ControlNote = judged.ControlNote,
            Integrity = judged.Alarms.Count == 0 ? null : JsonSerializer.Serialize(judged.Alarms, JsonSerializerOptions.Web),
            Kinds = JsonSerializer.Serialize(judged.Tubes.GroupBy(t => (int)t.Well.Tube.Kind).ToDictionary(g => g.Key, g => g.Count())),
            Tubes = judged.Tubes.Count,
            Refused = context.Plate.Refused.Count,
        };

    /// <summary>A file comes from a finished run: it passes through the states to the verdict of its controls.</summary>
    static RunState Walk(bool stands)
    {
        var amplified = RunStates.Table.Move(RunState.Loaded, RunState.Amplified).Value;
        return RunStates.Table.Move(amplified, stands ? RunState.ControlOk : RunState.ControlFailed).Value;
    }

    public static void Keep(WriteSession session, RunRow run, RunSheet sheet, MappedPlate plate, JudgedRun judged)
    {
        session.Insert(RunRow.Rows, [run]);
        var tubeOf = judged.Tubes.ToDictionary(t => t.Well.Well, t => t.Well.Tube.Id.Value);
        session.Insert(RunWellRow.Rows, [.. sheet.Wells.DistinctBy(w => (w.Well, TargetOf(w))).Select(w => new RunWellRow
        {
            Owner = run.Owner,
            Run = run.Id,
            Well = w.Well,
            Target = TargetOf(w),
            Sample = w.Sample,
            Task = w.Task,
            Role = w.Role,
            Ct = w.Ct,
            Reading = w.Omitted ? CtReading.Blank : w.Reading,
            Tube = tubeOf.TryGetValue(w.Well, out var tube) ? tube : null,
            Raw = w.Remark,
        })]);
        session.Insert(RunRefusalRow.Rows, [.. plate.Refused.Select((r, i) => new RunRefusalRow
        {
            Owner = run.Owner,
            Run = run.Id,
            Seq = i + 1,
            Well = r.Well,
            Place = r.Place,
            Code = r.Code,
            Sentence = r.Sentence,
            Chinese = r.Chinese,
        })]);
        session.Insert(ResultRow.Rows, [.. judged.Tubes.Select(t => new ResultRow
        {
            Owner = t.Well.Tube.Owner,
            Id = session.NewId(),
            Tube = t.Well.Tube.Id.Value,
            Run = run.Id,
            Version = 1,
            Call = t.Call,
            Ct = JsonSerializer.Serialize(t.Genes),
            State = judged.Stands ? ResultState.Preliminary : ResultState.Withdrawn,
            ReportedAt = session.Now,
            Reason = judged.Stands ? null : "control_failed",
            Verified = t.Alarm is null,
            Alarm = t.Alarm,
        })]);
    }

    /// <summary>The gene's name; where the file names none, the dye stands for it.</summary>
    static string TargetOf(ResultWell well) => well.Target.Length > 0 ? well.Target : well.Dye is { } dye ? "dye " + dye : "";

    /// <summary>Received tubes go onto the plate; where a control failed they go to the queue. Tubes that are further stay there.</summary>
    public static void MoveTubes(WriteSession session, RunRow run, JudgedRun judged)
    {
        var note = JsonSerializer.Serialize(new { run = run.Id.ToString("N") });
        foreach (var county in judged.Tubes.GroupBy(t => t.Well.Tube.Owner))
        {
            var received = county.Where(t => t.Well.Tube.State == TubeState.Received).Select(t => t.Well.Tube.Id.Value).ToList();
            if (received.Count > 0)
                Tubes.Move(session, county.Key, received, TubeState.Queued, session.Now, note);
            var queued = county.Where(t => t.Well.Tube.State is TubeState.Received or TubeState.Queued).Select(t => t.Well.Tube.Id.Value).ToList();
            if (judged.Stands && queued.Count > 0)
                Tubes.Move(session, county.Key, queued, TubeState.InRun, session.Now, note);
            var planned = county.Where(t => t.Well.Tube.State == TubeState.InRun).Select(t => t.Well.Tube.Id.Value).ToHashSet();
            if (judged.Stands || planned.Count == 0)
                continue;
            planned.ExceptWith(InOtherRuns(session, county.Key, planned));
            Tubes.Move(session, county.Key, planned, TubeState.Queued, session.Now, note);
        }
    }

    /// <summary>Tubes whose result in another run is still to come.</summary>
    static List<Guid> InOtherRuns(Session session, string owner, IEnumerable<Guid> tubes) => session.Query<Guid>(
        $"SELECT DISTINCT tube FROM result WHERE owner = @owner AND tube {session.InIds("tubes")} AND state = 1", new { owner, tubes = session.Keys(tubes) });

    public static void OpenReview(WriteSession session, RunRow run, LaboratoryRow lab, LaboratorySettings settings)
    {
        if (run.State != RunState.ControlOk)
            return;
        Ledger.Open(session, [new NewDuty
        {
            Owner = run.Owner,
            Kind = DutyKind.ReviewRun,
            Subject = run.Id,
            Basis = new Ref("run", run.Id),
            Area = lab.Owner,
            OwnerUnit = lab.Unit,
            DueAt = session.Now.AddMinutes(settings.ReviewMinutes),
        }]);
    }

    /// <summary>What does not agree is listed until somebody closes it: refused wells and integrity alarms, one each per reason.</summary>
    public static void List(WriteSession session, RunRow run, JudgedRun judged, IReadOnlyList<RefusedWell> refused)
    {
        var found = refused.GroupBy(r => r.Code).Select(g => new NewDiscrepancy(
                "lab_wells_refused", "run", run.Id, g.Key, Detail(g.Key, g.Select(r => r.Well)), run.Round, run.Owner))
            .Concat(judged.Alarms.Select(a => new NewDiscrepancy("lab_integrity", "run", run.Id, a.Code, Detail(a.Code, a.Wells), run.Round, run.Owner)))
            .ToList();
        if (found.Count > 0)
            Discrepancies.Open(session, run.Owner, found);

        static string Detail(string code, IEnumerable<string> wells) =>
            JsonSerializer.Serialize(new { code, wells = wells.Where(w => w.Length > 0).Distinct() });
    }

    public static LoadedRun Answer(RunRow? run, string plate, JudgedRun judged, IReadOnlyList<RefusedWell> refused) => new(
        run?.Id, plate, run?.State.ToString() ?? "NothingKept", AlreadyHad: false, judged.Tubes.Count,
        judged.Tubes.GroupBy(t => t.Call).OrderBy(g => g.Key).ToDictionary(g => g.Key.Name(), g => g.Count()),
        judged.ControlNote, judged.Alarms, refused);
}
