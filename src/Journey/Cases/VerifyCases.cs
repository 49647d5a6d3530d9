using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// Recomputes what cases keep: every field from its history, the numbers without gaps, the source from the links, the investigation twice
/// kept, and that no circle and no two cases of one person stand.
/// </summary>
sealed class VerifyCases : IVerifier
{
    public string Name => "cases";

    public IEnumerable<string> Verify(Session session, Tally tally) => Histories(session, tally).Concat(Numbers(session)).Concat(Sources(session, tally))
        .Concat(Persons(session)).Concat(Circles(session));

    static IEnumerable<string> Histories(Session session, Tally tally)
    {
        foreach (var row in session.Stream<Kept>($"""
            SELECT c.id, c.no, c.class, c.onset, c.investigation, i.state, c.onset_region, c.custody,
              {Said("class")} AS said_class, {Said("onset")} AS said_onset, {Said("onset_region")} AS said_region, {Said("custody")} AS said_custody
            FROM case_record c LEFT JOIN investigation i ON i.owner = c.owner AND i.case_id = c.id
            """))
        {
            tally.Add("cases");
            if (Words.Of(row.Class) != row.SaidClass)
                yield return $"case {row.No}: is {Words.Of(row.Class)}, its history says {row.SaidClass ?? "nothing"}";
            if (row.Onset != row.SaidOnset)
                yield return $"case {row.No}: its day of onset is not the one of its history";
            if (row.OnsetRegion != row.SaidRegion)
                yield return $"case {row.No}: is counted to {row.OnsetRegion}, its history says {row.SaidRegion ?? "nothing"}";
            if (row.Custody != row.SaidCustody)
                yield return $"case {row.No}: {row.Custody} has custody, its history says {row.SaidCustody ?? "nobody"}";
            if (row.State != row.Investigation)
                yield return $"case {row.No}: its investigation is kept as {Words.Of(row.Investigation)}, "
                    + $"and as {(row.State is { } state ? Words.Of(state) : "nothing")}";
        }
    }

    static string Said(string field) =>
        $"(SELECT h.new_value FROM case_change h WHERE h.owner = c.owner AND h.case_id = c.id AND h.field = '{field}' ORDER BY h.seq DESC LIMIT 1)";

    static IEnumerable<string> Numbers(Session session) => session.Query<string>("""
        SELECT n.owner || ' ' || n.year FROM case_counter n WHERE n.last <>
          (SELECT count(*) FROM case_record c WHERE c.owner = n.owner AND substr(c.no, 8, 4) = CAST(n.year AS text))
        """).Select(county => $"county and year {county}: there are not as many cases as numbers were given");

    static IEnumerable<string> Sources(Session session, Tally tally)
    {
        tally.Add("links", session.Scalar<long>("SELECT count(*) FROM transmission_link"));
        return session.Stream<string>("""
            SELECT c.no FROM case_record c WHERE (c.source_state = 1) <> EXISTS
              (SELECT 1 FROM transmission_link l WHERE l.to_case = c.id AND l.state = 1)
            """).Select(no => $"case {no}: its source is not what its links say")
            .Concat(session.Stream<Guid>("""
                SELECT l.id FROM transmission_link l WHERE NOT EXISTS (SELECT 1 FROM case_record c WHERE c.owner = l.from_owner AND c.id = l.from_case)
                  OR NOT EXISTS (SELECT 1 FROM case_record c WHERE c.owner = l.to_owner AND c.id = l.to_case)
                """).Select(id => $"link {id:N}: leads from or to no case"));
    }

    static IEnumerable<string> Persons(Session session) => session.Stream<string>("""
        SELECT min(no) FROM case_record WHERE class <> 5 AND ' ' || flags || ' ' NOT LIKE '% same_person %' GROUP BY person, disease HAVING count(*) > 1
        """).Select(no => $"case {no}: the person is counted twice");

    static IEnumerable<string> Circles(Session session)
    {
        var place = new Dictionary<Guid, int>();
        int Place(Guid id)
        {
            if (!place.TryGetValue(id, out var at))
                place[id] = at = place.Count;
            return at;
        }
        var links = session.Query<LinkRow>("SELECT from_case, to_case FROM transmission_link WHERE state = 1")
            .ConvertAll(l => (Place(l.FromCase), Place(l.ToCase)));
        return new Chains(place.Count, links).Circles.Select(c => $"case {place.First(p => p.Value == c[0]).Key:N}: stands in a circle of {c.Count} cases");
    }

    sealed class Kept
    {
        public Guid Id { get; init; }

        public string No { get; init; } = "";

        public CaseClass Class { get; init; }

        public string? Onset { get; init; }

        public InvestigationState Investigation { get; init; }

        public InvestigationState? State { get; init; }

        public string OnsetRegion { get; init; } = "";

        public string Custody { get; init; } = "";

        public string? SaidCustody { get; init; }

        public string? SaidClass { get; init; }

        public string? SaidOnset { get; init; }

        public string? SaidRegion { get; init; }
    }
}
