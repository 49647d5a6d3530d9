using Qipan.Duties;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>What a team found at visits of contacts 随访登记.</summary>
/// <param name="Visits">One or a whole day's list.</param>
sealed record RecordVisits(IReadOnlyList<VisitFound> Visits);

/// <param name="Task">The visit.</param>
/// <param name="Finding">seen_well, seen_ill, not_found, not_attempted.</param>
/// <param name="At">When; null: now.</param>
/// <param name="Note">Without personal data.</param>
sealed record VisitFound(Guid Task, VisitFinding Finding, DateTimeOffset? At = null, string? Note = null);

sealed class RecordVisitsHandler(Store store)
{
    public async Task<Outcome<DecidedReport>> Handle(Caller caller, RecordVisits command)
    {
        if (command.Visits.Count is 0 or > 20_000)
            return new NoContactsGiven();
        var tasks = store.Read(s => s.Each<TaskRow>("SELECT * FROM contact_task WHERE id = @key", command.Visits.Select(v => v.Task).Distinct()));
        var owners = tasks.SelectMany(t => new[] { t.Owner, Kernel.Codes.PlaceCode.OwnerOf(t.Area) }).Append(caller.Owner).Distinct();
        return await store.Write(new WriteScope(caller.Actor, [.. owners]), session => Outcome.Of(Record(session, caller, command)));
    }

    static DecidedReport Record(WriteSession session, Caller caller, RecordVisits command)
    {
        var tasks = session.Each<TaskRow>("SELECT * FROM contact_task WHERE id = @key", command.Visits.Select(v => v.Task).Distinct()).ToDictionary(t => t.Id);
        var (items, done) = (new List<DecidedItem>(command.Visits.Count), new List<TaskRow>(command.Visits.Count));
        foreach (var visit in command.Visits)
        {
            Refusal? why = !tasks.TryGetValue(visit.Task, out var task) || task.Kind != TaskKind.Visit || !caller.May(Permission.FollowContacts, task.Area)
                ? new TaskUnknown() : task.State is TaskState.Done or TaskState.Withdrawn ? new TaskEnded()
                : visit.At > session.Now || visit.Finding is VisitFinding.None ? new ExposureWrong() : null;
            items.Add(DecidedItem.Of(visit.Task, why));
            if (why is not null)
                continue;
            var at = visit.At ?? session.Now;
            var record = task! with
            {
                State = visit.Finding == VisitFinding.NotAttempted ? TaskState.Open : TaskState.Done,
                Finding = visit.Finding,
                Late = at > task.UntilAt,
                DoneAt = at,
                DoneBy = caller.Actor.ToString(),
                EvidenceKind = "visit",
                EvidenceId = task.Id.ToString("N"),
                Note = visit.Note?.Trim(),
            };
            tasks[task.Id] = record;
            done.Add(record);
        }
        Finish(session, done);
        foreach (var county in done.GroupBy(t => t.Owner))
            session.Trail(county.Key, "record_visits", county.Count() == 1 ? new Ref("contact_task", county.First().Id) : new Ref("county", county.Key),
                county.Count() == 1 ? ContactDuties.Ref(county.First().Contact) : null, detail: new { visits = county.Count() });
        return new DecidedReport(done.Count, items.Count - done.Count, items);
    }

    /// <summary>Writes tasks as done, ends their duties, and flags whom nobody found.</summary>
    public static void Finish(WriteSession session, IReadOnlyCollection<TaskRow> tasks)
    {
        session.Update(TaskRow.Rows, tasks);
        Ledger.Done(session, [.. tasks.Where(t => t.State == TaskState.Done)
            .Select(t => (ContactDuties.TaskKey(t), new Ref(t.EvidenceKind!, t.EvidenceId!), t.DoneAt!.Value))]);
        Flag(session, "not_found", tasks.Where(t => t.Finding == VisitFinding.NotFound));
        Flag(session, "ill", tasks.Where(t => t.Finding == VisitFinding.SeenIll));
    }

    static void Flag(WriteSession session, string flag, IEnumerable<TaskRow> tasks) => session.Execute(
        $"UPDATE contact SET flag = @flag, version = version + 1 WHERE id {session.InIds("ids")} AND state IN ({ContactStates.ActiveNumbers})",
        new { flag, ids = session.Keys(tasks.Select(t => t.Contact).Distinct()) });
}
