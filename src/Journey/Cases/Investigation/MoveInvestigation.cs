using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// The investigation is one step further 流调进展: contacted, core done, full done, reviewed by another person, reopened. Core and full end
/// their clocks; reopened, the clock of the full investigation runs again.
/// </summary>
public sealed record MoveInvestigation(Guid Case, InvestigationState To, string? Reason = null, long? Version = null);

public sealed class MoveInvestigationHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, MoveInvestigation command) =>
        acts.Change(caller, command.Case, command.Version, "move_investigation", command.Reason, (session, row) =>
        {
            var moved = CaseStates.Investigations.Move(row.Investigation, command.To);
            if (!moved.Ok)
                return moved.Refusal;
            if (command.To == InvestigationState.Reopened && CaseRefusals.Reason(command.Reason) is { } missing)
                return missing;
            return command.To == InvestigationState.Reviewed && FinishedBy(session, row) == session.Actor.ToString()
                ? CaseRefusals.SamePerson : row with { Investigation = moved.Value };
        }, Follow);

    static string? FinishedBy(Storage.Session session, CaseRow row) =>
        CaseHistory.Of(session, row.Owner, row.Id).LastOrDefault(c => c is { Field: "investigation", NewValue: "full_done" })?.Actor;

    static void Follow(Storage.WriteSession session, CaseRow row, List<CaseChangeRow> changes)
    {
        var before = InvestigationRow.Of(session, row);
        var after = before with { State = row.Investigation, Version = before.Version + 1 };
        session.Update(InvestigationRow.Rows, [row.Investigation switch
        {
            InvestigationState.Contacted => after with { ContactedAt = session.Now },
            InvestigationState.CoreDone => after with { CoreAt = session.Now },
            InvestigationState.FullDone => after with { FullAt = session.Now },
            InvestigationState.Reviewed => after with { ReviewedAt = session.Now, ReviewedBy = session.Actor.ToString() },
            InvestigationState.Reopened => after with { ReopenedAt = session.Now, FullAt = null, ReviewedAt = null, ReviewedBy = null },
            _ => after,
        }]);
        if (row.Investigation is InvestigationState.CoreDone or InvestigationState.FullDone)
            CaseDuties.Done(session, row, DutyKind.InvestigateCore, changes, "investigation");
        if (row.Investigation == InvestigationState.FullDone)
            CaseDuties.Done(session, row, DutyKind.InvestigateFull, changes, "investigation");
        if (row.Investigation == InvestigationState.Reopened)
            CaseDuties.Fell(session, row, DutyKind.InvestigateFull);
    }
}
