using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>A person as kept: the whole row of table <c>person</c>.</summary>
sealed record PersonRow
{
    public static readonly Table<PersonRow> Rows = new("person",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("name", ColumnType.Text, r => r.Name),
        new("name_key", ColumnType.Text, r => r.NameKey),
        new("sex", ColumnType.Small, r => (short)r.Sex),
        new("birth", ColumnType.Text, r => r.Birth),
        new("residence", ColumnType.Text, r => r.Residence),
        new("household", ColumnType.Uuid, r => r.Household),
        new("registered_division", ColumnType.Text, r => r.RegisteredDivision),
        new("workplace", ColumnType.Text, r => r.Workplace),
        new("risk_post", ColumnType.Text, r => r.RiskPost),
        new("special_groups", ColumnType.Big, r => r.SpecialGroups),
        new("guardian", ColumnType.Uuid, r => r.Guardian),
        new("confidence", ColumnType.Small, r => (short)r.Confidence),
        new("temporary", ColumnType.Text, r => r.Temporary),
        new("present_kind", ColumnType.Small, r => (short)r.PresentKind),
        new("present_owner", ColumnType.Text, r => r.PresentOwner),
        new("present_place", ColumnType.Text, r => r.PresentPlace),
        new("present_since", ColumnType.Big, r => r.PresentSince),
        new("merged_into", ColumnType.Uuid, r => r.MergedInto),
        new("version", ColumnType.Big, r => r.Version),
        new("created_at", ColumnType.Big, r => r.CreatedAt),
        new("source", ColumnType.Text, r => r.Source));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string NameKey { get; init; }

    public Sex Sex { get; init; }

    public string? Birth { get; init; }

    public required string Residence { get; init; }

    public Guid? Household { get; init; }

    public string? RegisteredDivision { get; init; }

    public string? Workplace { get; init; }

    public string? RiskPost { get; init; }

    public long SpecialGroups { get; init; }

    public Guid? Guardian { get; init; }

    public IdentityConfidence Confidence { get; init; }

    public string? Temporary { get; init; }

    public PresentKind PresentKind { get; init; } = PresentKind.Residence;

    public required string PresentOwner { get; init; }

    public string? PresentPlace { get; init; }

    public required DateTimeOffset PresentSince { get; init; }

    public Guid? MergedInto { get; init; }

    public long Version { get; init; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Source { get; init; }

    public PersonRef Ref() => new()
    {
        Owner = Owner,
        Id = Id,
        Residence = Residence,
        Birth = Birth,
        Sex = Sex,
        Household = Household,
        PresentKind = PresentKind,
        PresentOwner = PresentOwner,
        PresentPlace = PresentPlace,
        MergedInto = MergedInto,
        NameKey = NameKey,
    };
}

/// <summary>One row of <c>person_stay</c>: where somebody was, from when to when; exactly one is open.</summary>
sealed record StayRow
{
    public static readonly Table<StayRow> Rows = new("person_stay",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("person", ColumnType.Uuid, r => r.Person, Key: true),
        new("from_at", ColumnType.Big, r => r.FromAt, Key: true),
        new("to_at", ColumnType.Big, r => r.ToAt),
        new("kind", ColumnType.Small, r => (short)r.Kind),
        new("place_owner", ColumnType.Text, r => r.PlaceOwner),
        new("place", ColumnType.Text, r => r.Place),
        new("source", ColumnType.Text, r => r.Source));

    public required string Owner { get; init; }

    public required Guid Person { get; init; }

    public required DateTimeOffset FromAt { get; init; }

    public DateTimeOffset? ToAt { get; init; }

    public PresentKind Kind { get; init; }

    public required string PlaceOwner { get; init; }

    public string? Place { get; init; }

    public required string Source { get; init; }

    public static StayRow First(PersonRow person) => new()
    {
        Owner = person.Owner,
        Person = person.Id,
        FromAt = person.PresentSince,
        Kind = person.PresentKind,
        PlaceOwner = person.PresentOwner,
        Place = person.PresentPlace,
        Source = person.Source,
    };
}
