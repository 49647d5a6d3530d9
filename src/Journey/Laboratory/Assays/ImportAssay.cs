using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A laboratory brings an assay 检测试剂 as a file: a definition that is known keeps its version, a changed one gets the next.</summary>
/// <param name="Lab">Who uses it.</param>
/// <param name="Id">Its name in runs: lower-case letters, digits and dashes.</param>
/// <param name="Definition">Genes, cut-off, grey zone, controls.</param>
public sealed record ImportAssay(Guid Lab, string Id, Assay Definition);

public sealed class ImportAssayHandler(Store store)
{
    /// <summary>The version under which runs name it.</summary>
    public Task<Outcome<int>> Handle(Caller caller, ImportAssay command)
    {
        var lab = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!lab.Ok)
            return Task.FromResult<Outcome<int>>(lab.Refusal);
        if (RegisterAssayHandler.Check(new RegisterAssay(command.Lab, command.Id, 1, "", command.Definition)) is { } refusal)
            return Task.FromResult<Outcome<int>>(refusal);
        return store.Write(new WriteScope(caller.Actor, lab.Value.Owner), session => Keep(session, lab.Value, command));
    }

    static Outcome<int> Keep(WriteSession session, LaboratoryRow lab, ImportAssay command)
    {
        var latest = session.One<AssayRow>("SELECT * FROM assay WHERE owner = @Owner AND id = @Id ORDER BY version DESC LIMIT 1", new { lab.Owner, command.Id });
        if (latest?.Definition == AssayBook.ToJson(command.Definition))
            return latest.Version;
        var known = new KnownAssay(lab.Owner, command.Id, (latest?.Version ?? 0) + 1, command.Definition, LeastMinutes: 0);
        if (AssayBook.Keep(session, known) is { Ok: false } refused)
            return refused.Refusal;
        session.Trail(lab.Owner, "register_assay", new Ref("assay", $"{known.Id}@{known.Version}"), new Ref("laboratory", lab.Id));
        return known.Version;
    }
}
