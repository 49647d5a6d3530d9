using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A plate layout 布板 from a CSV file: well to tube code or control.</summary>
/// <param name="Name">The plate's name or barcode, as the run will name it.</param>
public sealed record ImportPlateLayout(Guid Lab, string Name, byte[] File);

/// <param name="Layout">The layout's id; the same wells again give the same one.</param>
public sealed record PlateLayoutReceipt(Guid Layout, int Wells, IReadOnlyList<RefusedWell> Refused);

/// <summary>Imports layouts. A name stands for one layout for ever, so that a run's mapping can be followed.</summary>
public sealed class ImportPlateLayoutHandler(Store store)
{
    public Task<Outcome<PlateLayoutReceipt>> Handle(Caller caller, ImportPlateLayout command)
    {
        var found = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!found.Ok)
            return Task.FromResult<Outcome<PlateLayoutReceipt>>(found.Refusal);
        if (string.IsNullOrWhiteSpace(command.Name) || command.Name.Length > 120)
            return Task.FromResult<Outcome<PlateLayoutReceipt>>(LaboratoryRefusals.Missing("name"));
        Dictionary<string, LayoutWell> wells;
        List<RefusedWell> refused;
        try
        {
            (wells, refused) = LayoutCsv.Read(command.File, ReadLimits.Default with { MaxFileBytes = 1 << 20 });
        }
        catch (UnreadableFileException e)
        {
            return Task.FromResult<Outcome<PlateLayoutReceipt>>(e.Refusal);
        }
        if (wells.Count == 0)
            return Task.FromResult<Outcome<PlateLayoutReceipt>>(LaboratoryRefusals.LayoutEmpty);
        return store.Write(new WriteScope(caller.Actor, found.Value.Owner), session =>
            Keep(session, found.Value, command.Name.Trim(), wells).Map(id => new PlateLayoutReceipt(id, wells.Count, refused)));
    }

    internal static Outcome<Guid> Keep(WriteSession session, LaboratoryRow lab, string name, IReadOnlyDictionary<string, LayoutWell> wells)
    {
        var json = PlateLayout.ToJson(wells);
        if (PlateLayout.Named(session, lab, name) is { } there)
            return there.Wells == json ? there.Id : LaboratoryRefusals.LayoutThere;
        var layout = new PlateLayout { Owner = lab.Owner, Id = session.NewId(), Lab = lab.Id, Name = name, Wells = json, ImportedAt = session.Now };
        session.Insert(PlateLayout.Rows, [layout]);
        session.Trail(lab.Owner, "import_plate_layout", new Ref("plate_layout", layout.Id), new Ref("laboratory", lab.Id), detail: new { wells = wells.Count });
        return layout.Id;
    }
}
