using Qipan.Storage;

namespace Qipan.LineLists;

/// <summary>What lists left agrees with the cases and links: rows lead to a case or contact, drawn links are there, none waits that could be drawn.</summary>
sealed class VerifyLineLists : IVerifier
{
    public string Name => "line lists";

    public IEnumerable<string> Verify(Session session, Tally tally)
    {
        tally.Add("rows of lists", session.Scalar<long>("SELECT count(*) FROM list_row"));
        tally.Add("links of lists", session.Scalar<long>("SELECT count(*) FROM list_link"));
        foreach (var (sql, what) in Rules)
            foreach (var id in session.Stream<string>(sql))
                yield return $"{what}: {id}";
    }

    static readonly (string Sql, string What)[] Rules =
    [
        ("SELECT r.list || ' row ' || r.row_no FROM list_row r WHERE r.kind = 1 AND NOT EXISTS (SELECT 1 FROM case_record c WHERE c.id = r.subject)",
            "row of a list that leads to no case"),
        ("SELECT r.list || ' row ' || r.row_no FROM list_row r WHERE r.kind = 2 AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = r.subject)",
            "row of a list that leads to no contact"),
        ("SELECT l.list || ' row ' || l.row_no FROM list_link l WHERE l.state = 2 AND NOT EXISTS (SELECT 1 FROM transmission_link t WHERE t.id = l.link)",
            "drawn link of a list that is not there"),
        ("""
            SELECT l.list || ' row ' || l.row_no FROM list_link l
            WHERE l.state = 1 AND EXISTS (SELECT 1 FROM list_row f WHERE f.list = l.list AND f.kind = 1 AND f.row_id = l.from_id)
              AND EXISTS (SELECT 1 FROM list_row t WHERE t.list = l.list AND t.kind = 1 AND t.row_id = l.to_id)
              AND NOT EXISTS (SELECT 1 FROM list_import i WHERE i.list = l.list AND i.state = 1)
            """, "link of a list that waits although both cases are there; import the list again"),
    ];
}
