using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// The registers' own rows in a merge. What makes a row of the register that row stays with it: its name, documents, phones, versions and where it was;
/// they are read together with those of the row that it follows. What points at a person follows.
/// </summary>
sealed class RegistersHolding : IHoldsPersons
{
    public IReadOnlyList<PersonColumn> Columns { get; } =
    [
        new("person", "guardian", "owner", "id"),
        new("household", "head", "owner", "id"),
        new("person", "id", "owner", "id")
        {
            Special = true,
            Counters = ["version", "merged_into", "present_kind", "present_owner", "present_place", "present_since"],
        },
        new("person", "merged_into", "owner", "id") { Own = true },
        new("person_version", "person", "owner", "person", "version") { Own = true },
        new("person_document", "person", "owner", "doc_key") { Own = true },
        new("person_phone", "person", "owner", "person", "phone_key") { Own = true },
        new("person_stay", "person", "owner", "person", "from_at") { Own = true },
        new("duplicate_pair", "person_a", "owner", "person_a", "person_b") { Own = true },
        new("duplicate_pair", "person_b", "owner", "person_a", "person_b") { Own = true },
        new("person_merge", "loser", "owner", "id") { Own = true },
        new("person_merge", "survivor", "owner", "id") { Own = true },
    ];

    public void Move(WriteSession session, PersonMove move)
    {
        PersonMoves.Follow(session, move, Columns);
        var rows = session.Query<PersonRow>($"SELECT * FROM person WHERE id {session.InIds("ids")}", new { ids = session.Keys([move.Loser, move.Survivor]) });
        if (rows.Find(r => r.Id == move.Loser)?.Household is { } one && rows.Find(r => r.Id == move.Survivor)?.Household is { } other && one != other)
            move.Raise(MergeIssues.TwoHouseholds, new Ref("household", one));
    }
}
