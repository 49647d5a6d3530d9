using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Takes a waiver or a withdrawal back 恢复, under the caller's name.</summary>
/// <param name="Owner">The county of the duty.</param>
/// <param name="Duty">kind.basis.subject.</param>
/// <param name="Reason">Why, without a person's data; at most 500 characters.</param>
public sealed record ReinstateDuty(string Owner, string Duty, string Reason);

/// <summary>Judges role and territory by the duty's own place.</summary>
public sealed class ReinstateDutyHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, ReinstateDuty command) =>
        EndByHand.Write(store, caller, command.Owner, command.Duty, (session, duty) => Ledger.Reinstate(session, duty.Key, command.Reason));
}
