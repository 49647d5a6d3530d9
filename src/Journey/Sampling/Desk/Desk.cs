using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Sampling;

/// <summary>
/// The desk where facts of tubes and boxes are judged: pure, over what was loaded. A live fact that is against a rule is refused
/// and changes nothing; a reported one is always taken, and <see cref="DeskSettlement"/> says afterwards what does not agree.
/// </summary>
sealed partial class Desk(string owner, Guid device, string territory, FactMode mode)
{
    public string Owner => owner;

    public Guid Device => device;

    public string Actor { get; } = $"device:{device:N}";

    public bool Live => mode == FactMode.Live;

    /// <summary>Tubes that facts of this batch speak of, and those whose codes they share.</summary>
    public Dictionary<Guid, TubeFile> Tubes { get; } = [];

    public Dictionary<Guid, BoxFile> Boxes { get; } = [];

    public Dictionary<Guid, RoundRules> Rounds { get; } = [];

    public Dictionary<Guid, SessionRow> Sessions { get; } = [];

    public List<AntigenRow> Antigens { get; } = [];

    /// <summary>Other tubes of the same devices, near in time to those of the batch; null when none was opened or ended.</summary>
    public Dictionary<Guid, Neighbour>? Neighbours { get; set; }

    /// <summary>From when to when all tubes of a device are known; what it opened before or after is not compared.</summary>
    public Dictionary<Guid, (long From, long To)> Spans { get; } = [];

    /// <summary>Tubes that lie in the boxes of this batch, as they are kept; those of <see cref="Tubes"/> are among them.</summary>
    public Dictionary<Guid, TubeRow> InBoxes { get; } = [];

    /// <summary>Codes whose tubes are all loaded.</summary>
    public HashSet<string> KnownCodes { get; } = new(StringComparer.Ordinal);

    /// <summary>Persons by what the fact said of them; those whom the register does not know are missing.</summary>
    public Dictionary<Guid, PersonRef> Persons { get; } = [];

    /// <summary>Members of household tubes, for their households.</summary>
    public Dictionary<Guid, PersonRef> Members { get; } = [];

    /// <summary>Persons who get a temporary identity when the batch is saved.</summary>
    public Dictionary<Guid, NewTemporaryPerson> NewPersons { get; } = [];

    /// <summary>Disagreements that no later fact explains.</summary>
    public List<NewDiscrepancy> Sticky { get; } = [];

    public TubeFile Tube(Guid id)
    {
        if (!Tubes.TryGetValue(id, out var file))
            Tubes.Add(id, file = new TubeFile(id, null));
        return file;
    }

    public BoxFile Box(Guid id)
    {
        if (!Boxes.TryGetValue(id, out var file))
            Boxes.Add(id, file = new BoxFile(id, null));
        return file;
    }

    /// <summary>Judges one fact, in the order sent, and takes it in unless it is refused.</summary>
    public void Judge(Fact fact)
    {
        var refusal = fact.Payload switch
        {
            Sampling p => Judge(fact, p),
            TubeOpening p => Judge(fact, p),
            TubeSealing p => Judge(fact, p),
            TubeVoiding p => Judge(fact, p),
            SampleVoiding p => Judge(fact, p),
            TubeBoxing p => Judge(fact, p),
            BoxOpening p => Judge(fact, p),
            BoxClosing p => Judge(fact, p),
            BoxHandover p => Judge(fact, p),
            SessionOpening p => Judge(fact, p),
            SessionClosing p => Judge(fact, p),
            AntigenReading p => Judge(fact, p),
            _ => throw new InvalidOperationException($"No rule judges {fact.Kind}."),
        };
        if (refusal is null)
            fact.Accept(SubjectOf(fact));
        else
            fact.Refuse(refusal);
    }

    static Guid? SubjectOf(Fact fact) => fact.Payload switch
    {
        Sampling p => p.Tube,
        TubeSealing p => p.Tube,
        TubeVoiding p => p.Tube,
        SampleVoiding p => p.Tube,
        TubeBoxing p => p.Tube,
        BoxClosing p => p.Box,
        BoxHandover p => p.Box,
        SessionClosing p => p.Session,
        AntigenReading => null,
        _ => fact.Id,
    };

    Refusal? Judge(Fact fact, TubeOpening p)
    {
        var round = p.Round is { } id ? Rounds.GetValueOrDefault(id) : null;
        var tooLarge = round is not null && !RoundRules.Allows(round.PoolAt(territory), p.Kind);
        if (Live)
        {
            if (Tubes.Values.Any(t => t.Id != fact.Id && !t.IsVoid && t.Opening?.Note.Code == p.Code))
                return new CodeInUse();
            if (Tubes.Values.Any(t => t.TakesIn && t.Opening!.Note.Device == device) || Neighbours?.Values.Any(n => n.Device == device && n.EndedAt is null && !Tubes.ContainsKey(n.Tube)) == true)
                return new TubeStillOpen();
            if (p.Round is not null && round is null)
                return new RoundUnknown();
            if (round is { IsOpen: false })
                return new RoundNotOpen();
            if (tooLarge)
                return new PoolTooLarge();
        }
        if (tooLarge)
            Sticky.Add(new NewDiscrepancy(DiscrepancyKinds.PoolAgainstPolicy, "tube", fact.Id, "", $$"""{"kind":"{{p.Kind}}"}""", p.Round));
        Claim(fact, fact.Id, new ClaimNote
        {
            Op = ClaimNote.Opened,
            Code = p.Code,
            Round = p.Round,
            Kind = (int)p.Kind,
            Capacity = p.Capacity,
            Session = p.Session,
            Priority = p.Priority,
            Alert = p.Alert,
            Device = device,
        });
        return null;
    }

    Refusal? Judge(Fact fact, Sampling p)
    {
        var known = Persons.GetValueOrDefault(p.Who.IfUnknown.Id!.Value);
        if (Live && RefuseLive(p, known) is { } refusal)
            return refusal;
        var person = known?.Id ?? p.Who.IfUnknown.Id.Value;
        if (known is null)
            NewPersons.TryAdd(person, WithPlace(p.Who.IfUnknown));
        if (known is null && !p.Who.Temporary)
            fact.Flag("person_unknown");
        var file = Tube(p.Tube);
        file.Registrations[fact.Id] = new RegistrationRow
        {
            Id = fact.Id,
            Person = person,
            PersonOwner = known?.Owner ?? owner,
            Tube = p.Tube,
            Position = p.Position,
            OccurredAt = fact.OccurredAt.ToUnixTimeMilliseconds(),
            At = fact.At,
            Specimen = p.Specimen,
            Device = device,
            IdMethod = p.IdMethod,
            Supplement = file.Opening?.Note.Round is { } round && Rounds.TryGetValue(round, out var rules) && rules.State is RoundState.Final or RoundState.Archived,
            Area = Kernel.Codes.PlaceCode.CommunityOf(known?.Residence ?? WithPlace(p.Who.IfUnknown).Residence),
        };
        return null;
    }

    Refusal? RefuseLive(Sampling p, PersonRef? known)
    {
        if (known is null && p.Who.Id is not null)
            return new PersonUnknown();
        if (!Tubes.TryGetValue(p.Tube, out var file) || file.Opening is not { } opening)
            return new TubeUnknown();
        if (file.IsSealed)
            return new TubeSealedAlready();
        if (!file.TakesIn)
            return new StateForbids("tube", "采样管", nameof(TubeState.Void), nameof(TubeState.Open));
        var person = known?.Id ?? p.Who.IfUnknown.Id!.Value;
        if (file.Registrations.Values.Any(r => r.Person == person && r.Stands))
            return new AlreadyInTube();
        if (opening.Note.Kind != (int)TubeKind.Household && file.Persons() >= opening.Note.Capacity)
            return new TubeFull();
        if (opening.Note.Kind == (int)TubeKind.Household && known?.Household is { } household
            && file.Registrations.Values.Any(r => HouseholdOf(r.Person) is { } other && other != household))
            return new OtherHousehold();
        return null;
    }

    public Guid? HouseholdOf(Guid person) =>
        Members.TryGetValue(person, out var member) ? member.Household : Persons.Values.FirstOrDefault(p => p.Id == person)?.Household;

    Refusal? Judge(Fact fact, TubeSealing p)
    {
        if (Live)
        {
            if (!Tubes.TryGetValue(p.Tube, out var file) || file.Opening is null)
                return new TubeUnknown();
            if (TubeStates.Table.Move(StateOf(file), TubeState.Sealed) is { Ok: false } no)
                return no.Refusal;
            if (file.Persons() == 0)
                return new TubeEmpty();
        }
        Claim(fact, p.Tube, new ClaimNote { Op = ClaimNote.Sealed, Seal = p.Seal });
        return null;
    }

    Refusal? Judge(Fact fact, TubeVoiding p)
    {
        if (Live)
        {
            if (!Tubes.TryGetValue(p.Tube, out var file) || file.Opening is null)
                return new TubeUnknown();
            if (TubeStates.Table.Move(StateOf(file), TubeState.Void) is { Ok: false } no)
                return no.Refusal;
        }
        Claim(fact, p.Tube, new ClaimNote { Op = ClaimNote.Voided, Reason = p.Reason });
        return null;
    }

    RegistrationUnknown? Judge(Fact fact, SampleVoiding p)
    {
        if (Live && !(Tubes.TryGetValue(p.Tube, out var file) && file.Registrations.TryGetValue(p.Registration, out var r) && r.Stands
            && !file.Claims.Exists(c => c.Note.Op == ClaimNote.SampleVoided && c.Note.Registration == p.Registration)))
            return new RegistrationUnknown();
        Claim(fact, p.Tube, new ClaimNote { Op = ClaimNote.SampleVoided, Registration = p.Registration, Reason = p.Reason });
        return null;
    }

    /// <summary>The tube's state as the facts so far make it; the laboratory's part wins.</summary>
    TubeState StateOf(TubeFile file) => TubeFold.Fold(file, file.LastBox is { } box ? Boxes.GetValueOrDefault(box)?.Now : null, null).Row.State;

    NewTemporaryPerson WithPlace(NewTemporaryPerson person) => person.Residence.Length > 0 ? person : person with { Residence = territory };

    void Claim(Fact fact, Guid tube, ClaimNote note) => Tube(tube).Claims.Add(new TubeClaim(fact.Id, fact.At, Actor, note));
}
