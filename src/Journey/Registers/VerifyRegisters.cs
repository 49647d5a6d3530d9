using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// What the registers derive agrees with their facts: every person is at exactly one place and the row says the same as the open
/// stay, followers lead to a survivor, documents and phones have an owner, finished imports add up,
/// every name is found under its words.
/// </summary>
sealed class VerifyRegisters : IVerifier
{
    public string Name => "registers";

    public IEnumerable<string> Verify(Session session, Tally tally)
    {
        tally.Add("persons", session.Scalar<long>("SELECT count(*) FROM person"));
        tally.Add("stays", session.Scalar<long>("SELECT count(*) FROM person_stay"));
        tally.Add("documents", session.Scalar<long>("SELECT count(*) FROM person_document"));
        tally.Add("imports", session.Scalar<long>("SELECT count(*) FROM import_job"));
        foreach (var (sql, what) in Rules)
            foreach (var wrong in session.Stream<Wrong>(sql))
                yield return $"{what}: county {wrong.Owner}, {wrong.Id:N}";
    }

    static readonly (string Sql, string What)[] Rules =
    [
        ("""
            SELECT p.owner, p.id FROM person p LEFT JOIN person_stay s ON s.owner = p.owner AND s.person = p.id AND s.to_at IS NULL
            GROUP BY p.owner, p.id HAVING count(s.person) <> 1
            """, "person without exactly one open stay"),
        ("""
            SELECT p.owner, p.id FROM person p JOIN person_stay s ON s.owner = p.owner AND s.person = p.id AND s.to_at IS NULL
            WHERE s.kind <> p.present_kind OR s.place_owner <> p.present_owner OR coalesce(s.place, '') <> coalesce(p.present_place, '')
               OR s.from_at <> p.present_since
            """, "person whose row and open stay differ"),
        ("""
            SELECT s.owner, s.person AS id FROM person_stay s JOIN person_stay n ON n.owner = s.owner AND n.person = s.person AND n.from_at > s.from_at
            WHERE s.to_at IS NULL OR s.to_at > n.from_at
            """, "person with stays that overlap"),
        ("""
            SELECT p.owner, p.id FROM person p WHERE p.merged_into IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM person s WHERE s.id = p.merged_into AND s.id <> p.id)
            """, "follower of nobody"),
        ("""
            SELECT d.owner, d.doc_key AS id FROM person_document d
            WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.owner = d.owner AND p.id = d.person)
            """, "document of nobody"),
        ("""
            SELECT f.owner, f.phone_key AS id FROM person_phone f WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.owner = f.owner AND p.id = f.person)
            """, "phone of nobody"),
        ("""
            SELECT p.owner, p.id FROM person p WHERE p.version <> 1 + (SELECT count(*) FROM person_version v WHERE v.owner = p.owner AND v.person = p.id)
            """, "person whose versions are not all there"),
        ("""
            SELECT p.owner, p.id FROM person p WHERE p.name_key <> '' AND NOT EXISTS
              (SELECT 1 FROM name_term t WHERE t.owner = p.owner AND t.term = p.name_key AND t.name_key = p.name_key)
            """, "person whose name is not found"),
        ("SELECT owner, id FROM import_job WHERE rows <> accepted + had + refused", "import whose counts do not add up"),
    ];

    sealed class Wrong
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }
    }
}
