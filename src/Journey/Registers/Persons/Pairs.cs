using Qipan.Contracts;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Pairs of rows that may be one person: parked when they are found, noted when somebody has decided. Later modules are told of both.</summary>
static class Pairs
{
    /// <summary>Pairs that are there already stay as they are. Returns how many are new.</summary>
    public static int Park(WriteSession session, IReadOnlyCollection<PairRow> found)
    {
        if (found.Count == 0)
            return 0;
        foreach (var county in found.GroupBy(p => p.Owner))
            session.Publish(county.Key, new PairsParked([.. county.Select(p => new ParkedPair(p.PersonA, p.PersonB, p.Score))]));
        return session.Insert(PairRow.Rows, found, IfThere.Skip);
    }

    /// <summary>What was decided is kept with the pair, whichever of the two was found first.</summary>
    public static void Note(WriteSession session, string owner, Guid a, Guid b, PairState state, string reason)
    {
        var decided = new { state = (short)state, by = session.Actor.ToString(), session.Now, reason, a, b };
        const string Set = "UPDATE duplicate_pair SET state = @state, decided_by = @by, decided_at = @Now, reason = @reason WHERE person_a = @a AND person_b = @b";
        var counties = session.Query<string>($"SELECT owner FROM person WHERE id {session.InIds("ids")}", new { ids = session.Keys([a, b]) });
        var there = counties.Distinct().Sum(county => session.Execute(Set + " AND owner = @county", new { decided.state, decided.by, decided.Now, reason, a, b, county })
            + session.Execute(Set + " AND owner = @county", new { decided.state, decided.by, decided.Now, reason, a = b, b = a, county }));
        foreach (var county in counties.Distinct())
            session.Publish(county, new PairDecided(a, b));
        if (there > 0)
            return;
        session.Insert(PairRow.Rows, [new PairRow
        {
            Owner = owner,
            PersonA = a,
            PersonB = b,
            Score = 1,
            Reasons = "by_hand",
            State = state,
            FoundAt = session.Now,
            DecidedBy = session.Actor.ToString(),
            DecidedAt = session.Now,
            Reason = reason,
        }]);
    }
}
