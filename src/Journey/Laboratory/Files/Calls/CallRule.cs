namespace Qipan.Laboratory.Files;

/// <summary>
/// The call of a tube as a pure function of the assay and the Ct of each gene (domain 2.4: "negative" is a function, not a stored
/// boolean). Never throws; a Ct that is no possible cycle (NaN, zero, negative, infinite) counts as not measured.
/// </summary>
public static class CallRule
{
    /// <summary>
    /// In this order: enough genes found → POS; some found → SINGLE_TARGET; one grey → GREY; a gene not measured, or the internal
    /// control failed → INVALID; else NEG. A found gene comes before everything that is missing, so that a signal is never hidden
    /// behind a defect; only an assay that says so lets a failed internal control spoil it.
    /// </summary>
    public static Call Of(Assay assay, TubeReadings tube)
    {
        ArgumentNullException.ThrowIfNull(assay);
        ArgumentNullException.ThrowIfNull(tube);
        var (expected, found, grey, missing) = (0, 0, 0, tube.Incomplete && assay.Genes.Count == 0 ? 1 : 0);
        foreach (var (gene, ct) in Expected(assay, tube))
        {
            expected++;
            switch (Finding(assay, gene, ct))
            {
                case GeneFinding.Found:
                    found++;
                    break;
                case GeneFinding.Grey:
                    grey++;
                    break;
                case GeneFinding.NotMeasured:
                    missing++;
                    break;
                case GeneFinding.NotFound:
                    break;
            }
        }
        var control = InternalControl(assay, tube);
        if (!control && assay.InternalControl is { MayFailWhenFound: false })
            return Call.Invalid;
        if (found > 0)
            return found >= (assay.GenesForPositive ?? expected + UnnamedMissing(assay, missing)) ? Call.Pos : Call.SingleTarget;
        if (grey > 0)
            return Call.Grey;
        return expected == 0 || missing > 0 || !control ? Call.Invalid : Call.Neg;
    }

    /// <summary>The call of one well of a file under an assay, for all its targets together.</summary>
    public static Call Of(Assay assay, IEnumerable<ResultWell> well, bool anyRefused = false) =>
        Of(assay, TubeReadings.Of(assay, well, anyRefused));

    /// <summary>Whether the internal control is in order, or is not asked for.</summary>
    internal static bool InternalControl(Assay assay, TubeReadings tube)
    {
        if (assay.InternalControl is not { } control)
            return true;
        if (!tube.InternalControlMeasured)
            return !control.Required && !tube.Incomplete;
        return tube.InternalControlCt is { } ct && ct > 0 && ct <= control.CutOff;
    }

    /// <summary>What the Ct of one gene says.</summary>
    /// <param name="gene">Null under an assay that names no genes.</param>
    /// <param name="ct">Null: not in the readings. A present null: the instrument determined none.</param>
    internal static GeneFinding Finding(Assay assay, AssayGene? gene, (bool Measured, double? Ct) ct)
    {
        if (!ct.Measured)
            return GeneFinding.NotMeasured;
        if (ct.Ct is not { } value)
            return GeneFinding.NotFound;
        if (!double.IsFinite(value) || value <= 0)
            return GeneFinding.NotMeasured;
        if (value > (gene?.CutOff ?? assay.CutOff))
            return GeneFinding.NotFound;
        return value > (gene?.GreyAbove ?? assay.GreyAbove ?? double.PositiveInfinity) ? GeneFinding.Grey : GeneFinding.Found;
    }

    internal static IEnumerable<(AssayGene? Gene, (bool Measured, double? Ct) Ct)> Expected(Assay assay, TubeReadings tube) =>
        assay.Genes.Count == 0
            ? tube.Genes.Select(pair => ((AssayGene?)null, (true, pair.Value)))
            : assay.Genes.Select(gene => ((AssayGene?)gene, (tube.Genes.TryGetValue(gene.Name, out var ct), ct)));

    // Without named genes, a lost reading is one more gene that was not found.
    static int UnnamedMissing(Assay assay, int missing) => assay.Genes.Count == 0 ? Math.Min(missing, 1) : 0;
}

/// <summary>What one gene's Ct says under the assay.</summary>
enum GeneFinding
{
    NotMeasured = 1,
    NotFound = 2,
    Grey = 3,
    Found = 4,
}
