using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>A contact 密接 as kept: one row for each person, index and ring.</summary>
public sealed record ContactRow
{
    internal static readonly Table<ContactRow> Rows = new("contact",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("person", ColumnType.Uuid, r => r.Person),
        new("person_owner", ColumnType.Text, r => r.PersonOwner),
        new("area", ColumnType.Text, r => r.Area),
        new("index_case", ColumnType.Uuid, r => r.IndexCase),
        new("index_owner", ColumnType.Text, r => r.IndexOwner),
        new("index_contact", ColumnType.Uuid, r => r.IndexContact),
        new("ring", ColumnType.Small, r => r.Ring),
        new("kind", ColumnType.Small, r => (short)r.Kind),
        new("situation", ColumnType.Text, r => r.Situation),
        new("first_exposure", ColumnType.Big, r => r.FirstExposure),
        new("last_exposure", ColumnType.Big, r => r.LastExposure),
        new("sources", ColumnType.Text, r => r.Sources),
        new("evidence", ColumnType.Text, r => r.Evidence),
        new("seconds", ColumnType.Big, r => r.Seconds),
        new("rating", ColumnType.Real, r => r.Rating),
        new("state", ColumnType.Small, r => (short)r.State),
        new("before_state", ColumnType.Small, r => r.BeforeState is { } before ? (short)before : null),
        new("ended_by", ColumnType.Text, r => r.EndedBy),
        new("flag", ColumnType.Text, r => r.Flag),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("plan", ColumnType.Text, r => r.Plan),
        new("release_at", ColumnType.Big, r => r.ReleaseAt),
        new("team", ColumnType.Uuid, r => r.Team),
        new("proposed_at", ColumnType.Big, r => r.ProposedAt),
        new("determined_at", ColumnType.Big, r => r.DeterminedAt),
        new("determined_by", ColumnType.Text, r => r.DeterminedBy),
        new("reason", ColumnType.Text, r => r.Reason),
        new("ended_at", ColumnType.Big, r => r.EndedAt),
        new("version", ColumnType.Big, r => r.Version));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public required Guid Person { get; init; }

    public required string PersonOwner { get; init; }

    /// <summary>
    /// Where the person is followed: a place code in the county that has custody. That is the index's county until another accepts a
    /// hand-over, wherever the person is (INV-38).
    /// </summary>
    public required string Area { get; init; }

    /// <summary>The county that has custody 管控责任: it follows, decides and releases.</summary>
    public string Custody => PlaceCode.OwnerOf(Area);

    public required Guid IndexCase { get; init; }

    public required string IndexOwner { get; init; }

    /// <summary>Of a secondary contact: the contact it goes through.</summary>
    public Guid? IndexContact { get; init; }

    /// <summary>1: met the case; 2: met a contact of it.</summary>
    public int Ring { get; init; } = 1;

    public required ContactKind Kind { get; init; }

    public required string Situation { get; init; }

    public required DateTimeOffset FirstExposure { get; init; }

    public required DateTimeOffset LastExposure { get; init; }

    /// <summary>Comma-separated words.</summary>
    public required string Sources { get; init; }

    /// <summary>JSON: <see cref="ContactEvidence"/>.</summary>
    public required string Evidence { get; init; }

    public long Seconds { get; init; }

    public double Rating { get; init; }

    public ContactState State { get; init; } = ContactState.Proposed;

    /// <summary>What it was before a fact ended it.</summary>
    public ContactState? BeforeState { get; init; }

    public string? EndedBy { get; init; }

    /// <summary>Why somebody has to look at it again.</summary>
    public string? Flag { get; init; }

    public required string Protocol { get; init; }

    /// <summary>JSON: <see cref="ContactPlan"/>.</summary>
    public string? Plan { get; init; }

    public DateTimeOffset? ReleaseAt { get; init; }

    public Guid? Team { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public DateTimeOffset? DeterminedAt { get; init; }

    public string? DeterminedBy { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long Version { get; init; } = 1;

    public ContactPlan? ReadPlan() => Plan is null ? null : TracingJson.Read<ContactPlan>(Plan);

    public ContactEvidence ReadEvidence() => TracingJson.Read<ContactEvidence>(Evidence);

    public bool Active => ContactStates.Active(State);
}

/// <summary>Finds contacts by sets of keys.</summary>
static class ContactRows
{
    public static List<ContactRow> ByIds(Session session, IReadOnlyCollection<Guid> ids) => ids.Count == 0 ? []
        : session.Each<ContactRow>("SELECT * FROM contact WHERE id = @key", ids);

    public static ContactRow? One(Session session, Guid id) => ByIds(session, [id]).FirstOrDefault();

    public static List<ContactRow> OfPersons(Session session, IReadOnlyCollection<Guid> persons) => persons.Count == 0 ? []
        : session.Each<ContactRow>("SELECT * FROM contact WHERE person = @key", persons);

    public static List<ContactRow> OfCase(Session session, Guid index) =>
        session.Query<ContactRow>("SELECT * FROM contact WHERE index_case = @index", new { index });

    /// <summary>The rows that go through these contacts.</summary>
    public static List<ContactRow> Through(Session session, IReadOnlyCollection<Guid> contacts) => contacts.Count == 0 ? []
        : session.Each<ContactRow>("SELECT * FROM contact WHERE index_contact = @key", contacts);
}
