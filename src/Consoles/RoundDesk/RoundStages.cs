using Qipan.Consoles.Shell;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.RoundDesk;

/// <summary>Tubes and their persons in one state, and since when the oldest of them is in it.</summary>
public sealed class StageCount
{
    public TubeState State { get; init; }

    public long Tubes { get; init; }

    public long Persons { get; init; }

    public DateTimeOffset Since { get; init; }
}

/// <summary>Sealed tubes without a result by their age, from <see cref="Hours"/> hours on.</summary>
public sealed class AgeCount
{
    public int Hours { get; init; }

    public long Tubes { get; init; }

    public long Persons { get; init; }
}

/// <summary>The four stages 采→送→检→报 of a round's tubes in the counties of a territory; tubes have no finer place than their county.</summary>
public sealed record RoundStages(IReadOnlyList<StageCount> States, IReadOnlyList<AgeCount> Waiting)
{
    /// <summary>Each stage with the states of a tube that belong to it.</summary>
    public static IReadOnlyList<(string Stage, TubeState[] States)> Stages { get; } =
    [
        ("Sampling 采", [TubeState.Issued, TubeState.Open, TubeState.Sealed]),
        ("Transport 送", [TubeState.Boxed, TubeState.InTransit]),
        ("Testing 检", [TubeState.Received, TubeState.Queued, TubeState.InRun]),
        ("Reported 报", [TubeState.Resulted, TubeState.Retained, TubeState.Destroyed]),
        ("Not usable", [TubeState.Rejected, TubeState.Void]),
    ];

    public static RoundStages Load(Session session, Guid round, Territory territory, DateTimeOffset now)
    {
        var (from, beyond) = territory.Owners;
        var states = session.Query<StageCount>("""
            SELECT state, count(*) AS tubes, sum(count) AS persons, min(updated_at) AS since FROM tube
            WHERE owner >= @from AND owner < @beyond AND round = @round GROUP BY state ORDER BY state
            """, new { from, beyond, round });
        var waiting = session.Query<AgeCount>("""
            SELECT CASE WHEN sealed_at >= @six THEN 0 WHEN sealed_at >= @twelve THEN 6 WHEN sealed_at >= @day THEN 12 WHEN sealed_at >= @two THEN 24 ELSE 48 END AS hours,
              count(*) AS tubes, sum(count) AS persons
            FROM tube WHERE owner >= @from AND owner < @beyond AND round = @round AND state < 9 AND sealed_at IS NOT NULL GROUP BY 1 ORDER BY 1
            """, new { from, beyond, round, six = now.AddHours(-6), twelve = now.AddHours(-12), day = now.AddHours(-24), two = now.AddHours(-48) });
        return new RoundStages(states, waiting);
    }

    public IEnumerable<StageCount> In(TubeState[] states) => States.Where(s => states.Contains(s.State));
}
