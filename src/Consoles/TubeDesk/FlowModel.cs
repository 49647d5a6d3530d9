using Microsoft.AspNetCore.Http;
using Qipan.Consoles.Shell;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Consoles.TubeDesk;

/// <summary>How many things are in a state, and since when the oldest is.</summary>
public sealed class StateLine<TState>
    where TState : struct, Enum
{
    public TState State { get; init; }

    public long Things { get; init; }

    /// <summary>Persons in tubes; tubes' places in boxes.</summary>
    public long Persons { get; init; }

    public DateTimeOffset? Since { get; init; }
}

/// <summary>Tubes and boxes that are on their way, by state; and those of the state that is asked for, the oldest first.</summary>
public sealed record FlowModel(
    Territory Territory, IReadOnlyList<StateLine<TubeState>> Tubes, IReadOnlyList<StateLine<BoxState>> Boxes, TubeState? State, IReadOnlyList<Tube> Listed, string? Next)
{
    const int Take = 50;

    public static Outcome<FlowModel> Load(HttpContext http, Store store, string? area, string? state, int skip)
    {
        var chosen = Territory.Choose(http, Permission.SeeTubes, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var (from, beyond) = chosen.Value.Owners;
        TubeState? asked = Enum.TryParse<TubeState>(state, ignoreCase: true, out var known) && known < TubeState.Resulted ? known : null;
        return store.Read(session =>
        {
            var tubes = session.Query<StateLine<TubeState>>("""
                SELECT state, count(*) AS things, sum(count) AS persons, min(updated_at) AS since FROM tube
                WHERE owner >= @from AND owner < @beyond AND state < 9 GROUP BY state ORDER BY state
                """, new { from, beyond });
            var boxes = session.Query<StateLine<BoxState>>("""
                SELECT state, count(*) AS things, sum(capacity) AS persons, min(coalesce(sent_at, closed_at, opened_at)) AS since FROM box
                WHERE owner >= @from AND owner < @beyond AND state < 4 GROUP BY state ORDER BY state
                """, new { from, beyond });
            List<Tube> listed = asked is null ? [] : session.Query<Tube>("""
                SELECT * FROM tube WHERE owner >= @from AND owner < @beyond AND state < 9 AND state = @asked ORDER BY updated_at, id LIMIT @Take OFFSET @skip
                """, new { from, beyond, asked = (short)asked, Take, skip });
            return Outcome.Of(new FlowModel(chosen.Value, tubes, boxes, asked, listed,
                listed.Count == Take ? (skip + Take).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
        });
    }
}
