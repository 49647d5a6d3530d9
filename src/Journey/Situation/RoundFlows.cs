using Qipan.Duties;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>A round under way with its stages, in the counties of a territory.</summary>
/// <param name="Should">应: on the roster of the territory, less waived and withdrawn.</param>
/// <param name="Late">Of the open, those past the deadline.</param>
/// <param name="Stages">The four, in their order. Tubes have no finer place than their county: below it these are the county's.</param>
public sealed record RoundFlow(
    Round Round, long Should, long Done, long Late, long Sampled, IReadOnlyList<FlowLoad> Stages, FlowForecast Forecast)
{
    public long Open => Should - Done;

    /// <summary>True where the window has ended and of twenty people sampled fewer than one waits for the result: a lost tube is no longer the night's work.</summary>
    public bool IsRemnant(DateTimeOffset now) => Round.WindowEnd < now && Stages.Skip(1).Sum(s => s.Waiting) * 20 < Sampled;

    /// <summary>How much earlier than the deadline the last result is expected; negative: later.</summary>
    public TimeSpan? Margin => Forecast.LastResult is { } last ? Round.DueAt - last : null;
}

/// <summary>The rounds under way and how far their samples are.</summary>
public static class RoundFlows
{
    /// <summary>At most so many rounds stand on a board; more at once is a slip of planning.</summary>
    const int Most = 12;

    /// <summary>The rounds that are published and not final in the counties of a territory, by deadline; of several counties one row.</summary>
    public static List<Round> UnderWay(Session session, Region region)
    {
        var (from, beyond) = region.Owners;
        return [.. session.Query<Round>("SELECT * FROM round WHERE owner >= @from AND owner < @beyond AND state BETWEEN 2 AND 5 ORDER BY due_at, id, owner",
            new { from, beyond }).DistinctBy(r => r.Id).Take(Most)];
    }

    /// <summary>Each round with its stages. Reads counters and indexes: what it costs grows with the tubes of these rounds alone.</summary>
    /// <param name="session">The snapshot.</param>
    /// <param name="region">Whose.</param>
    /// <param name="rounds">Of <see cref="UnderWay"/>.</param>
    /// <param name="duties">What <see cref="DutyDays.OfRounds"/> says of each of them, by its id as the ledger writes it.</param>
    /// <param name="now">Until when.</param>
    public static List<RoundFlow> Of(Session session, Region region, IReadOnlyList<Round> rounds, Func<Round, DutyDay> duties, DateTimeOffset now) =>
        rounds.Count == 0 ? [] : Each(session, region, rounds, duties, now);

    /// <summary>The states of a tube that waits in a stage; none for sampling, where people are in no tube yet.</summary>
    public static TubeState[] StatesOf(FlowStage stage) => stage switch
    {
        FlowStage.Transport => [TubeState.Sealed, TubeState.Boxed, TubeState.InTransit],
        FlowStage.Testing => [TubeState.Received, TubeState.Queued],
        FlowStage.Reporting => [TubeState.InRun],
        _ => [],
    };

    static List<RoundFlow> Each(Session session, Region region, IReadOnlyList<Round> rounds, Func<Round, DutyDay> duties, DateTimeOffset now)
    {
        var (from, beyond) = region.Owners;
        var counties = session.Query<Part>($"SELECT owner, id AS round FROM round WHERE owner >= @from AND owner < @beyond AND id {session.InIds("ids")}",
            new { from, beyond, ids = session.Keys(rounds.Select(r => r.Id.Value)) }).ToLookup(p => p.Round, p => p.Owner);
        return [.. rounds.Select(round =>
        {
            var its = duties(round);
            var begun = round.WindowStart > now.AddHours(-1) ? round.WindowStart : now.AddHours(-1);
            var hours = Math.Max(1.0 / 6, (now - begun).TotalHours);
            var args = new
            {
                owners = session.Keys(counties[round.Id.Value]),
                round = round.Id.Value,
                hour = now.AddHours(-1),
                code = region.Code,
                end = region.Beyond,
            };
            var sampled = session.Scalar<long?>($"""
                SELECT sum(persons) FROM round_sampled WHERE owner {session.In("owners")} AND round = @round AND area >= @code AND area < @end
                """, args) ?? 0;
            var states = session.Query<StateRow>($"""
                SELECT state, count(*) AS tubes, sum(count) AS persons, min(updated_at) AS since FROM tube
                WHERE owner {session.In("owners")} AND round = @round AND state < 9 GROUP BY state
                UNION ALL
                SELECT state, count(*), sum(count), 0 FROM tube WHERE owner {session.In("owners")} AND round = @round AND state >= 9 GROUP BY state
                """, args);
            var moved = session.Query<Moved>($"""
                SELECT 1 AS stage, coalesce(sum(count), 0) AS persons, CAST(0 AS double precision) AS took FROM tube WHERE owner {session.In("owners")} AND round = @round AND sealed_at >= @hour AND sealed_at IS NOT NULL
                UNION ALL
                SELECT 2, coalesce(sum(count), 0), CAST(coalesce(avg(received_at - sealed_at), 0) AS double precision) FROM tube
                WHERE owner {session.In("owners")} AND round = @round AND received_at >= @hour AND received_at IS NOT NULL
                UNION ALL
                SELECT 4, coalesce(sum(count), 0), CAST(coalesce(avg(updated_at - received_at), 0) AS double precision) FROM tube
                WHERE owner {session.In("owners")} AND round = @round AND state = 9 AND state >= 9 AND updated_at >= @hour
                """, args).ToDictionary(m => m.Stage);
            var missing = Math.Max(0, its.Should - sampled);
            FlowLoad Load(FlowStage stage, long left)
            {
                var rows = states.FindAll(s => StatesOf(stage).Contains(s.State));
                var flow = moved.GetValueOrDefault((int)(stage == FlowStage.Testing ? FlowStage.Reporting : stage)) ?? new Moved();
                return new FlowLoad(stage, rows.Sum(r => r.Persons), flow.Persons / hours, rows.Count == 0 ? null : rows.Min(r => r.Since),
                    TimeSpan.FromMilliseconds(Math.Max(0, flow.Took)), left) { Tubes = rows.Sum(r => r.Tubes) };
            }
            long Persons(Func<TubeState, bool> state) => states.Where(s => state(s.State)).Sum(s => s.Persons);
            var reported = Persons(s => s is TubeState.Resulted or TubeState.Retained or TubeState.Destroyed);
            var received = Persons(s => s is TubeState.Received or TubeState.Queued or TubeState.InRun) + reported;
            var inTubes = states.Sum(s => s.Tubes);
            var desks = Capacities.Desks(session, counties[round.Id.Value], round.Id);
            var rated = Capacities.Laboratories(session, counties[round.Id.Value], inTubes == 0 ? 1 : (double)states.Sum(s => s.Persons) / inTubes);
            FlowLoad[] stages =
            [
                Load(FlowStage.Sampling, sampled) with { Waiting = missing, Tubes = 0, Most = desks },
                Load(FlowStage.Transport, received),
                Load(FlowStage.Testing, reported + Persons(s => s == TubeState.InRun)),
                // What the round has had on average is no more than its laboratories can do, whatever was registered.
                Load(FlowStage.Reporting, reported) with { Most = rated is { } most ? Math.Max(most, reported / Math.Max(1, (now - round.WindowStart).TotalHours)) : null },
            ];
            return new RoundFlow(round, its.Should, its.Done, its.Late, sampled, stages,
                FlowForecast.Of(now, round.WindowEnd, stages[0], stages[1], stages[2], stages[3]));
        })];
    }

    sealed class Part
    {
        public string Owner { get; init; } = "";

        public Guid Round { get; init; }
    }

    sealed class StateRow
    {
        public TubeState State { get; init; }

        public long Tubes { get; init; }

        public long Persons { get; init; }

        public DateTimeOffset Since { get; init; }
    }

    sealed class Moved
    {
        public int Stage { get; init; }

        public long Persons { get; init; }

        public double Took { get; init; }
    }
}
