using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>How a phone belongs to a person. The numbers reach disk: append only.</summary>
public enum PhoneRelation
{
    Own = 1,

    /// <summary>Of the household: never with a result's detail (INV-20).</summary>
    Household = 2,
    Guardian = 3,
}

/// <summary>A document as kept.</summary>
sealed record DocumentRow
{
    public static readonly Table<DocumentRow> Rows = new("person_document",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("doc_key", ColumnType.Uuid, r => r.DocKey, Key: true),
        new("person", ColumnType.Uuid, r => r.Person),
        new("doc_type", ColumnType.Small, r => (short)r.DocType),
        new("sealed", ColumnType.Bytes, r => r.Sealed),
        new("masked", ColumnType.Text, r => r.Masked));

    public required string Owner { get; init; }

    public required Guid DocKey { get; init; }

    public required Guid Person { get; init; }

    public required DocType DocType { get; init; }

    public required byte[] Sealed { get; init; }

    public required string Masked { get; init; }
}

/// <summary>A phone as kept.</summary>
sealed record PhoneRow
{
    public static readonly Table<PhoneRow> Rows = new("person_phone",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("person", ColumnType.Uuid, r => r.Person, Key: true),
        new("phone_key", ColumnType.Uuid, r => r.PhoneKey, Key: true),
        new("sealed", ColumnType.Bytes, r => r.Sealed),
        new("masked", ColumnType.Text, r => r.Masked),
        new("relation", ColumnType.Small, r => (short)r.Relation),
        new("verified", ColumnType.Small, r => r.Verified));

    public required string Owner { get; init; }

    public required Guid Person { get; init; }

    public required Guid PhoneKey { get; init; }

    public required byte[] Sealed { get; init; }

    public required string Masked { get; init; }

    public PhoneRelation Relation { get; init; } = PhoneRelation.Own;

    public short Verified { get; init; }
}

/// <summary>A possible duplicate that waits for a decision, or was decided.</summary>
sealed record PairRow
{
    public static readonly Table<PairRow> Rows = new("duplicate_pair",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("person_a", ColumnType.Uuid, r => r.PersonA, Key: true),
        new("person_b", ColumnType.Uuid, r => r.PersonB, Key: true),
        new("score", ColumnType.Real, r => r.Score),
        new("reasons", ColumnType.Text, r => r.Reasons),
        new("state", ColumnType.Small, r => (short)r.State),
        new("found_at", ColumnType.Big, r => r.FoundAt),
        new("decided_by", ColumnType.Text, r => r.DecidedBy),
        new("decided_at", ColumnType.Big, r => r.DecidedAt),
        new("reason", ColumnType.Text, r => r.Reason));

    public required string Owner { get; init; }

    public required Guid PersonA { get; init; }

    public required Guid PersonB { get; init; }

    public double Score { get; init; }

    public required string Reasons { get; init; }

    public PairState State { get; init; } = PairState.Open;

    public required DateTimeOffset FoundAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Reason { get; init; }
}

/// <summary>What was decided about two rows. The numbers reach disk: append only.</summary>
public enum PairState
{
    Open = 1,

    /// <summary>One person: the later row follows the earlier one.</summary>
    Same = 2,

    /// <summary>Two persons; never asked again.</summary>
    Different = 3,
}
