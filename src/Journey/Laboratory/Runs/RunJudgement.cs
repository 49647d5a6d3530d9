using Qipan.Laboratory.Files;

namespace Qipan.Laboratory;

/// <summary>What one tube's wells say.</summary>
/// <param name="Genes">Gene → Ct, as the call rule read them.</param>
/// <param name="Alarm">The integrity alarm that stands against it; null when it is verified.</param>
sealed record JudgedTube(TubeWell Well, Call Call, IReadOnlyDictionary<string, double?> Genes, string? Alarm);

/// <summary>What a plate says: its controls, its tubes, its alarms.</summary>
/// <param name="Stands">False: a control failed, and nothing of the run counts (INV-10).</param>
/// <param name="ControlNote">What the controls showed.</param>
sealed record JudgedRun(bool Stands, string ControlNote, IReadOnlyList<JudgedTube> Tubes, IReadOnlyList<IntegrityAlarm> Alarms);

/// <summary>Judges a mapped plate under its assay. Pure; the same plate is judged the same for ever.</summary>
static class RunJudgement
{
    /// <param name="lab">The unit that reports.</param>
    /// <param name="today">Tubes that the laboratory reported before on the same day, by kind.</param>
    /// <param name="overlaps">The same instrument reports another run in the same time.</param>
    /// <param name="loadedAt">When the file came.</param>
    public static JudgedRun Judge(
        RunSheet sheet, MappedPlate plate, KnownAssay assay, Guid lab, RatedCapacity capacity, IReadOnlyDictionary<int, int> today,
        bool overlaps, DateTimeOffset loadedAt)
    {
        var verdicts = ControlRule.Judge(assay.Assay, plate.Controls);
        var called = plate.Tubes.Select(t => (Tube: t, Genes: Genes(assay.Assay, t))).Select(t => (t.Tube, t.Genes, Call: StoredCall.Of(assay.Assay, t.Genes))).ToList();
        var alarms = IntegrityRules.Judge(
            new IntegrityCase(
                sheet.StartedAt, sheet.EndedAt, loadedAt, assay.LeastMinutes, called.TrueForAll(c => c.Call == Call.Neg),
                [.. plate.Tubes.Select(t => new IntegrityTube(t.Well, (int)t.Tube.Kind, t.Tube.ReceivedAt, t.Tube.Lab == lab))], today, overlaps),
            capacity);
        var whole = alarms.FirstOrDefault(a => a.WholeRun)?.Code;
        var byWell = alarms.Where(a => !a.WholeRun).SelectMany(a => a.Wells.Select(w => (Well: w, a.Code)))
            .GroupBy(a => a.Well).ToDictionary(g => g.Key, g => g.First().Code);
        return new JudgedRun(
            ControlRule.RunStands(verdicts),
            Note(verdicts),
            [.. called.Select(c => new JudgedTube(
                c.Tube, c.Call, c.Genes, whole ?? byWell.GetValueOrDefault(c.Tube.Well)))],
            alarms);
    }

    /// <summary>The Ct by gene of what was kept; the internal control stands beside them under its own name.</summary>
    static Dictionary<string, double?> Genes(Assay assay, TubeWell well)
    {
        var readings = TubeReadings.Of(assay, well.Readings, well.Incomplete);
        var genes = new Dictionary<string, double?>(readings.Genes, StringComparer.Ordinal);
        if (readings.InternalControlMeasured)
            genes[StoredCall.InternalControl] = readings.InternalControlCt;
        if (readings.Incomplete)
            genes[StoredCall.Incomplete] = null;
        return genes;
    }

    static string Note(IReadOnlyList<ControlVerdict> verdicts)
    {
        var run = verdicts.Where(v => v.Kind != ControlKind.Internal).ToList();
        if (run.Count == 0)
            return "The assay asks for no controls and the plate has none.";
        var failed = run.Where(v => !v.Ok).Select(v => v.Well.Length > 0 ? $"{v.Well}: {v.Reason}" : v.Reason).ToList();
        return failed.Count == 0 ? $"{run.Count} controls in order." : string.Join(" ", failed);
    }
}
