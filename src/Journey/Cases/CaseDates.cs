using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>
/// What the days of a case may be to each other. Pure. What cannot be is refused; what is rare is flagged, because a person who was found
/// without symptoms may fall ill after the report.
/// </summary>
static class CaseDates
{
    /// <summary>The flags of the row with those of its days set as they must be, or why its days cannot be.</summary>
    /// <param name="row">As it would be kept.</param>
    /// <param name="today">The local day.</param>
    /// <param name="days">To which day an instant belongs.</param>
    public static Outcome<string> Judge(CaseRow row, DateOnly today, LocalDays days)
    {
        if (row.Onset > today)
            return CaseRefusals.Future("onset", "day of onset", "发病日期");
        if (row.DeathOn > today)
            return CaseRefusals.Future("deathOn", "day of death", "死亡日期");
        if (row.OutcomeOn > today)
            return CaseRefusals.Future("outcomeOn", "day of the outcome", "转归日期");
        if (row.FirstPositiveAt is { } sample && days.DateOf(sample) > today)
            return CaseRefusals.Future("firstPositiveAt", "time of the first positive sample", "首次阳性采样时间");
        if (row.IsolatedAt is { } isolated && days.DateOf(isolated) > today)
            return CaseRefusals.Future("isolatedAt", "time of the isolation", "隔离时间");
        if (row.DeathOn < row.Onset)
            return CaseRefusals.DeathBeforeOnset;
        if (row.OutcomeOn < row.Onset)
            return CaseRefusals.OutcomeBeforeOnset;
        if (row is { DeathOn: { } death, OutcomeOn: { } outcome } && row.Outcome == CaseOutcome.Died && death != outcome)
            return CaseRefusals.DeathIsOutcome;
        var reported = row.ReportAt is { } report && row.Onset > days.DateOf(report);
        return reported ? CaseFlags.With(row.Flags, CaseFlags.OnsetAfterReport) : CaseFlags.Without(row.Flags, CaseFlags.OnsetAfterReport);
    }
}
