using Qipan.Intake;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>
/// Recomputes every tube from its events, every box from its custody, the counters of sampled persons from the registrations, and
/// whether every accepted sample stands in a tube; a page of tubes at a time.
/// </summary>
sealed class VerifySampling : IVerifier
{
    const int AtOnce = 500;

    public string Name => "sampling";

    public IEnumerable<string> Verify(Session session, Tally tally) => session.Query<string>("SELECT DISTINCT owner FROM device ORDER BY owner")
        .SelectMany(owner => TubesOf(session, owner, tally).Concat(BoxesOf(session, owner, tally)).Concat(SampledOf(session, owner, tally))
            .Concat(FactsOf(session, owner, tally)));

    static IEnumerable<string> TubesOf(Session session, string owner, Tally tally)
    {
        Guid after = default;
        while (true)
        {
            var ids = session.Query<Guid>("SELECT id FROM tube WHERE owner = @owner AND id > @after ORDER BY id LIMIT @AtOnce", new { owner, after, AtOnce });
            if (ids.Count == 0)
                yield break;
            after = ids[^1];
            var desk = DeskLoad.ForVerification(session, owner, ids);
            foreach (var file in desk.Tubes.Values)
            {
                tally.Add("tubes");
                tally.Add("registrations", file.Registrations.Count);
                foreach (var difference in Compare(desk, file))
                    yield return difference;
            }
        }
    }

    static IEnumerable<string> Compare(Desk desk, TubeFile file)
    {
        var box = file.LastBox is { } id ? desk.Boxes.GetValueOrDefault(id)?.Now : null;
        var round = file.Opening?.Note.Round is { } its ? desk.Rounds.GetValueOrDefault(its) : null;
        var folded = TubeFold.Fold(file, box, round);
        var (kept, now) = (file.Was!, folded.Row);
        if (kept.State != now.State)
            yield return $"tube {file.Id:N}: is {kept.State}, its events say {now.State}";
        if (kept.Count != now.Count)
            yield return $"tube {file.Id:N}: says {kept.Count} persons, {now.Count} are registered in it";
        if (kept with { State = now.State, Count = now.Count } != now)
            yield return $"tube {file.Id:N}: is kept otherwise than its events say";
        foreach (var e in folded.Events)
        {
            if (!file.KeptEvents.TryGetValue(e.Claim.Fact, out var stored))
                yield return $"tube {file.Id:N}: {e.From} to {e.To} by fact {e.Claim.Fact:N} stands in no event";
            else if (stored != (e.From, e.To))
                yield return $"tube {file.Id:N}: fact {e.Claim.Fact:N} is kept as {stored.From} to {stored.To}, the events say {e.From} to {e.To}";
        }
        foreach (var r in folded.Registrations)
        {
            // Whether it is a duplicate depends on other tubes, and is counted with the sampled persons.
            if (file.KeptRegistrations[r.Id] is var was && was != r with { Duplicate = was.Duplicate })
                yield return $"registration {r.Id:N}: is kept otherwise than the events of its tube say";
        }
    }

    static IEnumerable<string> BoxesOf(Session session, string owner, Tally tally)
    {
        Guid after = default;
        while (true)
        {
            var ids = session.Query<Guid>("SELECT id FROM box WHERE owner = @owner AND id > @after ORDER BY id LIMIT @AtOnce", new { owner, after, AtOnce });
            if (ids.Count == 0)
                yield break;
            after = ids[^1];
            foreach (var file in DeskLoad.BoxesForVerification(session, owner, ids))
            {
                tally.Add("boxes");
                tally.Add("hand-overs", file.Custody.Count);
                var kept = file.Custody.ToList();
                BoxFold.Fold(file);
                if (file.Was! != file.Now)
                    yield return $"box {file.Id:N}: is kept otherwise than its hand-overs say";
                if (!kept.SequenceEqual(file.Custody))
                    yield return $"box {file.Id:N}: its hand-overs are not in the order of their times";
            }
        }
    }

    static IEnumerable<string> SampledOf(Session session, string owner, Tally tally)
    {
        // The first standing registration of a person decides the area; its id sorts by the time at which its device made it.
        var counted = session.Query<SampledLine>("""
            SELECT round, area, count(*) AS persons FROM (
              SELECT r.round, r.area, row_number() OVER (PARTITION BY r.round, r.person ORDER BY r.id) AS nth
              FROM registration r WHERE r.owner = @owner AND r.state <> 3 AND r.round IS NOT NULL) AS firsts
            WHERE nth = 1 GROUP BY round, area
            """, new { owner }).ToDictionary(l => (l.Round, l.Area), l => l.Persons);
        foreach (var line in session.Query<SampledLine>("SELECT round, area, persons FROM round_sampled WHERE owner = @owner", new { owner }))
        {
            tally.Add("counters of sampled persons");
            counted.Remove((line.Round, line.Area), out var persons);
            if (persons != line.Persons)
                yield return $"round {line.Round:N} in {line.Area}: {line.Persons} sampled are counted, {persons} are registered";
        }
        foreach (var ((round, area), persons) in counted)
            yield return $"round {round:N} in {area}: {persons} are registered and not counted";
        foreach (var id in session.Stream<Guid>("""
            SELECT r.id FROM registration r JOIN (
              SELECT round, person, count(*) AS many FROM registration WHERE owner = @owner AND state <> 3 AND round IS NOT NULL GROUP BY round, person) AS n
              ON n.round = r.round AND n.person = r.person
            WHERE r.owner = @owner AND r.state <> 3 AND r.duplicate <> CASE WHEN n.many > 1 THEN 1 ELSE 0 END
            """, new { owner }))
            yield return $"registration {id:N}: whether the person is in another tube is kept wrongly";
    }

    static IEnumerable<string> FactsOf(Session session, string owner, Tally tally)
    {
        var accepted = (short)Verdict.Accepted;
        tally.Add("accepted samples", session.Scalar<long>("SELECT count(*) FROM fact WHERE owner = @owner AND kind = 'sample_registered' AND verdict = @accepted",
            new { owner, accepted }));
        foreach (var id in session.Stream<Guid>("""
            SELECT f.id FROM fact f LEFT JOIN registration r ON r.owner = f.owner AND r.tube = f.subject AND r.id = f.id
            WHERE f.owner = @owner AND f.kind = 'sample_registered' AND f.verdict = @accepted AND r.id IS NULL
            """, new { owner, accepted }))
            yield return $"fact {id:N}: an accepted sample that stands in no tube";
        foreach (var id in session.Stream<Guid>("""
            SELECT r.id FROM registration r LEFT JOIN fact f ON f.owner = r.owner AND f.id = r.id
            WHERE r.owner = @owner AND (f.id IS NULL OR f.verdict <> @accepted OR f.corrected_at <> r.corrected_at)
            """, new { owner, accepted }))
            yield return $"registration {id:N}: no accepted fact says so, or says another time";
    }

    sealed class SampledLine
    {
        public Guid Round { get; init; }

        public string Area { get; init; } = "";

        public long Persons { get; init; }
    }
}
