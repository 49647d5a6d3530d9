using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Whether a venue takes visits. The numbers reach disk: append only.</summary>
enum VenueState : short
{
    Active = 1,
    Closed = 2,
}

/// <summary>A venue 场所: where people check in.</summary>
sealed record VenueRow
{
    public static readonly Table<VenueRow> Rows = new("venue",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("name", ColumnType.Text, r => r.Name),
        new("name_key", ColumnType.Text, r => r.NameKey),
        new("outside_no", ColumnType.Text, r => r.OutsideNo),
        new("category", ColumnType.Text, r => r.Category),
        new("place", ColumnType.Text, r => r.Place),
        new("uscc", ColumnType.Text, r => r.Uscc),
        new("capacity", ColumnType.Big, r => r.Capacity),
        new("state", ColumnType.Small, r => (short)r.State),
        new("created_at", ColumnType.Big, r => r.CreatedAt));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string NameKey { get; init; } = "";

    public string? OutsideNo { get; init; }

    public string Category { get; init; } = "other";

    public string Place { get; init; } = "";

    public string? Uscc { get; init; }

    public long? Capacity { get; init; }

    public VenueState State { get; init; } = VenueState.Active;

    public DateTimeOffset CreatedAt { get; init; }

    public static string KeyOf(string name) => NameKeys.Of(name) is { Length: > 0 } key ? key : name.Trim().ToLowerInvariant();

    public static List<VenueRow> ByIds(Session session, IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? []
        : session.Each<VenueRow>("SELECT * FROM venue WHERE id = @key", ids);
}
