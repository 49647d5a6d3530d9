using Qipan.Laboratory;
using Qipan.Storage;

namespace Qipan.Situation;

/// <summary>An open alert of a suspect pool with the clock that runs, and nobody's name.</summary>
/// <param name="Clock">acknowledge, hold, resample or decide: the next arrow that has not been done.</param>
/// <param name="Due">By when.</param>
public sealed record AlertClock(Guid Id, string Owner, AlertState State, DateTimeOffset RaisedAt, string Clock, DateTimeOffset Due);

public static class AlertClocks
{
    const int Most = 500;

    /// <summary>The open alerts of the counties of a region, the one whose clock runs out first at the head.</summary>
    public static List<AlertClock> Of(Session session, Region region) => [.. session.Query<Row>("""
        SELECT id, owner, state, raised_at, ack_at, held_at, resampled_at, ack_due, hold_due, resample_due, decide_due FROM pool_alert
        WHERE owner >= @from AND owner < @beyond AND state < 8 ORDER BY owner, id LIMIT @most
        """, new { from = region.Owners.From, beyond = region.Owners.Beyond, most = Most }).Select(Clock).OrderBy(a => a.Due).ThenBy(a => a.Id)];

    static AlertClock Clock(Row row)
    {
        var (clock, due) = row switch
        {
            { AckAt: null } => ("acknowledge", row.AckDue),
            { HeldAt: null } => ("hold", row.HoldDue),
            { ResampledAt: null } => ("resample", row.ResampleDue),
            _ => ("decide", row.DecideDue),
        };
        return new AlertClock(row.Id, row.Owner, row.State, row.RaisedAt, clock, due);
    }

    sealed class Row
    {
        public Guid Id { get; init; }

        public string Owner { get; init; } = "";

        public AlertState State { get; init; }

        public DateTimeOffset RaisedAt { get; init; }

        public DateTimeOffset? AckAt { get; init; }

        public DateTimeOffset? HeldAt { get; init; }

        public DateTimeOffset? ResampledAt { get; init; }

        public DateTimeOffset AckDue { get; init; }

        public DateTimeOffset HoldDue { get; init; }

        public DateTimeOffset ResampleDue { get; init; }

        public DateTimeOffset DecideDue { get; init; }
    }
}
