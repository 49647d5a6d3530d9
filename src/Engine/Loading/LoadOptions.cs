namespace Qipan.Engine.Loading;

/// <summary>How files of visits are read.</summary>
public sealed record LoadOptions
{
    /// <summary>What stands in which column: person, place, enter, leave, area, or anything else to skip. Null: by header, or in that order.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Usual stay in seconds where a row has no leave; such a leave is marked as inferred. Null leaves the stay open.</summary>
    public long? InferLeave { get; init; }

    /// <summary>Usual stay by the place's outside id, as its category has it; goes before <see cref="InferLeave"/>.</summary>
    public IReadOnlyDictionary<string, long> InferLeaveOf { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Seconds that a time without an offset is ahead of UTC; 28800 in China.</summary>
    public long UtcOffset { get; init; }
}

/// <summary>A row of a file that was not taken.</summary>
/// <param name="Line">Line of a text file, or number of the record of a raw one; the first is 1.</param>
/// <param name="Row">The row as it stood there.</param>
public sealed record RefusedRow(long Line, Kernel.Refusal Why, string Row);
