namespace Qipan.Sampling;

/// <summary>
/// After the facts of a batch are taken in: every tube and box that they touched is computed anew from all its claims, and the
/// difference to what is kept is what will be written. Pure.
/// </summary>
static class DeskSettlement
{
    static readonly string[] OfTubes =
    [
        DiscrepancyKinds.NeverOpened, DiscrepancyKinds.UnknownRound, DiscrepancyKinds.OverCapacity, DiscrepancyKinds.ImpossibleOrder,
        DiscrepancyKinds.AddedAfterSeal, DiscrepancyKinds.SealedTwice, DiscrepancyKinds.BoxedUnsealed,
    ];

    static readonly string[] OfBoxes =
    [
        DiscrepancyKinds.NeverOpened, DiscrepancyKinds.SealedTwice, DiscrepancyKinds.BoxOverfull, DiscrepancyKinds.BoxedAfterClose,
        DiscrepancyKinds.ImpossibleOrder, DiscrepancyKinds.CustodyBroken, DiscrepancyKinds.CodeConflict,
    ];

    /// <summary>All but the duplicates, which need the registrations of the same persons: <see cref="Duplicates.Settle"/>.</summary>
    public static DeskChanges Settle(Desk desk)
    {
        var changes = new DeskChanges();
        foreach (var sticky in desk.Sticky)
            changes.Find(sticky);
        foreach (var box in desk.Boxes.Values.Where(b => !b.OnlyAsked))
            SettleBox(desk, box, changes);
        CodeConflicts.Settle(desk, changes);
        foreach (var tube in desk.Tubes.Values)
            SettleTube(desk, tube, changes);
        OpenTubes.Settle(desk, changes);
        SettleOthersInBoxes(desk, changes);
        foreach (var tube in desk.Tubes.Values)
            if (tube.Now.Round is { } round && desk.Rounds.TryGetValue(round, out var rules) && rules.State == RoundState.Published)
                changes.RoundsBegun.Add(round);
        return changes;
    }

    static void SettleBox(Desk desk, BoxFile box, DeskChanges changes)
    {
        var wasSent = box.Was?.SentAt is not null;
        foreach (var found in BoxFold.Fold(box))
            changes.Find(found);
        changes.Judge(box.Id, OfBoxes);
        CodeConflicts.OfBox(desk, box, changes);
        if (box.Was != box.Now || box.CustodyChanged)
            changes.Boxes.Add(box);
        if (!wasSent && box.Now is { SentAt: not null, BeyondField: false })
            changes.Sent.Add(box.Now);
    }

    static void SettleTube(Desk desk, TubeFile file, DeskChanges changes)
    {
        var box = file.LastBox is { } id ? desk.Boxes.GetValueOrDefault(id)?.Now : null;
        var round = file.Opening?.Note.Round is { } its ? desk.Rounds.GetValueOrDefault(its) : null;
        var folded = TubeFold.Fold(file, box, round);
        foreach (var found in folded.Found)
            changes.Find(found);
        changes.Judge(file.Id, OfTubes);
        Household(desk, file, changes);
        if (file.Was is null)
            changes.NewTubes.Add(folded.Row);
        else if (file.Was != folded.Row)
            changes.ChangedTubes.Add(folded.Row);
        if (folded.Row.SealedAt is not null && file.Was?.SealedAt is null)
            changes.Sealed.Add(folded.Row);
        if (folded.Row.Conflict && !folded.Row.BeyondField)
            changes.Quarantined.Add(file);
        file.Now = folded.Row;
        foreach (var row in folded.Registrations)
            file.Registrations[row.Id] = row;
        foreach (var e in folded.Events)
        {
            if (!file.KeptEvents.TryGetValue(e.Claim.Fact, out var kept))
                changes.NewEvents.Add((file.Id, e));
            else if (kept != (e.From, e.To))
                changes.ChangedEvents.Add((file.Id, e));
        }
    }

    /// <summary>INV-17: a household's tube with two households in it.</summary>
    static void Household(Desk desk, TubeFile file, DeskChanges changes)
    {
        if (file.Opening?.Note.Kind != (int)TubeKind.Household)
            return;
        var households = file.Registrations.Values.Where(r => r.Stands).Select(r => desk.HouseholdOf(r.Person)).OfType<Guid>().Distinct().Count();
        if (households > 1)
            changes.Find(new NewDiscrepancy(DiscrepancyKinds.OtherHousehold, "tube", file.Id, "", "{}", file.Opening.Note.Round));
    }

    /// <summary>Tubes that this batch does not speak of go where their box goes.</summary>
    static void SettleOthersInBoxes(Desk desk, DeskChanges changes)
    {
        foreach (var (id, row) in desk.InBoxes)
        {
            if (desk.Tubes.ContainsKey(id) || row.BeyondField || row.Box is not { } box || !desk.Boxes.TryGetValue(box, out var file) || file.Now.BeyondField)
                continue;
            var sent = file.Now.SentAt is not null;
            var now = row with
            {
                State = sent ? TubeState.InTransit : row.State,
                UpdatedAt = sent ? file.Now.SentAt!.Value : row.UpdatedAt,
                Holder = file.Now.Holder,
            };
            if (now == row)
                continue;
            changes.ChangedTubes.Add(now);
            if (now.State != row.State)
                changes.NewEvents.Add((id, TubeFold.SentWith(file.Now)));
        }
    }
}
