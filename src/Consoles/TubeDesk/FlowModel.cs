using System.Globalization;
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

    public static Outcome<FlowModel> Load(HttpContext http, Store store, string? area, string? state, string? after)
    {
        var chosen = Territory.Choose(http, Permission.SeeTubes, area);
        if (!chosen.Ok)
            return chosen.Refusal;
        var (from, beyond) = chosen.Value.Owners;
        TubeState? asked = Enum.TryParse<TubeState>(state, ignoreCase: true, out var known) && known < TubeState.Resulted ? known : null;
        var (since, last) = Mark(after);
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
                SELECT * FROM tube WHERE owner >= @from AND owner < @beyond AND state < 9 AND state = @asked AND updated_at >= @since AND (updated_at > @since OR id > @last)
                ORDER BY updated_at, id LIMIT @Take
                """, new { from, beyond, asked = (short)asked, since, last, Take });
            return Outcome.Of(new FlowModel(chosen.Value, tubes, boxes, asked, listed,
                listed.Count == Take ? string.Create(CultureInfo.InvariantCulture, $"{listed[^1].UpdatedAt.UtcTicks}.{listed[^1].Id.Value:N}") : null));
        });
    }

    /// <summary>The last tube of the page before: since when it is as it is, and its id; of the first page, before all.</summary>
    static (DateTimeOffset Since, Guid Last) Mark(string? after) =>
        after?.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var since) && since <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var last) ? (new DateTimeOffset(since, TimeSpan.Zero), last) : (DateTimeOffset.UnixEpoch, Guid.Empty);
}
