namespace Qipan.Protocols;

/// <summary>
/// How a Ct becomes a call 判读规则. A call is a function of the assay's cut-off and the Ct of each gene, never stored alone
/// (domain 2.4). A laboratory's own assay may be stricter; this is what holds where its kit says nothing.
/// </summary>
public sealed record AssayRule : IRule
{
    public static string Key => "assay";

    /// <summary>Cycles; a gene with a Ct at or above it is not detected.</summary>
    public required double CutoffCt { get; init; }

    /// <summary>The grey zone 灰区; null where there is none.</summary>
    public GreyZone? Grey { get; init; }

    /// <summary>The genes 靶标 that are read, as the instrument's file may name them.</summary>
    public required IReadOnlyList<string> Genes { get; init; }

    /// <summary>Genes that must be detected for a positive; fewer, but not none, is a single target 单靶.</summary>
    public required int MinGenesPositive { get; init; }

    /// <summary>The internal control 内标 that shows the sample was a sample; null where the assay has none.</summary>
    public InternalControl? InternalControl { get; init; }

    /// <summary>The controls of a run; one that fails makes the whole run invalid (INV-10).</summary>
    public required IReadOnlyList<RunControl> Controls { get; init; }
}

/// <summary>From (included) to (excluded), in cycles: neither positive nor negative, sampled again.</summary>
public sealed record GreyZone(double FromCt, double ToCt);

/// <param name="Target">Its name in the instrument's file.</param>
/// <param name="MaxCt">Cycles; a Ct above it, or none, makes the well invalid.</param>
public sealed record InternalControl(string Target, double MaxCt);

/// <summary>What a control of the run must show.</summary>
public enum ControlRole : short
{
    /// <summary>阴性质控: no gene is detected.</summary>
    Negative = 1,

    /// <summary>阳性质控: every gene is detected.</summary>
    Positive = 2,

    /// <summary>空白对照: no template, no gene is detected.</summary>
    NoTemplate = 3,
}

/// <param name="Role">Which control.</param>
/// <param name="MaxCt">Cycles; the highest Ct of every gene at which a positive control passes. Null for the others.</param>
/// <param name="AtLeast">How many wells of it a run must have.</param>
public sealed record RunControl(ControlRole Role, int AtLeast, double? MaxCt = null);
