using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>From results to the test tasks of contacts, and back when a result falls (INV-12).</summary>
static class ContactTests
{
    /// <summary>Open test tasks that negative results of a run answer. What the release judges are the samples themselves; this ends the duties.</summary>
    public static List<TaskRow> OfRun(Session session, Guid run) => session.Query<TaskAnswer>("""
            SELECT t.*, s.id AS answer, r.corrected_at AS sampled_at, u.kind AS tube_kind, u.id AS tube
            FROM result s JOIN registration r ON r.tube = s.tube AND r.owner = s.owner AND r.state <> 3 AND r.result_state = 1
            JOIN tube u ON u.id = s.tube AND u.owner = s.owner
            JOIN contact_task t ON t.person = r.person AND t.state = 0 AND t.kind = 2 AND r.corrected_at >= t.from_at
            WHERE s.run = @run AND s.state = 2 AND s.call = 1
            """, new { run })
        .Where(a => a.TubeKind == 1).OrderBy(a => a.Day).ThenBy(a => a.Slot).GroupBy(a => (a.Contact, a.Tube))
        // One sample answers one task of a contact: the latest day that had begun when it was taken, and of that day the first open slot.
        .Select(g => g.OrderByDescending(a => a.Day).ThenBy(a => a.Slot).First())
        .GroupBy(a => a.Id).Select(g => g.MinBy(a => a.SampledAt)!)
        .Select(a => a.Task with
        {
            State = TaskState.Done,
            Late = a.SampledAt > a.UntilAt,
            DoneAt = a.SampledAt,
            DoneBy = "laboratory",
            EvidenceKind = "result",
            EvidenceId = a.Answer.ToString("N"),
        }).ToList();

    /// <summary>Tasks that stood on a result that does not hold any more.</summary>
    public static List<TaskRow> OnResult(Session session, Guid result) => session.Query<TaskRow>(
        "SELECT * FROM contact_task WHERE evidence_kind = 'result' AND evidence_id = @id AND state = 1", new { id = result.ToString("N") });

    public static void Done(WriteSession session, IReadOnlyCollection<TaskRow> tasks)
    {
        if (tasks.Count == 0)
            return;
        var still = session.Each<Guid>("SELECT id FROM contact_task WHERE id = @key AND state = 0", tasks.Select(t => t.Id)).ToHashSet();
        RecordVisitsHandler.Finish(session, [.. tasks.Where(t => still.Contains(t.Id))]);
        foreach (var county in tasks.GroupBy(t => t.Owner))
            session.Trail(county.Key, "answer_tests", county.Count() == 1 ? new Ref("contact_task", county.First().Id) : new Ref("county", county.Key),
                new Ref("result", county.First().EvidenceId!), detail: new { tests = county.Count() });
    }

    /// <summary>The result fell: the tests are due again, and so are their duties, unless the contact has ended.</summary>
    public static void Fell(WriteSession session, Guid result, IReadOnlyCollection<TaskRow> tasks)
    {
        if (tasks.Count == 0)
            return;
        session.Update(TaskRow.Rows, [.. tasks.Select(t => t with
        {
            State = TaskState.Open,
            Late = false,
            DoneAt = null,
            DoneBy = null,
            EvidenceKind = null,
            EvidenceId = null,
        })]);
        foreach (var county in tasks.Select(t => PlaceCode.OwnerOf(t.Area)).Distinct())
            Ledger.EvidenceFell(session, county, new Ref("result", result));
        session.Execute($"UPDATE contact SET flag = 'result_fell', version = version + 1 WHERE id {session.InIds("ids")}",
            new { ids = session.Keys(tasks.Select(t => t.Contact).Distinct()) });
    }

    sealed class TaskAnswer
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public Guid Contact { get; init; }

        public Guid Person { get; init; }

        public TaskKind Kind { get; init; }

        public int Day { get; init; }

        public int Slot { get; init; }

        public DateTimeOffset FromAt { get; init; }

        public DateTimeOffset UntilAt { get; init; }

        public Guid Team { get; init; }

        public string Area { get; init; } = "";

        public Guid Answer { get; init; }

        public DateTimeOffset SampledAt { get; init; }

        public int TubeKind { get; init; }

        public Guid Tube { get; init; }

        public TaskRow Task => new()
        {
            Owner = Owner,
            Id = Id,
            Contact = Contact,
            Person = Person,
            Kind = Kind,
            Day = Day,
            Slot = Slot,
            FromAt = FromAt,
            UntilAt = UntilAt,
            Team = Team,
            Area = Area,
        };
    }
}
