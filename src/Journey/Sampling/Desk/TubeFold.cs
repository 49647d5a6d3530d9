using System.Globalization;

namespace Qipan.Sampling;

/// <summary>One line of a tube's life, as it will stand in <c>tube_event</c>.</summary>
sealed record FoldedEvent(TubeClaim Claim, TubeState From, TubeState To);

/// <summary>What follows from the claims of one tube.</summary>
sealed record Folded(TubeRow Row, IReadOnlyList<RegistrationRow> Registrations, IReadOnlyList<FoldedEvent> Events, IReadOnlyList<NewDiscrepancy> Found);

/// <summary>
/// From claims to state: pure, and the same for any order of arrival. Time decides only between claims of one kind; a step that
/// comes before its own precondition is kept in its place in life and listed as an impossible order (INV-03, INV-04, INV-41).
/// </summary>
static class TubeFold
{
    /// <param name="file">The tube.</param>
    /// <param name="box">The box that it is in last; null when it is in none or the box is not known.</param>
    /// <param name="round">The round that its opening names; null when it names none or the round is not known.</param>
    public static Folded Fold(TubeFile file, BoxRow? box, RoundRules? round)
    {
        var claims = file.Claims.OrderBy(c => c.At).ThenBy(c => c.Fact).ToList();
        var opening = claims.Find(c => c.Note.Op == ClaimNote.Opened);
        var seals = claims.FindAll(c => c.Note.Op == ClaimNote.Sealed);
        var boxings = claims.FindAll(c => c.Note.Op == ClaimNote.Boxed);
        var voiding = claims.Find(c => c.Note.Op == ClaimNote.Voided);
        var seal = seals.FirstOrDefault();
        var boxing = boxings.LastOrDefault();
        var isVoid = voiding is not null && seal is null && boxing is null;
        var sent = boxing is not null && box?.SentAt is not null;
        var kind = (TubeKind)(opening?.Note.Kind ?? 0);
        var registrations = Registrations(file, claims, opening, seal, round);
        var state = isVoid ? TubeState.Void : sent ? TubeState.InTransit : boxing is not null ? TubeState.Boxed
            : seal is not null ? TubeState.Sealed : opening is not null ? TubeState.Open : TubeState.Issued;
        // The box has arrived and the tube has not: it is where the box was before, and missing (INV-04).
        var missing = box is { BeyondField: true } && file.Was is not { BeyondField: true };
        var beyond = file.Was is { BeyondField: true } kept ? kept : null;
        var row = new TubeRow
        {
            Id = file.Id,
            Code = opening?.Note.Code ?? "",
            Round = opening?.Note.Round,
            Kind = kind,
            Capacity = opening?.Note.Capacity ?? 0,
            State = beyond?.State ?? state,
            OpenedAt = opening?.At,
            OpenedBy = opening?.Note.Device,
            Session = opening?.Note.Session,
            SealedAt = seal?.At,
            Seal = seal?.Note.Seal,
            Box = boxing?.Note.Box,
            BoxedAt = boxing?.At,
            Count = registrations.Where(r => r.Stands).Select(r => r.Person).Distinct().Count(),
            Conflict = file.Now.Conflict,
            Priority = opening?.Note.Priority ?? 0,
            RejectReason = missing ? RejectReason.NotReceived : file.Was?.RejectReason ?? RejectReason.None,
            Holder = beyond?.Holder ?? (boxing is null || box is null ? Holder(opening) : missing ? file.Was?.Holder ?? box.Courier ?? "" : box.Holder),
            Alert = opening?.Note.Alert,
            UpdatedAt = beyond?.UpdatedAt ?? (isVoid ? voiding!.At : sent ? box!.SentAt!.Value : boxing?.At ?? seal?.At ?? opening?.At ?? Earliest(file)),
        };
        var found = Found(file, row, claims, registrations, round);
        if (missing)
            found.Add(new NewDiscrepancy(DiscrepancyKinds.TubeMissing, "tube", file.Id, box!.Id.ToString("N"), $$"""{"box":"{{box.Id:N}}"}""", row.Round));
        return new Folded(row, registrations, Events(claims, opening, seal, boxings, isVoid, sent ? box : null), found);
    }

    static string Holder(TubeClaim? opening) => opening?.Note.Device is { } device ? $"device:{device:N}" : "";

    static long Earliest(TubeFile file) =>
        file.Claims.Select(c => c.At).Concat(file.Registrations.Values.Select(r => r.At)).DefaultIfEmpty(0).Min();

    static List<RegistrationRow> Registrations(TubeFile file, List<TubeClaim> claims, TubeClaim? opening, TubeClaim? seal, RoundRules? round)
    {
        // Of two claims to void one registration the earlier one's reason stands.
        var voids = claims.Where(c => c.Note.Op == ClaimNote.SampleVoided).GroupBy(c => c.Note.Registration!.Value)
            .ToDictionary(g => g.Key, g => g.First().Note.Reason);
        var rows = new List<RegistrationRow>(file.Registrations.Count);
        foreach (var r in file.Registrations.Values)
        {
            var state = r.Specimen == Specimen.None && seal is null ? RegistrationState.Registered : RegistrationState.Collected;
            var isVoid = voids.TryGetValue(r.Id, out var reason);
            rows.Add(r with
            {
                Round = opening?.Note.Round,
                Session = opening?.Note.Session,
                ScopeVersion = round?.ScopeVersionAt(r.At) ?? 0,
                Supplement = round is not null && (r.Supplement || !round.InWindow(r.At)),
                State = isVoid ? RegistrationState.Void : state,
                VoidReason = isVoid ? reason : null,
            });
        }
        return rows;
    }

    static List<FoldedEvent> Events(List<TubeClaim> claims, TubeClaim? opening, TubeClaim? seal, List<TubeClaim> boxings, bool isVoid, BoxRow? sentBox)
    {
        var events = new List<FoldedEvent>(claims.Count + 1);
        var opened = opening is null ? TubeState.Issued : TubeState.Open;
        var closed = seal is null ? opened : TubeState.Sealed;
        foreach (var claim in claims)
        {
            events.Add(claim.Note.Op switch
            {
                ClaimNote.Opened => new(claim, TubeState.Issued, TubeState.Open),
                ClaimNote.Sealed => claim == seal ? new(claim, opened, TubeState.Sealed) : new(claim, TubeState.Sealed, TubeState.Sealed),
                ClaimNote.Boxed => claim == boxings[0] ? new(claim, closed, TubeState.Boxed) : new(claim, TubeState.Boxed, TubeState.Boxed),
                ClaimNote.Voided => isVoid ? new(claim, opened, TubeState.Void) : new(claim, closed, closed),
                _ => new(claim, closed, closed),
            });
        }
        if (sentBox is not null)
            events.Add(SentWith(sentBox));
        return events;
    }

    /// <summary>What the tube's life says when its box was sent.</summary>
    public static FoldedEvent SentWith(BoxRow box) => new(
        new TubeClaim(box.SentBy ?? box.Id, box.SentAt!.Value, box.Courier ?? "", new ClaimNote { Op = ClaimNote.Sent, Box = box.Id }),
        TubeState.Boxed, TubeState.InTransit);

    static List<NewDiscrepancy> Found(TubeFile file, TubeRow row, List<TubeClaim> claims, List<RegistrationRow> registrations, RoundRules? round)
    {
        var found = new List<NewDiscrepancy>();
        if (row.OpenedAt is null)
            Add(DiscrepancyKinds.NeverOpened, "", "{}");
        if (row.Round is not null && round is null)
            Add(DiscrepancyKinds.UnknownRound, "", $$"""{"round":"{{row.Round:N}}"}""");
        if (row.Kind is not (TubeKind.Household or TubeKind.Unknown) && row.Count > row.Capacity)
            Add(DiscrepancyKinds.OverCapacity, "", string.Create(CultureInfo.InvariantCulture, $$"""{"count":{{row.Count}},"capacity":{{row.Capacity}}}"""));
        foreach (var r in registrations)
        {
            if (!r.Stands)
                continue;
            if (r.At < row.OpenedAt)
                Add(DiscrepancyKinds.ImpossibleOrder, r.Id.ToString("N"), """{"what":"registered before opened"}""");
            if (r.At > row.SealedAt)
                Add(DiscrepancyKinds.AddedAfterSeal, r.Id.ToString("N"), $$"""{"registration":"{{r.Id:N}}"}""");
        }
        var first = true;
        foreach (var claim in claims)
        {
            var cause = claim.Fact.ToString("N");
            switch (claim.Note.Op)
            {
                case ClaimNote.Sealed when !first:
                    Add(DiscrepancyKinds.SealedTwice, cause, $$"""{"fact":"{{cause}}"}""");
                    break;
                case ClaimNote.Sealed:
                    first = false;
                    if (claim.At < row.OpenedAt)
                        Add(DiscrepancyKinds.ImpossibleOrder, cause, """{"what":"sealed before opened"}""");
                    break;
                case ClaimNote.Boxed when claim.At < row.SealedAt:
                    Add(DiscrepancyKinds.ImpossibleOrder, cause, """{"what":"boxed before sealed"}""");
                    break;
                case ClaimNote.Voided when row.SealedAt is not null || row.Box is not null:
                    Add(DiscrepancyKinds.ImpossibleOrder, cause, """{"what":"voided after it was sealed or boxed"}""");
                    break;
            }
        }
        if (row.Box is not null && row.SealedAt is null)
            Add(DiscrepancyKinds.BoxedUnsealed, "", $$"""{"box":"{{row.Box:N}}"}""");
        return found;

        void Add(string kind, string cause, string detail) => found.Add(new NewDiscrepancy(kind, "tube", file.Id, cause, detail, row.Round));
    }
}
