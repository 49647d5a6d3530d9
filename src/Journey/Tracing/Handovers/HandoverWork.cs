using Qipan.Duties;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A hand-over that is wanted.</summary>
readonly record struct WantedHandover(HandoverSubject Kind, Guid Subject, Guid Person, string Disease, string From, string Place);

/// <summary>What every use case of hand-overs does with its rows, set-wise and inside the caller's unit.</summary>
sealed class HandoverWork(TracingSettings settings)
{
    public const string Moved = "handed over: another county has custody";

    /// <summary>Contacts whose people the registers know in another county than the one that follows them: asks that county to take them.</summary>
    public void Away(WriteSession session, IReadOnlyCollection<ContactRow> rows)
    {
        var persons = PersonDirectory.ByIds(session, [.. rows.Select(r => r.Person).Distinct()]);
        var away = rows.Where(r => persons.TryGetValue(r.Person, out var person) && PlaceCode.OwnerOf(Custodies.Place(person)) != r.Custody).DistinctBy(r => r.Person).ToList();
        if (away.Count == 0)
            return;
        // Somebody who is on the way already is not sent twice.
        var all = ContactRows.OfPersons(session, away.ConvertAll(r => r.Person));
        var sent = HandoverRow.Waiting(session, [.. all.Select(r => r.Id)]).Select(h => h.Person).ToHashSet();
        var cases = ContactWork.Cases(session, away);
        Request(session, [.. away.Where(r => !sent.Contains(r.Person)).Select(r =>
            new WantedHandover(HandoverSubject.Contact, r.Id, r.Person, cases[r.IndexCase].Disease, r.Custody, Custodies.Place(persons[r.Person])))],
            "the registers know the person there");
    }

    /// <summary>Writes requests and the duties to answer them; the sender's own duties stay as they are.</summary>
    public List<HandoverRow> Request(WriteSession session, IReadOnlyCollection<WantedHandover> wanted, string reason)
    {
        if (wanted.Count == 0)
            return [];
        var served = Served(session, [.. wanted.Select(w => PlaceCode.OwnerOf(w.Place)).Distinct()]);
        var rows = wanted.Select(w => new HandoverRow
        {
            Owner = w.From,
            Id = session.NewId(),
            SubjectKind = w.Kind,
            SubjectId = w.Subject,
            Person = w.Person,
            Disease = w.Disease,
            ToOwner = PlaceCode.OwnerOf(w.Place),
            Place = w.Place,
            Outside = !served.Contains(PlaceCode.OwnerOf(w.Place)),
            LateAt = session.Now + settings.HandoverAnswerWithin,
            RequestedAt = session.Now,
            RequestedBy = session.Actor.ToString(),
            Reason = reason,
        }).ToList();
        session.Insert(HandoverRow.Rows, rows);
        var units = UnitDirectory.ResponsibleForAll(session, UnitKind.Cdc, [.. rows.Select(r => r.Answers).Distinct()]);
        Ledger.Open(session, rows.ConvertAll(row => new NewDuty
        {
            Owner = row.Answers,
            Kind = DutyKind.AcceptHandover,
            Subject = row.Id,
            Basis = Subject(row),
            Area = row.Answers,
            OwnerUnit = units[row.Answers],
            DueAt = row.LateAt!.Value,
            Priority = 7,
        }));
        foreach (var row in rows)
            session.Trail(row.Owner, "request_handover", row.Ref, Subject(row), detail: new { to = row.ToOwner });
        return rows;
    }

    /// <summary>
    /// Answers a request; the duty to answer ends by it. Refused for one that is answered already.
    /// </summary>
    public static Outcome<HandoverRow> Answer(WriteSession session, HandoverRow row, HandoverState to, string? answer)
    {
        var moved = HandoverStates.Table.Move(row.State, to);
        if (!moved.Ok)
            return moved.Refusal;
        var answered = row with
        {
            State = to,
            LateAt = null,
            DecidedAt = session.Now,
            DecidedBy = session.Actor.ToString(),
            Answer = answer,
            Version = row.Version + 1,
        };
        session.Update(HandoverRow.Rows, [answered]);
        Ledger.Done(session, [Key(row)], row.Ref);
        session.Trail(row.Owner, to switch { HandoverState.Accepted => "accept_handover", HandoverState.Refused => "refuse_handover", _ => "cancel_handover" },
            row.Ref, Subject(row));
        return answered;
    }

    /// <summary>
    /// The receiver has the person now: every observation that the sender has of them goes over with its calendar, what is open with its
    /// deadlines. Counted once before and once after. Returns the observations that went.
    /// </summary>
    public static List<ContactRow> Take(WriteSession session, HandoverRow row)
    {
        var rows = ContactRows.OfPersons(session, [row.Person]).FindAll(r => r.Active && r.Custody == row.Owner);
        if (rows.Count == 0)
            return rows;
        var followed = ContactWork.Follow(session, rows.ConvertAll(r => r with { Area = row.Place, Team = null }));
        ContactChange.Write(session, [.. rows.Zip(followed)], row.Ref.ToString(), Moved);
        var teams = followed.ToDictionary(r => r.Id, r => r.Team!.Value);
        session.Update(TaskRow.Rows, TaskRow.OfContacts(session, [.. teams.Keys]).FindAll(t => t.State == TaskState.Open)
            .ConvertAll(t => t with { Team = teams[t.Contact], Area = row.Place }));
        ContactDuties.Move(session, rows, followed, Moved);
        return followed;
    }

    public static DutyKey Key(HandoverRow row) => new(row.Answers, DutyKind.AcceptHandover, Subject(row).Id, row.Id);

    public static Ref Subject(HandoverRow row) => new(row.SubjectKind == HandoverSubject.Case ? "case" : "contact", row.SubjectId);

    /// <summary>Contacts have ended: what was sent of their people is taken back, unless the sender follows them for another exposure.</summary>
    public static void Ended(WriteSession session, IReadOnlyCollection<ContactRow> rows)
    {
        var waiting = HandoverRow.Waiting(session, [.. rows.Select(r => r.Id)]);
        if (waiting.Count == 0)
            return;
        var ended = rows.Select(r => r.Id).ToHashSet();
        var still = ContactRows.OfPersons(session, [.. waiting.Select(h => h.Person).Distinct()]).FindAll(r => r.Active && !ended.Contains(r.Id))
            .Select(r => (r.Person, r.Custody)).ToHashSet();
        foreach (var row in waiting.Where(h => !still.Contains((h.Person, h.Owner))))
            Answer(session, row, HandoverState.Cancelled, "what was handed over has ended");
    }

    /// <summary>Of these counties, those for which somebody made a unit that answers, there or above.</summary>
    static HashSet<string> Served(Session session, IReadOnlyCollection<string> counties)
    {
        var made = session.Query<UnitOf>(
            $"SELECT id, territory FROM org_unit WHERE territory {session.In("places")} AND kind IN ({(int)UnitKind.Cdc}, {(int)UnitKind.Command}) AND state = 1",
            new { places = session.Keys(counties.SelectMany(PlaceCode.SelfAndAbove).Distinct()) })
            .Where(u => u.Id != UnitDirectory.DefaultCommandOf(u.Territory).Value).Select(u => u.Territory).ToHashSet(StringComparer.Ordinal);
        return counties.Where(c => PlaceCode.SelfAndAbove(c).Any(made.Contains)).ToHashSet(StringComparer.Ordinal);
    }

    sealed class UnitOf
    {
        public Guid Id { get; init; }

        public string Territory { get; init; } = "";
    }
}
