using System.Globalization;
using Qipan.Laboratory.Files;
using Qipan.Sampling;

namespace Qipan.Laboratory;

/// <summary>A well whose tube is known.</summary>
/// <param name="Incomplete">A reading of the well was refused, so it is called as not fully measured.</param>
sealed record TubeWell(string Well, Tube Tube, IReadOnlyList<ResultWell> Readings, bool Incomplete);

/// <summary>What a plate's wells are.</summary>
/// <param name="Tubes">One well each.</param>
/// <param name="Controls">The readings of control wells, with the roles that the layout gives them.</param>
/// <param name="Refused">Every well that became neither, with its reason.</param>
sealed record MappedPlate(IReadOnlyList<TubeWell> Tubes, IReadOnlyList<ResultWell> Controls, IReadOnlyList<RefusedWell> Refused);

/// <summary>
/// Maps the wells of a plate to tubes, by layout or by sample name. Pure. A tube is never taken by its code alone: it has to be of
/// the run's round where one is named, sealed once under this code (INV-02), and unambiguous; everything else is refused with its reason.
/// </summary>
static class WellMapping
{
    /// <summary>The codes that have to be looked up before <see cref="Map"/>: those of the layout and the sample names.</summary>
    public static HashSet<string> Codes(RunSheet sheet, IReadOnlyDictionary<string, LayoutWell>? layout)
    {
        var codes = sheet.Wells.Select(w => Code(w.Sample)).Where(c => c.Length is > 0 and <= 60).ToHashSet(StringComparer.Ordinal);
        codes.UnionWith(layout?.Values.Where(w => w.Tube is not null).Select(w => w.Tube!) ?? []);
        return codes;
    }

    /// <param name="tubes">Every tube that has one of the codes, in any round.</param>
    /// <param name="round">Only tubes of this round; null: of any.</param>
    /// <param name="lab">The unit that reports: among tubes with one code, the one that this laboratory received.</param>
    public static MappedPlate Map(
        RunSheet sheet, Assay assay, IReadOnlyDictionary<string, LayoutWell>? layout, ILookup<string, Tube> tubes, Guid? round, Guid lab)
    {
        var mapped = new List<TubeWell>();
        var controls = new List<ResultWell>();
        var refused = sheet.Problems.Where(p => p.Refused)
            .Select(p => new RefusedWell(p.Where, p.Well ?? "", p.Code, p.Sentence, p.Chinese)).ToList();
        var incomplete = sheet.Problems.Where(p => p.Refused && p.Well is not null).Select(p => p.Well!).ToHashSet(StringComparer.Ordinal);
        foreach (var well in sheet.Wells.GroupBy(w => w.Well))
        {
            var readings = well.ToList();
            var (code, role, problem) = Content(well.Key, readings, assay, layout, tubes);
            if (role is { } control)
                controls.AddRange(readings.Select(r => r.Role is WellRole.InternalControl or WellRole.BlockedInternalControl ? r : r with { Role = control }));
            else if (problem is not null)
                refused.Add(Refuse(readings[0], problem));
            else if (Resolve(tubes[code!].ToList(), round, lab) is var (tube, why) && tube is not null)
                mapped.Add(new TubeWell(well.Key, tube, readings, incomplete.Contains(well.Key)));
            else
                refused.Add(Refuse(readings[0], why!));
        }
        foreach (var twice in mapped.GroupBy(m => m.Tube.Id).Where(g => g.Count() > 1).SelectMany(g => g).ToList())
        {
            mapped.Remove(twice);
            refused.Add(Refuse(twice.Readings[0], WellProblem.TubeTwice));
        }
        return new MappedPlate(mapped, controls, refused);
    }

    static (string? Code, WellRole? Control, WellProblem? Problem) Content(
        string well, List<ResultWell> readings, Assay assay, IReadOnlyDictionary<string, LayoutWell>? layout, ILookup<string, Tube> tubes)
    {
        var sample = Code(readings[0].Sample);
        var inFile = readings.Select(r => r.Role).FirstOrDefault(r => r != WellRole.InternalControl, WellRole.Sample);
        if (layout is not null && layout.TryGetValue(well, out var planned))
        {
            if (planned.Role is { } role)
                return (null, role, null);
            // Where the file itself names another tube, one of the two is wrong, and nobody can say which.
            return sample.Length > 0 && sample != planned.Tube && tubes.Contains(sample)
                ? (null, null, WellProblem.LayoutContradicts) : (planned.Tube, null, null);
        }
        if (assay.Controls.FirstOrDefault(c => c.Samples.Contains(readings[0].Sample, StringComparer.OrdinalIgnoreCase)) is { } named)
            return (null, named.Kind == ControlKind.Positive ? WellRole.PositiveControl : WellRole.NegativeControl, null);
        if (inFile is WellRole.NegativeControl or WellRole.PositiveControl or WellRole.Standard or WellRole.BlockedInternalControl)
            return (null, inFile, null);
        if (layout is not null)
            return (null, null, WellProblem.NotInLayout);
        if (sample.Length == 0)
            return (null, null, WellProblem.SampleMissing);
        return inFile == WellRole.Sample || tubes.Contains(sample) ? (sample, null, null) : (null, null, WellProblem.TaskUnknown);
    }

    static (Tube? Tube, WellProblem? Why) Resolve(List<Tube> candidates, Guid? round, Guid lab)
    {
        if (candidates.Count == 0)
            return (null, WellProblem.TubeUnknown);
        if (round is { } only)
            candidates = candidates.FindAll(t => t.Round?.Value == only);
        if (candidates.Count == 0)
            return (null, WellProblem.TubeOfOtherRound);
        var usable = candidates.FindAll(t => t.State is not (TubeState.Issued or TubeState.Void or TubeState.Rejected or TubeState.Destroyed));
        if (usable.Count > 1 && usable.FindAll(t => t.Lab == lab && t.ReceivedAt is not null) is { Count: 1 } here)
            usable = here;
        return usable switch
        {
            [] => (null, candidates.Exists(t => t.State == TubeState.Rejected) ? WellProblem.TubeRejected : WellProblem.TubeNotUsable),
            [{ Conflict: true }] => (null, WellProblem.CodeConflict),
            [var one] => (one, null),
            _ => (null, WellProblem.CodeConflict),
        };
    }

    /// <summary>A printed name as a tube code: trimmed, capitals.</summary>
    public static string Code(string sample) => sample.Trim().ToUpperInvariant();

    static RefusedWell Refuse(ResultWell reading, WellProblem problem) => new(
        string.Create(CultureInfo.InvariantCulture, $"line {reading.Line}"), reading.Well, problem.Code, problem.Sentence, problem.Chinese);
}
