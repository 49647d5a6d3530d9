namespace Qipan.Laboratory.Files;

/// <summary>
/// An assay 检测试剂 and how its Ct values are judged. Its numbers are data: they come from a protocol pack or a file, after the
/// kit's insert, and never from code. Immutable.
/// </summary>
public sealed record Assay
{
    public required string Name { get; init; }

    /// <summary>Cycles. A gene with a Ct above it counts as not found; at or below it, as found (or grey).</summary>
    public required double CutOff { get; init; }

    /// <summary>Cycles. A Ct above it and up to the cut-off is grey. Null: there is no grey zone.</summary>
    public double? GreyAbove { get; init; }

    /// <summary>The genes. Empty: every target of the tube that is no internal control is one.</summary>
    public IReadOnlyList<AssayGene> Genes { get; init; } = [];

    /// <summary>How many genes must be found for a positive; null: all.</summary>
    public int? GenesForPositive { get; init; }

    /// <summary>The internal control; null: the assay has none.</summary>
    public AssayInternalControl? InternalControl { get; init; }

    /// <summary>What the run's control wells must show, and which must be there.</summary>
    public IReadOnlyList<AssayControl> Controls { get; init; } = [];

    /// <summary>Source and reservations; for people.</summary>
    public string? Note { get; init; }
}

/// <summary>One gene 基因 of an assay and the names under which instruments' files show it.</summary>
public sealed record AssayGene
{
    public required string Name { get; init; }

    /// <summary>Further target names, compared without case; <see cref="Name"/> is one of them already.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The dye that stands for it in files that name no targets.</summary>
    public string? Dye { get; init; }

    /// <summary>Cycles; null: the assay's.</summary>
    public double? CutOff { get; init; }

    /// <summary>Cycles; null: the assay's.</summary>
    public double? GreyAbove { get; init; }
}

/// <summary>The internal control 内标 of an assay: shows that the tube held a specimen, was extracted and amplified.</summary>
public sealed record AssayInternalControl
{
    /// <summary>Target names, compared without case. A reading whose task says "internal control" is one whatever its target.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public string? Dye { get; init; }

    /// <summary>Cycles; a Ct above it, or none, is a failure.</summary>
    public required double CutOff { get; init; }

    /// <summary>True: a tube without a reading of it is invalid. False: a tube is judged without it.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// True: a strong positive may suppress it, so found genes count all the same. False: its failure makes any tube invalid.
    /// </summary>
    public bool MayFailWhenFound { get; init; } = true;
}

/// <summary>What the wells of one kind of control must show.</summary>
public sealed record AssayControl
{
    /// <summary>Positive or negative.</summary>
    public required ControlKind Kind { get; init; }

    /// <summary>A run without such a well has failed.</summary>
    public bool Required { get; init; }

    /// <summary>Sample names that mark such wells where the file's task does not; compared without case.</summary>
    public IReadOnlyList<string> Samples { get; init; } = [];

    /// <summary>Positive control only: cycles; a Ct below it is too strong (contamination, wrong dilution). Null: not asked.</summary>
    public double? MinCt { get; init; }

    /// <summary>Positive control only: cycles; a Ct above it is too weak. Null: the gene's grey zone or cut-off.</summary>
    public double? MaxCt { get; init; }
}

/// <summary>Which control. The numbers reach disk: append only.</summary>
public enum ControlKind
{
    /// <summary>阳性对照.</summary>
    Positive = 1,

    /// <summary>阴性对照, no-template control.</summary>
    Negative = 2,

    /// <summary>内标 inside a sample's tube.</summary>
    Internal = 3,
}
