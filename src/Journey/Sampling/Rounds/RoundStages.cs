using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Where a tube is on its way 采→送→检→报.</summary>
public enum Stage
{
    /// <summary>采: takes persons in, or its opening has not arrived.</summary>
    Registered = 1,
    Sealed = 2,
    Boxed = 3,

    /// <summary>送.</summary>
    InTransit = 4,

    /// <summary>检: a laboratory has it.</summary>
    Received = 5,

    /// <summary>Accepted for testing.</summary>
    Queued = 6,
    InRun = 7,

    /// <summary>报.</summary>
    Resulted = 8,

    /// <summary>Rejected or voided: it has no result and will have none.</summary>
    Lost = 9,
}

/// <summary>The tubes of a round in one stage.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Tubes">How many.</param>
/// <param name="Persons">In them; who is in two tubes counts in both.</param>
/// <param name="Oldest">Since when the one that has waited longest is in it; null for a stage that is an end, and for an empty one.</param>
/// <param name="MedianMinutes">How long half of them have been in it at least.</param>
/// <param name="P90Minutes">How long the slowest tenth of them have been in it at least.</param>
public sealed record StageCount(Stage Stage, long Tubes, long Persons, DateTimeOffset? Oldest, double? MedianMinutes, double? P90Minutes);

/// <summary>The stages of tube states, and their counts.</summary>
public static class RoundStages
{
    public static Stage Of(TubeState state) => state switch
    {
        TubeState.Issued or TubeState.Open => Stage.Registered,
        TubeState.Sealed => Stage.Sealed,
        TubeState.Boxed => Stage.Boxed,
        TubeState.InTransit => Stage.InTransit,
        TubeState.Received => Stage.Received,
        TubeState.Queued => Stage.Queued,
        TubeState.InRun => Stage.InRun,
        TubeState.Resulted or TubeState.Retained or TubeState.Destroyed => Stage.Resulted,
        TubeState.Rejected or TubeState.Void => Stage.Lost,
    };

    /// <summary>All stages, empty ones too. Reads two indexes and no tube.</summary>
    public static List<StageCount> Of(Session session, string owner, Guid round, DateTimeOffset now)
    {
        var rows = session.Query<Row>("""
            SELECT state, count(*) AS tubes, sum(count) AS persons, min(updated_at) AS oldest FROM tube
            WHERE owner = @owner AND round = @round AND state < 9 GROUP BY state
            UNION ALL
            SELECT state, count(*), sum(count), NULL FROM tube WHERE owner = @owner AND round = @round AND state >= 9 GROUP BY state
            """, new { owner, round });
        var stages = rows.ToLookup(r => Of(r.State));
        return [.. Enum.GetValues<Stage>().Select(stage =>
        {
            var its = stages[stage].ToList();
            var (tubes, persons) = (its.Sum(r => r.Tubes), its.Sum(r => r.Persons));
            return tubes == 0 || stage >= Stage.Resulted
                ? new StageCount(stage, tubes, persons, null, null, null)
                : new StageCount(stage, tubes, persons, its.Min(r => r.Oldest),
                    Minutes(session, owner, round, stage, tubes / 2, now), Minutes(session, owner, round, stage, tubes / 10, now));
        })];
    }

    /// <summary>The age of the tube that stands at this place among those of the stage, the oldest first.</summary>
    static double Minutes(Session session, string owner, Guid round, Stage stage, long skip, DateTimeOffset now)
    {
        var at = session.Query<DateTimeOffset>($"""
            SELECT updated_at FROM tube WHERE owner = @owner AND round = @round AND state < 9 AND {InSql(stage)} ORDER BY updated_at LIMIT 1 OFFSET @skip
            """, new { owner, round, skip });
        return at.Count == 0 ? 0 : Math.Max(0, (now - at[0]).TotalMinutes);
    }

    /// <summary>The states of a stage as SQL; one state is a walk along the index.</summary>
    internal static string InSql(Stage stage)
    {
        var states = Enum.GetValues<TubeState>().Where(s => Of(s) == stage).Select(s => (int)s).ToList();
        return states is [var one] ? $"state = {one}" : $"state IN ({string.Join(", ", states)})";
    }

    sealed class Row
    {
        public TubeState State { get; init; }

        public long Tubes { get; init; }

        public long Persons { get; init; }

        public DateTimeOffset? Oldest { get; init; }
    }
}
