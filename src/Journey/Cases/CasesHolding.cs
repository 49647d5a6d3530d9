using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// Cases follow when the person turns out to be another, with a line of history. Two cases of one disease are one infection or two: that is a
/// person's decision; until then the one that followed is flagged and does not count.
/// </summary>
sealed class CasesHolding : IHoldsPersons
{
    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("case_record", "person", "owner", "id") { County = "person_owner", Special = true, Counters = ["version"], Since = "opened_at" },
    ];

    public void Move(WriteSession session, PersonMove move)
    {
        var own = CaseBook.OfPersons(session, [move.Survivor]).Where(Counts).Select(c => c.Disease.ToUpperInvariant()).ToHashSet(StringComparer.Ordinal);
        var changes = new List<(CaseRow, CaseRow)>();
        foreach (var row in CaseBook.OfPersons(session, [move.Loser]))
        {
            var second = Counts(row) && own.Contains(row.Disease.ToUpperInvariant());
            if (second)
                move.Raise(MergeIssues.TwoCases, row.Ref);
            changes.Add((row, row with
            {
                Person = move.Survivor,
                PersonOwner = move.SurvivorOwner,
                Flags = second ? CaseFlags.With(row.Flags, CaseFlags.SamePerson) : row.Flags,
            }));
        }
        CaseHistory.Change(session, changes, "same_person");
    }

    /// <summary>Where cases went back, their history says so.</summary>
    public void Balance(WriteSession session, PersonMove move, HeldRows before, HeldRows after)
    {
        if (!move.Back)
            return;
        var was = before.Of("case_record").ToDictionary(r => r.Id("id"));
        var now = CaseBook.OfPersons(session, [move.Loser, move.Survivor]);
        CaseHistory.Change(session, [.. now.Where(row => was.ContainsKey(row.Id)).Select(row => (row with
        {
            Person = was[row.Id].Id("person"),
            PersonOwner = was[row.Id]["person_owner"]!,
            Flags = was[row.Id]["flags"]!,
        }, row))], "not_the_same_person");
    }

    static bool Counts(CaseRow row) => row.Class != CaseClass.RuledOut && !CaseFlags.Has(row.Flags, CaseFlags.SamePerson);
}
