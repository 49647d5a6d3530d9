using Qipan.Cases;
using Qipan.Contracts;
using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// What every use case of contacts does with its rows: plans, calendars, duties and history together, set-wise and inside the caller's unit.
/// </summary>
sealed class ContactWork(ProtocolBook book, LocalDays days, TracingSettings settings)
{
    public ContactDays Days { get; } = new(days);

    /// <summary>Contacts that were decided, each with the team that follows it. The rows are written by the caller.</summary>
    public static List<ContactRow> Follow(WriteSession session, IReadOnlyCollection<ContactRow> rows)
    {
        if (rows.Count == 0)
            return [];
        var teams = TeamChoice.Of([.. rows.Where(r => r.Team is null).Select(r => (r.Id, r.Area))], TeamChoice.Around(session, [.. rows.Select(r => r.Area).Distinct()]), 2);
        var fallback = UnitDirectory.ResponsibleForAll(session, UnitKind.Cdc, [.. rows.Select(r => r.Area).Distinct()]);
        return [.. rows.Select(row => row.Team is not null ? row : row with { Team = teams.TryGetValue(row.Id, out var team) ? team : fallback[row.Area].Value })];
    }

    /// <summary>The calendars of these rows and the duties of them; tasks that are there already stay as they are.</summary>
    public void Calendars(WriteSession session, IReadOnlyCollection<ContactRow> rows)
    {
        if (rows.Count == 0)
            return;
        var there = TaskRow.OfContacts(session, [.. rows.Select(r => r.Id)]).ToDictionary(t => t.Id);
        var (fresh, again) = (new List<TaskRow>(), new List<TaskRow>());
        foreach (var row in rows)
            foreach (var planned in FollowupCalendar.Of(row.ReadPlan()!, Days, session.Now))
            {
                var task = TaskRow.Of(row, planned);
                if (!there.TryGetValue(task.Id, out var old))
                    fresh.Add(task);
                else if (old.State is TaskState.Withdrawn or TaskState.Open && old != task)
                    again.Add(task);
            }
        session.Insert(TaskRow.Rows, fresh);
        session.Update(TaskRow.Rows, again);
        var cases = Cases(session, rows);
        ContactDuties.OpenFollowup(session, book, days, cases, rows, fresh, settings.ControlHours);
        ContactDuties.Reinstate(session, rows);
    }

    /// <summary>Withdraws what is still to come of these contacts: tasks and their duties, and those to decide and control as well.</summary>
    public static void Stop(WriteSession session, IReadOnlyCollection<ContactRow> rows, string reason, bool control = true)
    {
        if (rows.Count == 0)
            return;
        session.Execute($"UPDATE contact_task SET state = 3 WHERE contact {session.InIds("contacts")} AND state = 0",
            new { contacts = session.Keys(rows.Select(r => r.Id)) });
        ContactDuties.Withdraw(session, rows, reason, control);
        HandoverWork.Ended(session, rows);
    }

    /// <summary>
    /// A fact ends these contacts: they keep what they were, so that it can be given back; their tasks and duties are withdrawn, the duties with
    /// the reason. Rows whose state does not allow it are left as they are; returns those that ended.
    /// </summary>
    public static List<ContactRow> End(WriteSession session, IReadOnlyCollection<ContactRow> rows, ContactState to, string because, string reason)
    {
        var moves = rows.Where(r => ContactStates.Table.Allows(r.State, to)).Select(row => (From: row, To: row with
        {
            State = to,
            BeforeState = row.State,
            EndedBy = because,
            EndedAt = session.Now,
            Reason = reason,
        })).ToList();
        ContactChange.Write(session, moves, because, reason);
        Stop(session, moves.ConvertAll(m => m.From), reason);
        foreach (var (from, end) in moves.Where(m => m.From.Active))
            session.Publish(from.Owner, new ContactEnded(from.Id, Word(end.State)));
        return moves.ConvertAll(m => m.To);
    }

    /// <summary>
    /// The fact that ended these contacts is taken back: each is what it was before, with the days that remain; what was due meanwhile is not
    /// asked for again, what is ahead is.
    /// </summary>
    public List<ContactRow> Revive(WriteSession session, IReadOnlyCollection<ContactRow> rows, string because, string reason)
    {
        var moves = rows.Where(r => r.BeforeState is { } before && ContactStates.Table.Allows(r.State, before)).Select(row => (From: row, To: row with
        {
            State = row.BeforeState!.Value,
            BeforeState = null,
            EndedBy = null,
            EndedAt = row.BeforeState is ContactState.Released or ContactState.Rejected ? row.EndedAt : null,
            Reason = reason,
        })).ToList();
        ContactChange.Write(session, moves, because, reason);
        Calendars(session, moves.ConvertAll(m => m.To).FindAll(r => r.Active && r.Plan is not null));
        Decisions(session, moves.ConvertAll(m => m.To).FindAll(r => r.State == ContactState.Proposed));
        return moves.ConvertAll(m => m.To);
    }

    /// <summary>
    /// Longer exposures of contacts under observation: the plan is made again by the rules it stands under, so the end moves out and never in
    /// (INV-28, INV-31).
    /// </summary>
    public void Extend(WriteSession session, IReadOnlyCollection<(ContactRow From, ContactRow To)> longer, string because)
    {
        var moves = new List<(ContactRow From, ContactRow To)>(longer.Count);
        foreach (var (from, to) in longer)
        {
            var plan = PlanRules.Under(book, from.ReadPlan()!) is { Ok: true } rules ? rules.Value.Plan(Days, to.Kind, to.LastExposure) : default;
            moves.Add((from, plan.Ok ? to with { Plan = TracingJson.Write(plan.Value), ReleaseAt = plan.Value.Ends } : to));
        }
        ContactChange.Write(session, moves, because, "longer exposure");
        Calendars(session, moves.ConvertAll(m => m.To));
    }

    /// <summary>Duties to decide that were withdrawn are open again.</summary>
    static void Decisions(WriteSession session, List<ContactRow> rows)
    {
        if (rows.Count == 0)
            return;
        Ledger.ReinstateFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d
            WHERE d.owner {session.In("owners")} AND d.kind = 15 AND d.basis_id {session.In("cases")} AND d.subject_id {session.InIds("contacts")} AND d.state = 3
            """, new
        {
            owners = session.Keys(rows.Select(r => r.Owner).Distinct()),
            cases = session.Keys(rows.Select(r => r.IndexCase.ToString("N")).Distinct()),
            contacts = session.Keys(rows.Select(r => r.Id)),
        });
    }

    public static Dictionary<Guid, IndexCase> Cases(Session session, IEnumerable<ContactRow> rows) =>
        CaseBook.ByIds(session, [.. rows.Select(r => r.IndexCase).Distinct()]).ToDictionary(c => c.Key, c => new IndexCase(c.Value));

    /// <summary>A state in snake_case.</summary>
    public static string Word(ContactState state) =>
        string.Concat(state.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
