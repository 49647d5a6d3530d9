using System.Text.Json;

namespace Qipan.Sampling;

/// <summary>What a box should hold against what was scanned: pure (INV-04).</summary>
sealed record Reconciliation(
    IReadOnlyList<Tube> Present, IReadOnlyList<Tube> Missing, IReadOnlyList<Tube> Extra, IReadOnlyList<string> ExtraCodes,
    IReadOnlyList<(Tube Tube, RejectReason Reason)> Rejected, IReadOnlyList<NewDiscrepancy> Found)
{
    /// <param name="box">The box.</param>
    /// <param name="expected">The tubes that the facts put into it.</param>
    /// <param name="byCode">All tubes of the county with a scanned code.</param>
    /// <param name="scanned">What was scanned, by code.</param>
    /// <param name="unlabelled">How many had no code.</param>
    public static Reconciliation Judge(
        BoxId box, IReadOnlyList<Tube> expected, IReadOnlyList<Tube> byCode, IReadOnlyDictionary<string, ScannedTube> scanned, int unlabelled)
    {
        var inBox = expected.Select(t => t.Id).ToHashSet();
        var here = expected.Where(t => scanned.ContainsKey(t.Code)).ToList();
        var missing = expected.Where(t => !scanned.ContainsKey(t.Code)).ToList();
        var expectedCodes = expected.Select(t => t.Code).ToHashSet(StringComparer.Ordinal);
        var extraCodes = scanned.Keys.Where(c => !expectedCodes.Contains(c)).Order(StringComparer.Ordinal).ToList();
        // An extra code that names exactly one tube still under way is that tube; one that names two is nobody's (INV-02).
        var extra = extraCodes.Select(c => byCode.Where(t => t.Code == c && t.State is >= TubeState.Open and <= TubeState.InTransit && !inBox.Contains(t.Id)).ToList())
            .Where(same => same.Count == 1).Select(same => same[0]).ToList();
        var present = here.Concat(extra).ToList();
        var rejected = present.Where(t => scanned[t.Code].Rejected != RejectReason.None).Select(t => (t, scanned[t.Code].Rejected)).ToList();
        return new Reconciliation(present, missing, extra, extraCodes, rejected, Findings(box, missing, extraCodes, extra, rejected, unlabelled));
    }

    static List<NewDiscrepancy> Findings(
        BoxId box, List<Tube> missing, List<string> extraCodes, List<Tube> extra, List<(Tube Tube, RejectReason Reason)> rejected, int unlabelled)
    {
        var found = new List<NewDiscrepancy>();
        var detail = JsonSerializer.Serialize(new { box = box.Value.ToString("N") });
        found.AddRange(missing.Select(t => new NewDiscrepancy(DiscrepancyKinds.TubeMissing, "tube", t.Id.Value, box.Value.ToString("N"), detail, t.Round?.Value)));
        found.AddRange(extraCodes.Select(code =>
        {
            var tube = extra.Find(t => t.Code == code);
            return new NewDiscrepancy(DiscrepancyKinds.TubeExtra, tube is null ? "box" : "tube", tube?.Id.Value ?? box.Value, tube is null ? code : box.Value.ToString("N"),
                JsonSerializer.Serialize(new { box = box.Value.ToString("N"), code }), tube?.Round?.Value);
        }));
        found.AddRange(rejected.Select(r => new NewDiscrepancy(DiscrepancyKinds.TubeRejected, "tube", r.Tube.Id.Value, "",
            JsonSerializer.Serialize(new { reason = r.Reason.ToString() }), r.Tube.Round?.Value)));
        if (unlabelled > 0)
            found.Add(new NewDiscrepancy(DiscrepancyKinds.TubeUnlabelled, "box", box.Value, "", JsonSerializer.Serialize(new { tubes = unlabelled })));
        return found;
    }
}
