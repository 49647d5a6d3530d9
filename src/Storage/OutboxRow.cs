using System.Text.Json;
using Qipan.Contracts;

namespace Qipan.Storage;

/// <summary>An event that waits in the outbox, in the transaction of the fact that it tells about.</summary>
sealed class OutboxRow
{
    static readonly Table<OutboxRow> Rows = new("outbox",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("at", ColumnType.Big, r => r.At),
        new("kind", ColumnType.Text, r => r.Kind),
        new("body", ColumnType.Text, r => r.Body),
        new("pending", ColumnType.Small, _ => 1));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Kind { get; init; }

    public required string Body { get; init; }

    public static void Append<TEvent>(WriteSession session, string owner, TEvent news)
        where TEvent : IEvent => session.Insert(Rows, [new OutboxRow
        {
            Owner = owner,
            Id = session.NewId(),
            At = session.Now,
            Kind = TEvent.Kind,
            Body = JsonSerializer.Serialize(news, JsonSerializerOptions.Web),
        }]);

    /// <summary>The oldest events that somebody has not handled yet.</summary>
    public static List<OutboxRow> Pending(Session session, int most) => session.Query<OutboxRow>(
        "SELECT owner, id, at, kind, body FROM outbox WHERE pending = 1 ORDER BY id LIMIT @most", new { most });
}
