using System.Globalization;
using Qipan.Cases;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>
/// Rows that were there and say something else now: what the list changed is changed in the case through its history; what somebody
/// corrected by hand and the list did not touch stays as it is.
/// </summary>
sealed class CaseUpdates(LocalDays days)
{
    public void Write(WriteSession session, UnitContext unit, List<(CaseDraft Draft, ListRow Row)> changed, UnitResult result)
    {
        if (changed.Count == 0)
            return;
        var cases = CaseBook.ByIds(session, [.. changed.Select(c => c.Row.Subject).Distinct()]);
        var changes = new Dictionary<Guid, (CaseRow Before, CaseRow After)>();
        var rows = new List<ListRow>();
        foreach (var (draft, row) in changed)
        {
            var before = cases[row.Subject];
            var after = Changed(changes.TryGetValue(before.Id, out var sofar) ? sofar.After : before, SaidCase.Split(row.Said), SaidCase.Split(draft.Said), unit.Today);
            if (!after.Ok)
            {
                result.Refuse(draft, after.Refusal);
                continue;
            }
            if (row.PersonKey != draft.Person.Key)
                draft.Notices.Add(ListNotices.PersonDiffers);
            result.Add(draft, ListVerdict.Updated);
            changes[before.Id] = (before, after.Value);
            rows.Add(row with { Said = draft.Said, PersonKey = draft.Person.Key, ExposureOn = draft.Exposure, Job = unit.Job, RowNo = draft.Row, At = session.Now });
        }
        var history = CaseHistory.Change(session, changes.Values, $"the list {unit.Mapping.List} was imported again").ToLookup(c => c.CaseId);
        foreach (var (before, after) in changes.Values)
        {
            if (before.ReportAt is null && after.ReportAt is not null)
                CaseDuties.Done(session, after, DutyKind.ReportCase, history[before.Id], "report_at");
            if (before.Class != CaseClass.RuledOut && after.Class == CaseClass.RuledOut)
                Ledger.Withdraw(session, before.Owner, before.Ref, "ruled out");
        }
        foreach (var county in changes.Values.Where(c => history.Contains(c.Before.Id)).GroupBy(c => c.Before.Owner))
            session.Trail(county.Key, "update_cases", new Ref("county", county.Key), new Ref("import", unit.Job), detail: new { cases = county.Count() });
        session.Update(ListRow.Rows, rows);
    }

    /// <summary>The case with what the list changed, or why it cannot be so.</summary>
    Outcome<CaseRow> Changed(CaseRow row, string[] old, string[] now, DateOnly today)
    {
        bool Differs(int field) => old[field] != now[field] && now[field].Length > 0;
        if (row.Class == CaseClass.RuledOut && Enumerable.Range(0, SaidCase.Exposure).Any(Differs))
            return CaseRefusals.RuledOut;
        var after = row;
        if (Differs(SaidCase.Class) && Number<CaseClass>(now[SaidCase.Class]) is var wanted && wanted != row.Class)
        {
            var moved = CaseStates.Classes.Move(row.Class, wanted);
            if (!moved.Ok)
                return moved.Refusal with { Field = "class" };
            after = after with { Class = moved.Value };
        }
        if (Differs(SaidCase.Clinical) && Number<ClinicalState>(now[SaidCase.Clinical]) is var course && course != row.Clinical)
        {
            var moved = CaseStates.Clinical.Move(row.Clinical, course);
            if (!moved.Ok)
                return moved.Refusal with { Field = "clinical" };
            after = after with { Clinical = moved.Value };
        }
        after = after with
        {
            Severity = Differs(SaidCase.Severity) ? Number<CaseSeverity>(now[SaidCase.Severity]) : after.Severity,
            Onset = Differs(SaidCase.Onset) ? SaidCase.DayOf(now[SaidCase.Onset]) : after.Onset,
            OnsetAbout = Differs(SaidCase.OnsetAbout) ? now[SaidCase.OnsetAbout] == "1" : after.OnsetAbout,
            FirstPositiveAt = Differs(SaidCase.FirstPositive) ? At(now[SaidCase.FirstPositive]) : after.FirstPositiveAt,
            ReportAt = Differs(SaidCase.Report) ? At(now[SaidCase.Report]) : after.ReportAt,
            IsolatedAt = Differs(SaidCase.Isolated) ? At(now[SaidCase.Isolated]) : after.IsolatedAt,
            Outcome = Differs(SaidCase.Outcome) ? Number<CaseOutcome>(now[SaidCase.Outcome]) : after.Outcome,
            OutcomeOn = Differs(SaidCase.OutcomeOn) ? SaidCase.DayOf(now[SaidCase.OutcomeOn]) : after.OutcomeOn,
            DeathOn = Differs(SaidCase.Death) ? SaidCase.DayOf(now[SaidCase.Death]) : after.DeathOn,
            Discovery = Differs(SaidCase.Discovery) ? Number<Discovery>(now[SaidCase.Discovery]) : after.Discovery,
            Origin = Differs(SaidCase.Origin) ? Number<CaseOrigin>(now[SaidCase.Origin]) : after.Origin,
        };
        if ((after.DeathOn is not null || after.Outcome == CaseOutcome.Died) && CaseStates.Clinical.Allows(after.Clinical, ClinicalState.Dead))
            after = after with { Clinical = ClinicalState.Dead, Outcome = CaseOutcome.Died };
        var judged = CaseDates.Judge(after, today, days);
        return judged.Ok ? after with { Flags = judged.Value } : judged.Refusal;
    }

    static TEnum Number<TEnum>(string text)
        where TEnum : struct, Enum => (TEnum)Enum.ToObject(typeof(TEnum), int.Parse(text, CultureInfo.InvariantCulture));

    DateTimeOffset? At(string text) => SaidCase.DayOf(text) is { } day ? days.StartOf(day) : null;
}
