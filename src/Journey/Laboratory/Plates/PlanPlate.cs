using System.Globalization;
using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>Plans the next plate 排板 from the queue: the most urgent tubes, and the controls that the assay asks for.</summary>
/// <param name="Name">The plate's name or barcode; the run is mapped by it.</param>
/// <param name="Wells">96 or 384.</param>
public sealed record PlanPlate(Guid Lab, string Name, int Wells = 96, string? Assay = null);

/// <param name="Wells">Well → tube code or control.</param>
public sealed record PlannedPlate(Guid Layout, IReadOnlyDictionary<string, LayoutWell> Wells);

public sealed class PlanPlateHandler(Store store, ProtocolBook protocols, LaboratorySettings settings, LocalDays days)
{
    public async Task<Outcome<PlannedPlate>> Handle(Caller caller, PlanPlate command)
    {
        if (string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > 120)
            return LaboratoryRefusals.Missing("name");
        if (command.Wells is not (96 or 384))
            return LaboratoryRefusals.Missing("wells");
        var found = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!found.Ok)
            return found.Refusal;
        var lab = found.Value;
        for (var tries = 0; ; tries++)
        {
            var owners = store.Read(s => TubeQueue.Of(s, lab, command.Wells)).Select(t => t.Owner).Append(lab.Owner).Distinct().ToList();
            var outcome = await store.Write(new WriteScope(caller.Actor, owners), session => Plan(session, command, lab, owners));
            if (outcome.Ok || outcome.Refusal is not StoreBusy || tries == 3)
                return outcome;
        }
    }

    Outcome<PlannedPlate> Plan(WriteSession session, PlanPlate command, LaboratoryRow lab, List<string> owners)
    {
        var assay = AssayBook.Find(session, protocols, lab.Owner, command.Assay ?? settings.DefaultAssay, null, days.DateOf(session.Now));
        if (!assay.Ok)
            return assay.Refusal;
        var controls = Controls(assay.Value.Assay);
        var tubes = TubeQueue.Of(session, lab, command.Wells - controls.Count);
        if (tubes.Count == 0)
            return LaboratoryRefusals.QueueEmpty;
        if (tubes.Exists(t => !owners.Contains(t.Owner)))
            return new StoreBusy { RetryAfterSeconds = 1 };
        var wells = Lay(tubes.DistinctBy(t => t.Code).ToList(), controls, command.Wells);
        var layout = ImportPlateLayoutHandler.Keep(session, lab, command.Name.Trim(), wells);
        if (!layout.Ok)
            return layout.Refusal;
        var note = JsonSerializer.Serialize(new { plate = layout.Value.ToString("N") });
        foreach (var county in tubes.DistinctBy(t => t.Code).GroupBy(t => t.Owner))
        {
            Tubes.Move(session, county.Key, [.. county.Where(t => t.State == TubeState.Received).Select(t => t.Id)], TubeState.Queued, session.Now, note);
            Tubes.Move(session, county.Key, [.. county.Select(t => t.Id)], TubeState.InRun, session.Now, note);
        }
        return new PlannedPlate(layout.Value, wells);
    }

    static List<WellRole> Controls(Assay assay) => [.. assay.Controls.Where(c => c.Required)
        .Select(c => c.Kind == ControlKind.Positive ? WellRole.PositiveControl : WellRole.NegativeControl).Order()];

    /// <summary>Tubes along the rows; controls in the last wells.</summary>
    internal static Dictionary<string, LayoutWell> Lay(IReadOnlyList<WaitingTube> tubes, IReadOnlyList<WellRole> controls, int wells)
    {
        var columns = WellName.Columns(wells);
        var laid = new Dictionary<string, LayoutWell>(StringComparer.Ordinal);
        for (var i = 0; i < tubes.Count; i++)
            laid[Name(i, columns)] = new LayoutWell(tubes[i].Code, null);
        for (var i = 0; i < controls.Count; i++)
            laid[Name(wells - controls.Count + i, columns)] = new LayoutWell(null, controls[i]);
        return laid;
    }

    static string Name(int at, int columns) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + at / columns)}{at % columns + 1}");
}
