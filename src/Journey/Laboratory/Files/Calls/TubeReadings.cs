namespace Qipan.Laboratory.Files;

/// <summary>
/// The Ct values of one tube by gene. A gene that is not a key was not measured; null means that the instrument determined none.
/// </summary>
/// <param name="Genes">By the assay's gene names; by target where the assay names no genes.</param>
/// <param name="InternalControlMeasured">Whether a reading of the internal control is there.</param>
/// <param name="InternalControlCt">Its Ct; null where none was determined.</param>
public sealed record TubeReadings(
    IReadOnlyDictionary<string, double?> Genes, bool InternalControlMeasured = false, double? InternalControlCt = null)
{
    /// <summary>
    /// True where the well had a reading that was refused or taken out, of whatever gene: an assay that names no genes then lacks
    /// one, and an internal control that is not there counts as failed.
    /// </summary>
    public bool Incomplete { get; init; }

    /// <summary>
    /// The readings of one well under an assay. Omitted and blank readings count as not measured; of several readings of one gene
    /// the lowest Ct counts, so that no signal is lost.
    /// </summary>
    /// <param name="well">All accepted readings of the well.</param>
    /// <param name="anyRefused">Whether a reading of this well was refused.</param>
    public static TubeReadings Of(Assay assay, IEnumerable<ResultWell> well, bool anyRefused = false)
    {
        var genes = new Dictionary<string, double?>(StringComparer.OrdinalIgnoreCase);
        var incomplete = anyRefused;
        var (measured, internalCt) = (false, (double?)null);
        foreach (var reading in well)
        {
            var usable = !reading.Omitted && reading.Reading != CtReading.Blank;
            if (IsInternal(assay, reading))
            {
                if (usable && reading.Role != WellRole.BlockedInternalControl)
                    (measured, internalCt) = (true, Lower(internalCt, reading.Ct));
                incomplete |= !usable;
                continue;
            }
            if (Gene(assay, reading) is not { } gene)
                continue;
            if (usable)
                genes[gene] = genes.TryGetValue(gene, out var before) ? Lower(before, reading.Ct) : reading.Ct;
            else
                incomplete = true;
        }
        return new TubeReadings(genes, measured, internalCt) { Incomplete = incomplete };
    }

    internal static bool IsInternal(Assay assay, ResultWell reading) =>
        reading.Role is WellRole.InternalControl or WellRole.BlockedInternalControl
        || assay.InternalControl is { } control
            && (control.Targets.Contains(reading.Target, StringComparer.OrdinalIgnoreCase)
                || reading.Target.Length == 0 && control.Dye is { } dye
                    && string.Equals(dye, reading.Dye, StringComparison.OrdinalIgnoreCase));

    static string? Gene(Assay assay, ResultWell reading)
    {
        if (assay.Genes.Count == 0)
            return reading.Target.Length > 0 ? reading.Target : reading.Dye ?? "";
        foreach (var gene in assay.Genes)
        {
            if (string.Equals(gene.Name, reading.Target, StringComparison.OrdinalIgnoreCase)
                || gene.Targets.Contains(reading.Target, StringComparer.OrdinalIgnoreCase)
                || reading.Target.Length == 0 && gene.Dye is { } dye && string.Equals(dye, reading.Dye, StringComparison.OrdinalIgnoreCase))
            {
                return gene.Name;
            }
        }
        return null;
    }

    static double? Lower(double? one, double? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);
}
