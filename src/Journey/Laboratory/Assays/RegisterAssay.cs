using System.Buffers;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A laboratory registers a version of an assay 检测试剂: cut-offs and controls after the kit's insert.</summary>
/// <param name="Lab">Who uses it.</param>
/// <param name="Id">Its name in runs: lower-case letters, digits and dashes.</param>
/// <param name="Version">1 and up; a version never changes.</param>
/// <param name="Kit">Maker, product and lot family, as on the box.</param>
/// <param name="Definition">Genes, cut-off, grey zone, controls.</param>
/// <param name="LeastMinutes">The shortest time in which the kit's programme can run; 0 where the insert does not say.</param>
public sealed record RegisterAssay(Guid Lab, string Id, int Version, string Kit, Assay Definition, int LeastMinutes = 0);

/// <summary>Registers assays; the same version twice changes nothing.</summary>
public sealed class RegisterAssayHandler(Store store)
{
    static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public Task<Outcome<Done>> Handle(Caller caller, RegisterAssay command)
    {
        var lab = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        if (!lab.Ok)
            return Task.FromResult<Outcome<Done>>(lab.Refusal);
        if (Check(command) is { } refusal)
            return Task.FromResult<Outcome<Done>>(refusal);
        var known = new KnownAssay(lab.Value.Owner, command.Id, command.Version, command.Definition, command.LeastMinutes);
        return store.Write(new WriteScope(caller.Actor, lab.Value.Owner), session =>
        {
            if (AssayBook.Keep(session, known, command.Kit) is { Ok: false } refused)
                return refused;
            session.Trail(known.Owner, "register_assay", new Ref("assay", $"{known.Id}@{known.Version}"), new Ref("laboratory", command.Lab));
            return Outcome.Done;
        });
    }

    internal static Refusal? Check(RegisterAssay command)
    {
        if (command.Id is not { Length: > 0 and <= 60 } || command.Id.AsSpan().ContainsAnyExcept(Letters))
            return LaboratoryRefusals.AssayInvalid("An assay's id is lower-case letters, digits and dashes.", "试剂方案标识须为小写字母、数字和连字符。");
        if (command.Version < 1 || command.LeastMinutes < 0 || command.Kit is null || command.Definition is null)
            return LaboratoryRefusals.AssayInvalid("An assay has a version from 1, a kit, a definition and no negative time.", "试剂方案须有版本（从1起）、试剂盒、定义，时间不得为负。");
        return AssayFile.Check(command.Definition);
    }
}
