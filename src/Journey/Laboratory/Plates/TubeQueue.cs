using Qipan.Sampling;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A tube that waits for testing.</summary>
/// <param name="Urgent">It re-samples a member of an open alert.</param>
public sealed record WaitingTube(Guid Id, string Owner, string Code, int Kind, TubeState State, int Priority, bool Urgent, DateTimeOffset ReceivedAt, Guid? Round);

/// <summary>What a laboratory has to test 待检: re-samples of alerts first, then by priority, then the longest waiting.</summary>
static class TubeQueue
{
    public static List<WaitingTube> Of(Session session, LaboratoryRow lab, int take) => [.. session.Query<Row>("""
        SELECT t.id, t.owner, t.code, t.kind, t.state, t.priority, t.received_at, t.round,
          CASE WHEN t.kind = 1 AND EXISTS (SELECT 1 FROM pool_alert_member m JOIN pool_alert a ON a.owner = m.owner AND a.id = m.alert
            WHERE (m.resample_tube = t.id OR m.resample2_tube = t.id) AND a.state < 8) THEN 1 ELSE 0 END AS urgent
        FROM tube t WHERE t.state IN (6, 7) AND t.lab = @Unit
        ORDER BY urgent DESC, t.priority DESC, t.received_at, t.id LIMIT @take
        """, new { lab.Unit, take })
        .Select(r => new WaitingTube(r.Id, r.Owner, r.Code, (int)r.Kind, r.State, r.Priority, r.Urgent, r.ReceivedAt, r.Round))];

    sealed class Row
    {
        public Guid Id { get; init; }

        public string Owner { get; init; } = "";

        public string Code { get; init; } = "";

        public TubeKind Kind { get; init; }

        public TubeState State { get; init; }

        public int Priority { get; init; }

        public bool Urgent { get; init; }

        public DateTimeOffset ReceivedAt { get; init; }

        public Guid? Round { get; init; }
    }
}
