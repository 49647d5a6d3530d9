using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>How the illness goes on 病程: admitted, eligible, discharged, monitored, done, dead; milder or more severe.</summary>
/// <param name="On">The local day; null: today. The day of the discharge or of death is the day of the outcome.</param>
public sealed record RecordCourse(
    Guid Case, ClinicalState? Clinical = null, CaseSeverity? Severity = null, DateOnly? On = null, string? Reason = null, long? Version = null);

public sealed class RecordCourseHandler(CaseActs acts, LocalDays days)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, RecordCourse command) =>
        acts.Change(caller, command.Case, command.Version, "record_course", command.Reason, (session, row) =>
        {
            var after = row with { Severity = command.Severity ?? row.Severity };
            if (command.Clinical is not { } to || to == row.Clinical)
                return after;
            var moved = CaseStates.Clinical.Move(row.Clinical, to);
            if (!moved.Ok)
                return moved.Refusal;
            var on = command.On ?? days.DateOf(session.Now);
            after = after with { Clinical = moved.Value };
            return to switch
            {
                ClinicalState.Dead => after with { Outcome = CaseOutcome.Died, OutcomeOn = on, DeathOn = on },
                ClinicalState.Discharged => after with { Outcome = CaseOutcome.Recovered, OutcomeOn = on },
                ClinicalState.Admitted when row.Outcome == CaseOutcome.Recovered => after with { Outcome = CaseOutcome.Open, OutcomeOn = null },
                _ => after,
            };
        });
}
