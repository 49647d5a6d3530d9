namespace Qipan.Contracts;

/// <summary>
/// The receipt 回执 of a batch: what the server counted, what it measured, and a verdict for every fact in the order sent. It
/// leaves the server only after everything accepted is on disk. The same batch again gets the same receipt.
/// </summary>
public sealed record Receipt
{
    public required Guid Batch { get; init; }

    /// <summary>Facts received; the same as sent, or the batch would have been refused whole (INV-49).</summary>
    public required int RowCount { get; init; }

    /// <summary>Lower-case hex SHA-256 over the fact ids in order, joined by line feeds; as sent, and checked.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The device's clock minus the server's, in milliseconds; positive when the device is ahead (INV-41).</summary>
    public required long ClockOffsetMs { get; init; }

    public required IReadOnlyList<ReceiptItem> Items { get; init; }
}

/// <summary>What became of one fact.</summary>
public sealed record ReceiptItem
{
    /// <summary>As sent.</summary>
    public required string Id { get; init; }

    /// <summary>accepted, already_had or refused.</summary>
    public required string Verdict { get; init; }

    /// <summary>The refusal's code.</summary>
    public string? Code { get; init; }

    /// <summary>The refusal's sentence, in the language that the device prefers.</summary>
    public string? Sentence { get; init; }

    /// <summary>What is remarkable about an accepted fact: late, clock, supplement, duplicate, discrepancy …</summary>
    public IReadOnlyList<string>? Flags { get; init; }
}

/// <summary>The server's clock, for a device to compare its own with before it sends.</summary>
public sealed record ServerTime(DateTimeOffset Now);
