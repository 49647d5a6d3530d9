using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Protocols;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>The duties that contacts open, and their keys. A decision is the investigators', where the case is; the rest is where the person is.</summary>
static class ContactDuties
{
    public static Ref Ref(Guid contact) => new("contact", contact);

    public static DutyKey DecideKey(ContactRow row) => new(row.Owner, DutyKind.DecideContact, row.IndexCase.ToString("N"), row.Id);

    public static DutyKey ControlKey(ContactRow row) => new(PlaceCode.OwnerOf(row.Area), DutyKind.ControlContact, row.IndexCase.ToString("N"), row.Id);

    public static DutyKey TaskKey(TaskRow task) => new(
        PlaceCode.OwnerOf(task.Area), task.Kind == TaskKind.Test ? DutyKind.TestContact : DutyKind.VisitContact, task.Contact.ToString("N"), task.Id);

    /// <summary>One duty to decide for each new proposal, in one bulk write.</summary>
    public static void OpenDecisions(WriteSession session, ProtocolBook book, LocalDays days, IndexCase index, IReadOnlyCollection<ContactRow> rows, int withoutRule)
    {
        if (rows.Count == 0)
            return;
        var (protocol, due) = Due(index, book, days, session.Now, withoutRule);
        var unit = UnitDirectory.ResponsibleFor(session, UnitKind.Cdc, index.Region);
        Ledger.Open(session, [.. rows.Select(row => new NewDuty
        {
            Owner = row.Owner,
            Kind = DutyKind.DecideContact,
            Subject = row.Id,
            Basis = index.Ref,
            Protocol = protocol,
            Area = index.Region,
            OwnerUnit = unit,
            DueAt = due,
            Priority = (short)(row.Ring == 1 ? 5 : 3),
        })]);
    }

    /// <summary>To control each contact that was decided, and the visits and tests of its calendar.</summary>
    public static void OpenFollowup(
        WriteSession session, ProtocolBook book, LocalDays days, IReadOnlyDictionary<Guid, IndexCase> cases, IReadOnlyCollection<ContactRow> rows,
        IReadOnlyCollection<TaskRow> tasks, int withoutRule)
    {
        var byId = rows.ToDictionary(r => r.Id);
        var duties = new List<NewDuty>(rows.Count + tasks.Count);
        foreach (var row in rows.Where(r => r.Kind != ContactKind.General && ContactStates.Steps.Contains(r.State) && r.State != ContactState.UnderQuarantine))
            duties.Add(new NewDuty
            {
                Owner = PlaceCode.OwnerOf(row.Area),
                Kind = DutyKind.ControlContact,
                Subject = row.Id,
                Basis = new Ref("case", row.IndexCase),
                Protocol = row.Protocol,
                Area = row.Area,
                OwnerUnit = new UnitId(row.Team!.Value),
                DueAt = Due(cases[row.IndexCase], book, days, session.Now, withoutRule).Due,
                Priority = 5,
            });
        foreach (var task in tasks)
            duties.Add(new NewDuty
            {
                Owner = PlaceCode.OwnerOf(task.Area),
                Kind = TaskKey(task).Kind,
                Subject = task.Id,
                Basis = Ref(task.Contact),
                Protocol = byId[task.Contact].Protocol,
                Area = task.Area,
                OwnerUnit = new UnitId(task.Team),
                DueAt = task.UntilAt,
            });
        Ledger.Open(session, duties);
    }

    /// <summary>Withdraws what is open for these contacts: the visits, the tests, the control and the decision. Their basis stands.</summary>
    public static void Withdraw(WriteSession session, IReadOnlyCollection<ContactRow> rows, string reason, bool control)
    {
        if (rows.Count == 0)
            return;
        Ledger.WithdrawFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d
            WHERE d.owner {session.In("owners")} AND d.kind IN (17, 18) AND d.basis_id {session.In("contacts")} AND d.state = 0
            """, new { owners = session.Keys(Owners(rows)), contacts = session.Keys(rows.Select(r => r.Id.ToString("N"))) }, reason);
        if (!control)
            return;
        Ledger.WithdrawFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d
            WHERE d.owner {session.In("owners")} AND d.kind IN (15, 16) AND d.basis_id {session.In("cases")} AND d.subject_id {session.InIds("contacts")} AND d.state = 0
            """, new
        {
            owners = session.Keys(Owners(rows)),
            cases = session.Keys(rows.Select(r => r.IndexCase.ToString("N")).Distinct()),
            contacts = session.Keys(rows.Select(r => r.Id)),
        }, reason);
    }

    /// <summary>Takes the withdrawals of <see cref="Withdraw"/> back for tasks that are open again.</summary>
    public static void Reinstate(WriteSession session, IReadOnlyCollection<ContactRow> rows)
    {
        if (rows.Count == 0)
            return;
        // The empty texts keep SQLite from walking along the county, which is everybody, instead of from the duties to what they are about.
        Ledger.ReinstateFrom(session, $"""
            SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d JOIN contact_task t ON t.id = d.subject_id AND t.state = 0 AND substr(t.area, 1, 6) = d.owner || ''
            WHERE d.owner {session.In("owners")} AND d.kind IN (17, 18) AND d.basis_id {session.In("contacts")} AND d.state = 3
            """, new { owners = session.Keys(Owners(rows)), contacts = session.Keys(rows.Select(r => r.Id.ToString("N"))) });
        var uncontrolled = rows.Where(r => ContactStates.Steps.Contains(r.State) && r.State != ContactState.UnderQuarantine).ToList();
        if (uncontrolled.Count > 0)
            Ledger.ReinstateFrom(session, $"""
                SELECT d.owner, d.kind, d.basis_id, d.subject_id FROM duty d JOIN contact c ON c.id = d.subject_id AND substr(c.area, 1, 6) || '' = d.owner || ''
                WHERE d.owner {session.In("owners")} AND d.kind = 16 AND d.basis_id {session.In("cases")} AND d.subject_id {session.InIds("contacts")} AND d.state = 3
                """, new
            {
                owners = session.Keys(Owners(uncontrolled)),
                cases = session.Keys(uncontrolled.Select(r => r.IndexCase.ToString("N")).Distinct()),
                contacts = session.Keys(uncontrolled.Select(r => r.Id)),
            });
    }

    /// <summary>
    /// Another county follows these contacts: what is open of them is withdrawn where it was and open there, with the same deadlines. Their rows
    /// and tasks are written already.
    /// </summary>
    public static void Move(WriteSession session, IReadOnlyCollection<ContactRow> from, IReadOnlyCollection<ContactRow> to, string reason)
    {
        var open = Open(session, from);
        Withdraw(session, from, reason, control: true);
        var now = to.ToDictionary(r => r.Id);
        Ledger.Open(session, open.ConvertAll(duty =>
        {
            var row = now[duty.Kind == DutyKind.ControlContact ? duty.SubjectId : Guid.ParseExact(duty.BasisId, "N")];
            return new NewDuty
            {
                Owner = row.Custody,
                Kind = duty.Kind,
                Subject = duty.SubjectId,
                Basis = new Ref(duty.BasisKind, duty.BasisId),
                Protocol = duty.Protocol,
                Area = row.Area,
                OwnerUnit = new UnitId(row.Team!.Value),
                DueAt = duty.DueAt,
                Priority = (short)duty.Priority,
            };
        }));
        // Somebody who comes back finds the duties there, withdrawn when they went.
        Reinstate(session, to);
    }

    static List<DutyLine> Open(Session session, IReadOnlyCollection<ContactRow> rows) => session.Query<DutyLine>($"""
        SELECT d.* FROM duty d WHERE d.owner {session.In("owners")} AND d.kind IN (17, 18) AND d.basis_id {session.In("contacts")} AND d.state = 0
        UNION ALL
        SELECT d.* FROM duty d WHERE d.owner {session.In("owners")} AND d.kind = 16 AND d.basis_id {session.In("cases")} AND d.subject_id {session.InIds("ids")} AND d.state = 0
        """, new
    {
        owners = session.Keys(rows.Select(r => r.Custody).Distinct()),
        contacts = session.Keys(rows.Select(r => r.Id.ToString("N"))),
        cases = session.Keys(rows.Select(r => r.IndexCase.ToString("N")).Distinct()),
        ids = session.Keys(rows.Select(r => r.Id)),
    });

    /// <summary>The counties whose rows change with these contacts: theirs, and those where the people are.</summary>
    public static string[] Owners(IEnumerable<ContactRow> rows) => [.. rows.SelectMany(r => new[] { r.Owner, PlaceCode.OwnerOf(r.Area) }).Distinct()];

    static (string? Protocol, DateTimeOffset Due) Due(IndexCase index, ProtocolBook book, LocalDays days, DateTimeOffset now, int withoutRule) =>
        index.Ruling(book, days, now) is { Ok: true } ruling && ruling.Value.Deadlines is { Ok: true } deadlines
            ? (deadlines.Value.Version.ToString(), now + deadlines.Value.Rule.ContactControl)
            : (null, now.AddHours(withoutRule));
}
