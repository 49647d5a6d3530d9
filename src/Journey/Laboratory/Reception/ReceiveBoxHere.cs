using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A laboratory receives a box 接收: what was scanned is reconciled against what the facts put into it (INV-04).</summary>
/// <param name="Lab">The laboratory; its unit holds the tubes from now on.</param>
/// <param name="Owner">The county of the box.</param>
/// <param name="Tubes">Every tube in the box, as scanned, each with its reason where it is rejected.</param>
/// <param name="Unlabelled">Tubes without a code that can be read.</param>
public sealed record ReceiveBoxHere(Guid Lab, string Owner, Guid Box, IReadOnlyList<ScannedTube>? Tubes, int Unlabelled = 0);

/// <summary>Judges who receives; the reconciliation itself is Sampling's.</summary>
public sealed class ReceiveBoxHereHandler(Store store, ReceiveBoxHandler receive)
{
    public async Task<Outcome<BoxReception>> Handle(Caller caller, ReceiveBoxHere command)
    {
        var lab = store.Read(s => Laboratories.For(s, caller, command.Lab, Permission.WorkInLaboratory));
        return lab.Ok
            ? await receive.Handle(caller, new ReceiveBox(command.Owner, new BoxId(command.Box), lab.Value.Unit.Value, command.Tubes, command.Unlabelled))
            : lab.Refusal;
    }
}
