using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>The case has been reported over the network 网络直报: ends the clock of the report.</summary>
/// <param name="At">When; null: now. Not before it was found, and not in the future.</param>
public sealed record ReportCase(Guid Case, DateTimeOffset? At = null, long? Version = null);

public sealed class ReportCaseHandler(CaseActs acts)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, ReportCase command) =>
        acts.Change(caller, command.Case, command.Version, "report_case", null, (session, row) =>
        {
            if (row.ReportAt is not null)
                return CaseRefusals.AlreadyReported;
            var at = command.At ?? session.Now;
            if (at > session.Now)
                return CaseRefusals.Future("at", "time of the report", "报告时间");
            return row with { ReportAt = at, ReportedBy = session.Actor.ToString() };
        }, (session, row, changes) => CaseDuties.Done(session, row, DutyKind.ReportCase, changes, "report_at"));
}
