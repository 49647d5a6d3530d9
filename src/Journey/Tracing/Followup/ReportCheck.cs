using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// What a contact reports of themselves 自报: temperature and symptoms. It stands for the visit of that part of the day, but on the last day of
/// follow-up somebody has to see the contact (domain 2.9).
/// </summary>
/// <param name="Contact">Whose.</param>
/// <param name="Temperature">Degrees Celsius.</param>
/// <param name="Symptoms">True: something is wrong.</param>
/// <param name="At">When; null: now.</param>
sealed record ReportCheck(Guid Contact, double? Temperature, bool Symptoms, DateTimeOffset? At = null);

sealed class ReportCheckHandler(Store store, ContactWork work)
{
    public async Task<Outcome<TaskRow>> Handle(Caller caller, ReportCheck command)
    {
        if (store.Read(s => ContactRows.One(s, command.Contact)) is not { } row || !caller.May(Permission.FollowContacts, row.Area))
            return new ContactUnknown();
        if (command.At > store.Clock.GetUtcNow())
            return new ExposureWrong();
        return await store.Write(new WriteScope(caller.Actor, [.. ContactDuties.Owners([row]).Append(caller.Owner).Distinct()]),
            session => Take(session, caller, command));
    }

    Outcome<TaskRow> Take(WriteSession session, Caller caller, ReportCheck command)
    {
        if (ContactRows.One(session, command.Contact) is not { Active: true } row || row.ReadPlan() is not { } plan)
            return new NothingActive();
        var at = command.At ?? session.Now;
        var day = work.Days.DayAt(plan.LastExposure, at);
        var tasks = TaskRow.OfContacts(session, [row.Id]);
        var check = TaskRow.Of(row, new PlannedTask(TaskKind.SelfCheck, day, 1 + tasks.Count(t => t.Kind == TaskKind.SelfCheck && t.Day == day), at, at)) with
        {
            State = TaskState.Done,
            Finding = command.Symptoms ? VisitFinding.SeenIll : VisitFinding.SeenWell,
            DoneAt = at,
            DoneBy = caller.Actor.ToString(),
            Note = command.Temperature is { } degrees ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{degrees:0.0} °C") : null,
        };
        session.Insert(TaskRow.Rows, [check]);
        var last = plan.FollowupDays.Count == 0 ? 0 : plan.FollowupDays[^1];
        var visit = tasks.Find(t => t.Kind == TaskKind.Visit && t.State == TaskState.Open && t.FromAt <= at && at < t.UntilAt && t.Day != last);
        if (visit is not null)
            RecordVisitsHandler.Finish(session, [visit with
            {
                State = TaskState.Done,
                Finding = check.Finding,
                DoneAt = at,
                DoneBy = check.DoneBy,
                EvidenceKind = "self_check",
                EvidenceId = check.Id.ToString("N"),
            }]);
        session.Trail(row.Owner, "report_check", new Ref("contact_task", check.Id), ContactDuties.Ref(row.Id));
        return check;
    }
}
