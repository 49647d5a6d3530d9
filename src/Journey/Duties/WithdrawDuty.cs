using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>
/// Withdraws one open or done duty by hand 撤销, where its kind allows it: what nobody else would take back, as a discrepancy that
/// was none.
/// </summary>
/// <param name="Owner">The county of the duty.</param>
/// <param name="Duty">kind.basis.subject.</param>
/// <param name="Reason">Why, without a person's data; at most 500 characters.</param>
public sealed record WithdrawDuty(string Owner, string Duty, string Reason);

/// <summary>Judges role and territory by the duty's own place, and the kind by <see cref="DutyKindFacts.WithdrawnByHand"/>.</summary>
public sealed class WithdrawDutyHandler(Store store)
{
    public Task<Outcome<Done>> Handle(Caller caller, WithdrawDuty command) =>
        EndByHand.Write(store, caller, command.Owner, command.Duty, (session, duty) =>
        {
            if (!DutyKinds.Of(duty.Kind).WithdrawnByHand)
                return new FallsWithItsBasis();
            if (session.Actor.Kind != ActorKind.Staff)
                return new NameMissing();
            var moved = DutyStates.Table.Move(duty.State, DutyState.Withdrawn);
            if (!moved.Ok)
                return moved.Refusal;
            return Ledger.WithdrawFrom(session,
                "SELECT owner, kind, basis_id, subject_id FROM duty WHERE owner = @Owner AND kind = @Kind AND basis_id = @BasisId AND subject_id = @SubjectId",
                new { duty.Owner, duty.Kind, duty.BasisId, duty.SubjectId }, command.Reason).Map(_ => Done.Value);
        });
}
