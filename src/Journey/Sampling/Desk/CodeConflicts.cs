namespace Qipan.Sampling;

/// <summary>
/// INV-02: one printed code on two tubes. Both are quarantined and both groups sampled again; an earlier tube that has its result
/// already keeps it, and only the later one is quarantined.
/// </summary>
static class CodeConflicts
{
    public static void Settle(Desk desk, DeskChanges changes)
    {
        foreach (var same in desk.Tubes.Values.Where(t => t.Opening is not null && desk.KnownCodes.Contains(t.Opening.Note.Code!))
            .GroupBy(t => t.Opening!.Note.Code!, StringComparer.Ordinal))
        {
            var standing = same.Where(t => !t.Discarded).OrderBy(t => t.Opening!.At).ThenBy(t => t.Id).ToList();
            foreach (var file in same)
            {
                changes.Judge(file.Id, DiscrepancyKinds.CodeConflict);
                var conflict = standing.Count > 1 && standing.Contains(file) && !(file.Was?.State is >= TubeState.Resulted and not TubeState.Void);
                file.Now = file.Now with { Conflict = conflict };
                if (conflict)
                    changes.Find(new NewDiscrepancy(DiscrepancyKinds.CodeConflict, "tube", file.Id, "", $$"""{"code":"{{same.Key}}"}""", file.Opening!.Note.Round));
            }
        }
    }

    /// <summary>A box's code comes back with every use; it conflicts only with a box that was under way at the same time.</summary>
    public static void OfBox(Desk desk, BoxFile box, DeskChanges changes)
    {
        if (box.Now.OpenedAt is not { } opened)
            return;
        var conflict = desk.Boxes.Values.Select(b => b.Now).Any(o => o.Id != box.Id && o.Code == box.Now.Code && o.OpenedAt is { } its
            && (its < opened || (its == opened && o.Id.CompareTo(box.Id) < 0)) && !(o.ReceivedAt <= opened));
        box.Now = box.Now with { Conflict = conflict };
        if (conflict)
            changes.Find(new NewDiscrepancy(DiscrepancyKinds.CodeConflict, "box", box.Id, "", $$"""{"code":"{{box.Now.Code}}"}"""));
    }
}
