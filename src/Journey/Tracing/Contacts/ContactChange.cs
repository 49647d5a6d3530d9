using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>One move of a contact, kept for ever.</summary>
public sealed record ContactChange
{
    static readonly Table<ContactChange> Rows = new("contact_change",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("contact", ColumnType.Uuid, r => r.Contact, Key: true),
        new("version", ColumnType.Big, r => r.Version, Key: true),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("from_state", ColumnType.Small, r => (short)r.FromState),
        new("to_state", ColumnType.Small, r => (short)r.ToState),
        new("last_exposure", ColumnType.Big, r => r.LastExposure),
        new("release_at", ColumnType.Big, r => r.ReleaseAt),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("basis", ColumnType.Text, r => r.Basis),
        new("reason", ColumnType.Text, r => r.Reason));

    public string Owner { get; init; } = "";

    public Guid Contact { get; init; }

    public long Version { get; init; }

    public DateTimeOffset At { get; init; }

    public string Actor { get; init; } = "";

    public ContactState FromState { get; init; }

    public ContactState ToState { get; init; }

    public DateTimeOffset LastExposure { get; init; }

    public DateTimeOffset? ReleaseAt { get; init; }

    public string Protocol { get; init; } = "";

    public string? Basis { get; init; }

    public string? Reason { get; init; }

    /// <summary>
    /// Writes rows that changed, each with its next version and its line of history. The only way in which a contact that is there changes.
    /// </summary>
    internal static void Write(WriteSession session, IReadOnlyCollection<(ContactRow From, ContactRow To)> moves, string? basis = null, string? reason = null)
    {
        if (moves.Count == 0)
            return;
        var after = moves.Select(m => m.To with { Version = m.From.Version + 1 }).ToList();
        session.Update(ContactRow.Rows, after);
        session.Insert(Rows, [.. moves.Zip(after, (move, row) => new ContactChange
        {
            Owner = row.Owner,
            Contact = row.Id,
            Version = row.Version,
            At = session.Now,
            Actor = session.Actor.ToString(),
            FromState = move.From.State,
            ToState = row.State,
            LastExposure = row.LastExposure,
            ReleaseAt = row.ReleaseAt,
            Protocol = row.Protocol,
            Basis = basis,
            Reason = reason,
        })]);
    }

    internal static List<ContactChange> Of(Session session, Guid contact) =>
        session.Query<ContactChange>("SELECT * FROM contact_change WHERE contact = @contact ORDER BY version", new { contact });
}
