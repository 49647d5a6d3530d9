using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>Another person has looked at the report 审核: ends the clock of the review.</summary>
public sealed record ReviewCase(Guid Case, long? Version = null);

public sealed class ReviewCaseHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, ReviewCase command) =>
        acts.Change(caller, command.Case, command.Version, "review_case", null, (session, row) =>
        {
            if (row.ReportAt is null)
                return CaseRefusals.NotReported;
            if (row.ReviewedAt is not null)
                return CaseRefusals.AlreadyReviewed;
            if (row.ReportedBy == session.Actor.ToString())
                return CaseRefusals.SamePerson;
            return row with { ReviewedAt = session.Now, ReviewedBy = session.Actor.ToString() };
        }, (session, row, changes) => CaseDuties.Done(session, row, DutyKind.ReviewCase, changes, "reviewed_at"));
}
