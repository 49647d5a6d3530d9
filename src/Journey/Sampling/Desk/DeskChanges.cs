namespace Qipan.Sampling;

/// <summary>What a batch changes: computed from the desk, written in one go.</summary>
sealed class DeskChanges
{
    public List<TubeRow> NewTubes { get; } = [];

    public List<TubeRow> ChangedTubes { get; } = [];

    public List<RegistrationRow> NewRegistrations { get; } = [];

    public List<RegistrationRow> ChangedRegistrations { get; } = [];

    /// <summary>Registrations of tubes that this batch does not speak of, whose person is a duplicate now, or is no longer.</summary>
    public List<(Guid Tube, Guid Registration, bool Duplicate)> DuplicateFlags { get; } = [];

    public List<(Guid Tube, FoldedEvent Event)> NewEvents { get; } = [];

    public List<(Guid Tube, FoldedEvent Event)> ChangedEvents { get; } = [];

    public List<BoxFile> Boxes { get; } = [];

    /// <summary>Everything that does not agree now, about the subjects of <see cref="Judged"/>.</summary>
    public Dictionary<DiscrepancyId, NewDiscrepancy> Found { get; } = [];

    /// <summary>Subjects whose disagreements were all computed anew: an open one of these kinds that was not found has been explained.</summary>
    public Dictionary<Guid, HashSet<string>> Judged { get; } = [];

    public List<TubeRow> Sealed { get; } = [];

    public List<BoxRow> Sent { get; } = [];

    /// <summary>Tubes whose members must be sampled again, because their code names two tubes.</summary>
    public List<TubeFile> Quarantined { get; } = [];

    public Dictionary<(Guid Round, string Area), int> Sampled { get; } = [];

    public HashSet<Guid> RoundsBegun { get; } = [];

    /// <summary>
    /// Tubes that count otherwise now for people who may be covered already: with a duplicate, with somebody added after the result, with
    /// a registration that was taken back.
    /// </summary>
    public HashSet<Guid> OtherwiseCounted(Desk desk) =>
    [
        .. NewRegistrations.Where(r => r.Duplicate || desk.Tubes[r.Tube].Now.State >= TubeState.Resulted).Select(r => r.Tube),
        .. ChangedRegistrations.Where(r => r.Duplicate || !r.Stands).Select(r => r.Tube),
    ];

    public void Find(NewDiscrepancy found) => Found.TryAdd(Discrepancies.IdOf(found.Kind, found.SubjectKind, found.SubjectId, found.Cause), found);

    public void Judge(Guid subject, params ReadOnlySpan<string> kinds)
    {
        if (!Judged.TryGetValue(subject, out var all))
            Judged.Add(subject, all = new HashSet<string>(StringComparer.Ordinal));
        foreach (var kind in kinds)
            all.Add(kind);
    }
}
