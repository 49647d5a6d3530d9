namespace Qipan.Sampling;

/// <summary>The values of a tube that follow from its facts and from what the laboratory did with it.</summary>
sealed record TubeRow
{
    public required Guid Id { get; init; }

    public string Code { get; init; } = "";

    public Guid? Round { get; init; }

    public TubeKind Kind { get; init; }

    public int Capacity { get; init; }

    public TubeState State { get; init; } = TubeState.Issued;

    public long? OpenedAt { get; init; }

    public Guid? OpenedBy { get; init; }

    public Guid? Session { get; init; }

    public long? SealedAt { get; init; }

    public string? Seal { get; init; }

    public Guid? Box { get; init; }

    public long? BoxedAt { get; init; }

    public int Count { get; init; }

    public bool Conflict { get; init; }

    public int Priority { get; init; }

    public RejectReason RejectReason { get; init; }

    public string Holder { get; init; } = "";

    public Guid? Alert { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>True when a laboratory or a courier has it: then facts of the field no longer move its state.</summary>
    public bool BeyondField => State is >= TubeState.Received and not TubeState.Void;
}

/// <summary>One person in a tube, as the desk sees it.</summary>
sealed record RegistrationRow
{
    public required Guid Id { get; init; }

    public Guid? Round { get; init; }

    public required Guid Person { get; init; }

    public required string PersonOwner { get; init; }

    public required Guid Tube { get; init; }

    public int Position { get; init; }

    public long OccurredAt { get; init; }

    public long At { get; init; }

    public Specimen Specimen { get; init; }

    public Guid? Session { get; init; }

    public Guid Device { get; init; }

    public IdMethod IdMethod { get; init; }

    public int ScopeVersion { get; init; }

    public bool Supplement { get; init; }

    public bool Duplicate { get; init; }

    public RegistrationState State { get; init; }

    public string? VoidReason { get; init; }

    public string Area { get; init; } = "";

    public bool Stands => State != RegistrationState.Void;
}

/// <summary>
/// Everything known of one tube: the row as it is kept, the claims of its facts, and the registrations in it. The same claims in
/// any order give the same tube.
/// </summary>
sealed class TubeFile(Guid id, TubeRow? was)
{
    public Guid Id => id;

    /// <summary>As kept; null when it is new.</summary>
    public TubeRow? Was => was;

    /// <summary>As it follows from the claims; set by <see cref="TubeFold"/>.</summary>
    public TubeRow Now { get; set; } = was ?? new TubeRow { Id = id };

    public List<TubeClaim> Claims { get; } = [];

    /// <summary>How many of <see cref="Claims"/> are kept already.</summary>
    public int Kept { get; set; }

    /// <summary>Events as kept, by id; written again only where their states changed.</summary>
    public Dictionary<Guid, (TubeState From, TubeState To)> KeptEvents { get; } = [];

    public Dictionary<Guid, RegistrationRow> Registrations { get; } = [];

    /// <summary>Those of <see cref="Registrations"/> that are kept already, as they are kept.</summary>
    public Dictionary<Guid, RegistrationRow> KeptRegistrations { get; } = [];

    public TubeClaim? Opening => Claims.Find(c => c.Note.Op == ClaimNote.Opened);

    public bool IsSealed => Claims.Exists(c => c.Note.Op == ClaimNote.Sealed);

    public bool IsVoid => Claims.Exists(c => c.Note.Op == ClaimNote.Voided);

    /// <summary>Voided, and nothing says that it was used after all.</summary>
    public bool Discarded => IsVoid && !IsSealed && LastBox is null;

    public Guid? LastBox => Claims.Where(c => c.Note.Op == ClaimNote.Boxed).OrderBy(c => c.At).ThenBy(c => c.Fact).LastOrDefault()?.Note.Box ?? null;

    public bool TakesIn => Opening is not null && !IsSealed && !IsVoid;

    /// <summary>Persons in it that were not voided; one person twice counts once.</summary>
    public int Persons()
    {
        var voided = Claims.Where(c => c.Note.Op == ClaimNote.SampleVoided).Select(c => c.Note.Registration).ToHashSet();
        return Registrations.Values.Where(r => !voided.Contains(r.Id)).Select(r => r.Person).Distinct().Count();
    }
}
