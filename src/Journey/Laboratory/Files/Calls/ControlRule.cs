namespace Qipan.Laboratory.Files;

/// <summary>What one control shows: in order, or failed with a reason.</summary>
/// <param name="Kind">Positive, negative or internal.</param>
/// <param name="Well">The well; empty where a required control is not on the plate.</param>
/// <param name="Ok">False fails the run (positive, negative) or the tube (internal): INV-10.</param>
/// <param name="Code">Stable reason in snake_case; null when ok.</param>
/// <param name="Reason">The reason as a sentence; null when ok.</param>
/// <param name="Chinese">The same in Chinese.</param>
public sealed record ControlVerdict(
    ControlKind Kind, string Well, bool Ok, string? Code = null, string? Reason = null, string? Chinese = null)
{
    /// <summary>The run or plate of the well, as in <see cref="ResultWell.Run"/>.</summary>
    public string? Run { get; init; }
}

/// <summary>Judges the controls of a run by the assay's expectations. Pure.</summary>
public static class ControlRule
{
    /// <summary>
    /// One verdict for each control well, for the internal control of each sample's well, and for each required control that is
    /// not there. The run is in order when every positive and negative verdict is.
    /// </summary>
    public static IReadOnlyList<ControlVerdict> Judge(Assay assay, IReadOnlyList<ResultWell> wells)
    {
        ArgumentNullException.ThrowIfNull(assay);
        ArgumentNullException.ThrowIfNull(wells);
        var verdicts = new List<ControlVerdict>();
        foreach (var well in wells.GroupBy(reading => (reading.Run, reading.Well)))
        {
            var readings = well.ToList();
            var tube = TubeReadings.Of(assay, readings);
            var verdict = KindOf(assay, readings) switch
            {
                ControlKind.Positive => Positive(assay, tube, readings[0].Well),
                ControlKind.Negative => Negative(assay, tube, readings),
                ControlKind.Internal => Internal(assay, tube, readings),
                null => null,
            };
            if (verdict is not null)
                verdicts.Add(verdict with { Run = well.Key.Run });
        }
        foreach (var control in assay.Controls.Where(control => control.Required && verdicts.TrueForAll(v => v.Kind != control.Kind)))
        {
            var (english, chinese) = control.Kind == ControlKind.Positive ? ("positive", "阳性") : ("negative", "阴性");
            verdicts.Add(Failed(
                control.Kind, "", "control_missing", $"The run has no {english} control, which the assay asks for.",
                $"本批次没有试剂要求的{chinese}对照。"));
        }
        return verdicts;
    }

    /// <summary>Whether the run stands: no positive or negative control failed. Internal controls concern their own tubes.</summary>
    public static bool RunStands(IEnumerable<ControlVerdict> verdicts) =>
        verdicts.All(verdict => verdict.Ok || verdict.Kind == ControlKind.Internal);

    // Null: a standard, or a well that no expectation concerns.
    static ControlKind? KindOf(Assay assay, List<ResultWell> readings)
    {
        foreach (var control in assay.Controls)
        {
            if (control.Kind != ControlKind.Internal
                && readings.Exists(reading => control.Samples.Contains(reading.Sample, StringComparer.OrdinalIgnoreCase)))
            {
                return control.Kind;
            }
        }
        if (readings.Exists(reading => reading.Role == WellRole.NegativeControl))
            return ControlKind.Negative;
        if (readings.Exists(reading => reading.Role == WellRole.PositiveControl))
            return ControlKind.Positive;
        return readings.Exists(reading => reading.Role == WellRole.Sample) && assay.InternalControl is not null
            ? ControlKind.Internal : null;
    }

    static ControlVerdict Positive(Assay assay, TubeReadings tube, string well)
    {
        var rule = assay.Controls.FirstOrDefault(control => control.Kind == ControlKind.Positive);
        var any = false;
        foreach (var (gene, ct) in CallRule.Expected(assay, tube))
        {
            any = true;
            var finding = CallRule.Finding(assay, gene, ct);
            if (finding != GeneFinding.Found || rule?.MaxCt is { } max && ct.Ct > max)
            {
                return Failed(
                    ControlKind.Positive, well, finding == GeneFinding.NotMeasured ? "control_not_measured" : "positive_control_weak",
                    "The positive control does not show every gene in time.", "阳性对照未按时检出全部基因。");
            }
            if (rule?.MinCt is { } min && ct.Ct < min)
            {
                return Failed(
                    ControlKind.Positive, well, "positive_control_strong", "The positive control is stronger than it can be.",
                    "阳性对照强于应有水平。");
            }
        }
        return any && !(tube.Incomplete && assay.Genes.Count == 0)
            ? new ControlVerdict(ControlKind.Positive, well, Ok: true)
            : Failed(ControlKind.Positive, well, "control_not_measured", "The positive control was not measured.", "阳性对照未检测。");
    }

    static ControlVerdict Negative(Assay assay, TubeReadings tube, List<ResultWell> readings)
    {
        var well = readings[0].Well;
        var any = false;
        foreach (var (gene, ct) in CallRule.Expected(assay, tube))
        {
            any = true;
            var finding = CallRule.Finding(assay, gene, ct);
            if (finding is GeneFinding.Found or GeneFinding.Grey)
            {
                return Failed(
                    ControlKind.Negative, well, "negative_control_amplified", "The negative control amplified: the run is contaminated.",
                    "阴性对照有扩增：本批次受污染。");
            }
            if (finding == GeneFinding.NotMeasured)
                any = false;
            if (!any)
                break;
        }
        if (!any || tube.Incomplete && assay.Genes.Count == 0)
            return Failed(ControlKind.Negative, well, "control_not_measured", "The negative control was not measured.", "阴性对照未检测。");
        var blocked = assay.InternalControl is { } control && readings.Exists(reading =>
            reading.Role == WellRole.BlockedInternalControl && !reading.Omitted && reading.Ct is { } ct && ct <= control.CutOff);
        return blocked
            ? Failed(
                ControlKind.Negative, well, "blocked_control_amplified", "The blocked internal control amplified: the run is contaminated.",
                "被阻断的内标出现扩增：本批次受污染。")
            : new ControlVerdict(ControlKind.Negative, well, Ok: true);
    }

    static ControlVerdict? Internal(Assay assay, TubeReadings tube, List<ResultWell> readings)
    {
        var well = readings[0].Well;
        if (!tube.InternalControlMeasured && !assay.InternalControl!.Required)
            return null;
        if (CallRule.InternalControl(assay, tube))
            return new ControlVerdict(ControlKind.Internal, well, Ok: true);
        return tube.InternalControlMeasured
            ? Failed(
                ControlKind.Internal, well, "internal_control_failed",
                "The internal control was not found in time: the tube tells nothing when no gene is found.",
                "内标未按时检出：未检出基因时该管结果无意义。")
            : Failed(ControlKind.Internal, well, "control_not_measured", "The internal control was not measured.", "内标未检测。");
    }

    static ControlVerdict Failed(ControlKind kind, string well, string code, string reason, string chinese) =>
        new(kind, well, Ok: false, code, reason, chinese);
}
