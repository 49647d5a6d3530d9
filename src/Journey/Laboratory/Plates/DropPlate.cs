using System.Text.Json;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A planned plate is not run 撤板: its tubes wait in the queue again. Tubes that already have a result to come stay.</summary>
public sealed record DropPlate(Guid Lab, string Name, string Reason);

public sealed class DropPlateHandler(Store store)
{
    /// <summary>How many tubes wait again.</summary>
    public async Task<Outcome<int>> Handle(Caller caller, DropPlate command)
    {
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > 500)
            return AlertRefusals.ReasonMissing;
        var found = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!found.Ok)
            return found.Refusal;
        var lab = found.Value;
        var tubes = store.Read(s => OnPlate(s, lab, command.Name));
        if (!tubes.Ok)
            return tubes.Refusal;
        return await store.Write(new WriteScope(caller.Actor, [.. tubes.Value.Select(t => t.Owner).Append(lab.Owner).Distinct()]), session =>
        {
            var back = 0;
            var note = JsonSerializer.Serialize(new { dropped = command.Name });
            foreach (var county in OnPlate(session, lab, command.Name).Value.GroupBy(t => t.Owner))
                back += Tubes.Move(session, county.Key, [.. county.Select(t => t.Id.Value)], TubeState.Queued, session.Now, note).Moved.Count;
            session.Trail(lab.Owner, "drop_plate", new Ref("laboratory", lab.Id), detail: new { plate = command.Name, tubes = back, reason = command.Reason.Trim() });
            return Outcome.Of(back);
        });
    }

    static Outcome<List<Tube>> OnPlate(Session session, LaboratoryRow lab, string name)
    {
        if (PlateLayout.Named(session, lab, name) is not { } layout)
            return LaboratoryRefusals.LayoutUnknown;
        var codes = layout.ByWell().Values.Select(w => w.Tube).OfType<string>().ToList();
        var tubes = Tubes.ByCodes(session, null, codes).FindAll(t => t.Lab == lab.Unit.Value && t.State == TubeState.InRun);
        var live = session.Query<Guid>($"SELECT DISTINCT tube FROM result WHERE tube {session.InIds("tubes")} AND state = 1",
            new { tubes = session.Keys(tubes.Select(t => t.Id.Value)) }).ToHashSet();
        return tubes.FindAll(t => !live.Contains(t.Id.Value));
    }
}
