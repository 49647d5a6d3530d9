using Qipan.Intake;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Lists what does not agree, and closes what later facts have explained and nobody has closed before.</summary>
static class DeskFindings
{
    public static void Write(
        WriteSession session, Desk desk, DeskChanges changes, IReadOnlyCollection<Guid> rounds, FactBatch batch, SamplingSettings settings)
    {
        if (changes.Found.Count > 0)
            Discrepancies.Open(session, desk.Owner, [.. changes.Found.Values.Select(f => f.Area.Length > 0 ? f : f with { Area = batch.Device.Territory })], settings);
        if (changes.Judged.Count == 0)
            return;
        var open = session.Each<Discrepancy>(
            "SELECT * FROM discrepancy WHERE subject_id = @key AND owner = @Owner AND state = 0", changes.Judged.Keys, new { desk.Owner });
        var explained = open.FindAll(d => changes.Judged[d.SubjectId].Contains(d.Kind) && !changes.Found.ContainsKey(d.Id)
            && (d.Kind != DiscrepancyKinds.Duplicate || (d.Round is { } round && rounds.Contains(round.Value))));
        if (explained.Count > 0)
            Discrepancies.Explain(session, desk.Owner, explained, batch.Submission);
    }
}
