using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>
/// Contacts with their tasks and releases, and places on lists, follow when the person turns out to be another. Visits stay under the id by which they
/// were scanned; whoever looks for a person's visits looks under all ids of that person.
/// </summary>
sealed class TracingHolding : IHoldsPersons
{
    /// <summary>Why somebody has to look at a contact again.</summary>
    public const string SamePerson = "same_person";

    const string OfContacts = "contact IN (SELECT y.id FROM contact y WHERE y.person IN (@a, @b))";

    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("contact_task", "person", "owner", "id") { Found = OfContacts },
        new("release_decision", "person", "owner", "id") { Found = OfContacts },
        new("contact", "person", "owner", "id") { County = "person_owner", Counters = ["version"], Since = "proposed_at" },
        new("handover", "person", "owner", "id") { Counters = ["version"], Since = "requested_at" },
        new("roster_member", "person", "owner", "roster", "person") { BothHave = MergeIssues.OnOneRoster },
    ];

    public void Move(WriteSession session, PersonMove move)
    {
        var args = new { move.Loser, move.Survivor };
        var twice = session.Query<Guid>("""
            SELECT c.id FROM contact c JOIN contact o ON o.person = @Survivor AND o.index_case = c.index_case AND o.state NOT IN (8, 11)
            WHERE c.person = @Loser AND c.state NOT IN (8, 11)
            """, args).Distinct().ToList();
        var self = session.Query<Guid>("""
            SELECT c.id FROM contact c JOIN case_record r ON r.id = c.index_case
            WHERE (c.person = @Loser AND r.person = @Survivor OR c.person = @Survivor AND r.person = @Loser) AND c.state NOT IN (8, 11)
            """, args);
        // Cases have moved by now: those of the loser name the survivor.
        self.AddRange(session.Query<Guid>("""
            SELECT c.id FROM contact c JOIN case_record r ON r.id = c.index_case AND r.person = c.person WHERE c.person = @Survivor AND c.state NOT IN (8, 11)
            """, args));
        foreach (var id in twice)
            move.Raise(MergeIssues.TwoContacts, ContactDuties.Ref(id));
        foreach (var id in self.Distinct())
            move.Raise(MergeIssues.ContactOfSelf, ContactDuties.Ref(id));
        PersonMoves.Follow(session, move, Columns);
        // One person, one custody (INV-36): who follows them from now on is for the two counties to say, by a hand-over.
        var followed = ContactRows.OfPersons(session, [move.Survivor]).FindAll(r => r.Active);
        if (followed.Select(r => r.Custody).Distinct().Skip(1).Any())
            foreach (var row in followed)
                move.Raise(MergeIssues.TwoCustodies, ContactDuties.Ref(row.Id));
        var flagged = twice.Concat(self).Distinct().ToList();
        if (flagged.Count > 0)
            session.Execute($"UPDATE contact SET flag = '{SamePerson}' WHERE id {session.InIds("ids")} AND flag IS NULL", new { ids = session.Keys(flagged) });
    }
}
