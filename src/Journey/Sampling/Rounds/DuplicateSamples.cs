using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>A person in two tubes of one round 重复采样 (INV-01): both stand, the person counts once.</summary>
/// <param name="Discrepancy">By which it is settled.</param>
/// <param name="Person">The person's id.</param>
/// <param name="FoundAt">When the second was reported.</param>
/// <param name="Registrations">All of the person's registrations of the round that stand, in any county.</param>
public sealed record DuplicateSample(DiscrepancyId Discrepancy, Guid Person, DateTimeOffset FoundAt, IReadOnlyList<Registration> Registrations);

/// <summary>The duplicates of a round that nobody has settled.</summary>
public static class DuplicateSamples
{
    /// <summary>A page, by discrepancy; two queries.</summary>
    public static List<DuplicateSample> Page(Session session, string owner, Guid round, Guid? after, int take)
    {
        var found = session.Query<Discrepancy>($"""
            SELECT * FROM discrepancy WHERE owner = @owner AND round = @round AND state = 0 AND kind = '{DiscrepancyKinds.Duplicate}'
              {(after is null ? "" : "AND id > @after")} ORDER BY id LIMIT @take
            """, new { owner, round, after, take });
        if (found.Count == 0)
            return [];
        var registrations = session.Query<Registration>(
            $"SELECT * FROM registration WHERE round = @round AND person {session.InIds("persons")} AND state <> 3 ORDER BY corrected_at, id",
            new { round, persons = session.Keys(found.Select(d => d.SubjectId).Distinct()) }).ToLookup(r => r.Person.Value);
        return found.ConvertAll(d => new DuplicateSample(d.Id, d.SubjectId, d.FoundAt, [.. registrations[d.SubjectId]]));
    }
}
