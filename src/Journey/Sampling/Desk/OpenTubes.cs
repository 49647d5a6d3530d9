namespace Qipan.Sampling;

/// <summary>
/// INV-03: a device that opened a tube while its tube before was not sealed. For each device the tubes from the one before the
/// batch's first to the one after its last are known.
/// </summary>
static class OpenTubes
{
    public static void Settle(Desk desk, DeskChanges changes)
    {
        if (desk.Neighbours is not { } neighbours)
            return;
        var tubes = neighbours.Values.Where(n => !desk.Tubes.ContainsKey(n.Tube)).Concat(desk.Tubes.Values.Select(Of).OfType<Neighbour>())
            .Where(n => desk.Spans.TryGetValue(n.Device, out var span) && n.OpenedAt >= span.From && n.OpenedAt <= span.To);
        foreach (var device in tubes.GroupBy(n => n.Device))
        {
            Neighbour? before = null;
            foreach (var tube in device.OrderBy(n => n.OpenedAt).ThenBy(n => n.Tube))
            {
                // Of the first nothing is said: what stands before it was not loaded.
                if (before is not null)
                    Compare(desk, before, tube, changes);
                before = tube;
            }
        }
    }

    static void Compare(Desk desk, Neighbour before, Neighbour after, DeskChanges changes)
    {
        changes.Judge(after.Tube, DiscrepancyKinds.SecondOpenTube);
        if (!(before.EndedAt <= after.OpenedAt))
            changes.Find(new NewDiscrepancy(DiscrepancyKinds.SecondOpenTube, "tube", after.Tube, before.Tube.ToString("N"),
                $$"""{"open":"{{before.Tube:N}}"}""", after.Round));
    }

    static Neighbour? Of(TubeFile file) => file.Now.OpenedAt is { } opened
        ? new Neighbour(file.Id, file.Now.OpenedBy ?? default, opened, EndOf(file.Now), file.Now.Round) : null;

    /// <summary>When it took nobody in any more; null while it does.</summary>
    public static long? EndOf(TubeRow row) => row.SealedAt ?? row.BoxedAt ?? (row.State is TubeState.Open or TubeState.Issued ? null : row.UpdatedAt);
}
