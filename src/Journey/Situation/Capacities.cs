using Qipan.Laboratory;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>What stages are fitted for, in persons an hour.</summary>
static class Capacities
{
    /// <summary>
    /// The desks of a round that are open now: of each point its registered persons an hour, as far as its desks are manned. Null where no desk is open: then the
    /// pace speaks alone, as where samplers do not say when they begin and end.
    /// </summary>
    public static double? Desks(Session session, IEnumerable<string> counties, RoundId round)
    {
        var points = session.Query<Point>($"""
            SELECT p.desks, p.capacity, count(*) AS open FROM sampling_point p JOIN sampling_session s ON s.owner = p.owner AND s.point = p.id
            WHERE p.owner {session.In("owners")} AND p.state = 1 AND p.capacity > 0 AND s.open_at IS NOT NULL AND s.close_at IS NULL AND (s.round = @round OR s.round IS NULL)
            GROUP BY p.owner, p.id, p.desks, p.capacity
            """, new { owners = session.Keys(counties), round = round.Value });
        return points.Count == 0 ? null : points.Sum(p => p.Capacity * Math.Min(1.0, (double)p.Open / Math.Max(1, p.Desks)));
    }

    /// <summary>
    /// What the working laboratories of the counties are registered for: tubes a day by the kind of pool that each is rated highest for, spread over 24 hours, times
    /// the persons of a tube of this round. Null where none is registered with a capacity.
    /// </summary>
    public static double? Laboratories(Session session, IEnumerable<string> counties, double personsOfATube)
    {
        var tubes = session.Query<string>($"SELECT rated_capacity FROM laboratory WHERE owner {session.In("owners")} AND state = 1", new { owners = session.Keys(counties) })
            .Sum(json => (long)RatedCapacity.FromJson(json).TubesPerDay.Values.DefaultIfEmpty(0).Max());
        return tubes == 0 ? null : tubes * personsOfATube / 24;
    }

    sealed class Point
    {
        public long Desks { get; init; }

        public long Capacity { get; init; }

        public long Open { get; init; }
    }
}
