using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Gathers what a release is judged by, for many persons at once.</summary>
static class ReleaseFacts
{
    /// <summary>The checklist of each person over all their active rows; persons without one are missing from the answer.</summary>
    public static Dictionary<Guid, (List<ContactRow> Rows, List<CheckLine> Lines)> Of(
        Session session, ContactDays days, IReadOnlyCollection<Guid> persons, DateTimeOffset now)
    {
        var all = ContactRows.OfPersons(session, persons);
        var rows = all.FindAll(r => r.Active);
        var undecided = all.Where(r => r.State == ContactState.Proposed).ToLookup(r => r.Person);
        var via = ContactRows.ByIds(session, [.. rows.Select(r => r.IndexContact).OfType<Guid>().Distinct()]).ToDictionary(r => r.Id);
        var since = rows.Concat(via.Values).Select(r => r.FirstExposure).DefaultIfEmpty(now).Min();
        var samples = Samples(session, [.. rows.Select(r => r.Person).Concat(via.Values.Select(v => v.Person)).Distinct()], since);
        var tasks = TaskRow.OfContacts(session, [.. rows.Select(r => r.Id)]).ToLookup(t => t.Contact);
        var answers = new Dictionary<Guid, (List<ContactRow>, List<CheckLine>)>();
        foreach (var own in rows.GroupBy(r => r.Person))
        {
            var checks = own.Select(row => new ReleaseRow(row.Id, row.ReadPlan()!, row.DeterminedAt ?? row.ProposedAt, Visits(tasks[row.Id]),
                row.IndexContact is { } contact && via.TryGetValue(contact, out var close)
                    ? [.. samples[close.Person].Where(s => s.TakenAt >= close.LastExposure)] : row.IndexContact is null ? null : [])).ToList();
            var lines = ReleaseCheck.Of(days, checks, [.. samples[own.Key]], now);
            lines.AddRange(own.Where(r => r.State is ContactState.Lost or ContactState.Refused).Select(r => new CheckLine("whereabouts", false, r.Id,
                r.State == ContactState.Lost ? "is lost: nobody knows where they are" : "refuses the order", r.State == ContactState.Lost ? "失访，去向不明" : "拒绝执行", [])));
            // What nobody has decided yet might hold the person longer.
            lines.AddRange(undecided[own.Key].Where(p => p.LastExposure > own.Max(r => r.LastExposure)).Select(p => new CheckLine("undecided", false, p.Id,
                "a later exposure waits for a decision", "有更晚的暴露待判定", [$"contact/{p.Id:N}"])));
            answers[own.Key] = ([.. own], lines);
        }
        return answers;
    }

    static List<SeenVisit> Visits(IEnumerable<TaskRow> tasks) => [.. tasks.Where(t => t.Kind == TaskKind.Visit && t.State == TaskState.Done)
        .Select(t => new SeenVisit(t.Id, t.Day, t.DoneAt!.Value, t.Finding == VisitFinding.SeenWell, t.Finding == VisitFinding.SeenIll, t.EvidenceKind != "self_check"))];

    /// <summary>
    /// The samples of persons by round, since an instant, with what the laboratory said. A tube that was held and whose member was cleared by a
    /// sample of their own says nothing any more; that sample says it.
    /// </summary>
    public static ILookup<Guid, PersonSample> Samples(Session session, IReadOnlyCollection<Guid> persons, DateTimeOffset since) =>
        persons.Count == 0 ? Enumerable.Empty<PersonSample>().ToLookup(_ => Guid.Empty) : session.Each<SampleLine>("""
            SELECT r.person, r.id, r.tube, r.corrected_at AS taken_at, r.result_state AS answer, t.kind
            FROM registration r JOIN tube t ON t.id = r.tube AND t.owner = r.owner
            WHERE r.person = @key AND (r.round IS NULL OR r.round IN (SELECT n.id FROM round n WHERE n.window_end >= @since OR n.closed_at IS NULL))
              AND r.corrected_at >= @since AND r.state <> 3 AND t.reject_reason = 0 AND t.conflict = 0
              AND NOT (r.result_state = 2 AND EXISTS (SELECT 1 FROM pool_alert_member m WHERE m.person = r.person AND m.registration = r.id AND m.outcome = 1))
            """, persons, new { since })
        .ToLookup(l => l.Person, l => new PersonSample(l.Id, l.Tube, l.TakenAt, (SampleAnswer)l.Answer, l.Kind == 1));

    sealed class SampleLine
    {
        public Guid Person { get; init; }

        public Guid Id { get; init; }

        public Guid Tube { get; init; }

        public DateTimeOffset TakenAt { get; init; }

        public int Answer { get; init; }

        public int Kind { get; init; }
    }
}
