using Qipan.Intake;
using Qipan.Kernel;

namespace Qipan.Sampling;

sealed partial class Desk
{
    Refusal? Judge(Fact fact, TubeBoxing p)
    {
        var box = Boxes.GetValueOrDefault(p.Box);
        if (Live)
        {
            if (!Tubes.TryGetValue(p.Tube, out var file) || file.Opening is null)
                return new TubeUnknown();
            if (box?.Now.OpenedAt is null)
                return new BoxUnknown();
            if (StateNow(box) != BoxState.Open)
                return new StateForbids("box", "转运箱", StateNow(box).ToString(), nameof(BoxState.Open));
            // From one open box to another is a move; from anywhere else the tube must be sealed.
            if (StateOf(file) is var state and not TubeState.Boxed && TubeStates.Table.Move(state, TubeState.Boxed) is { Ok: false } no)
                return no.Refusal;
            if (!box.Tubes.ContainsKey(p.Tube) && box.Tubes.Count >= box.Now.Capacity)
                return new BoxFull();
        }
        Claim(fact, p.Tube, new ClaimNote { Op = ClaimNote.Boxed, Box = p.Box });
        Place(Tube(p.Tube));
        return null;
    }

    /// <summary>The tube is in its last box and in no other.</summary>
    void Place(TubeFile file)
    {
        var last = file.Claims.Where(c => c.Note.Op == ClaimNote.Boxed).OrderBy(c => c.At).ThenBy(c => c.Fact).Last();
        foreach (var box in Boxes.Values)
            box.Tubes.Remove(file.Id);
        Box(last.Note.Box!.Value).Tubes[file.Id] = last.At;
    }

    BoxCodeInUse? Judge(Fact fact, BoxOpening p)
    {
        if (Live && Boxes.Values.Any(b => b.Id != fact.Id && b.Now.Code == p.Code && !b.Now.BeyondField))
            return new BoxCodeInUse();
        Box(fact.Id).Open(fact.At, device, p);
        return null;
    }

    Refusal? Judge(Fact fact, BoxClosing p)
    {
        if (Live)
        {
            if (!Boxes.TryGetValue(p.Box, out var box) || box.Now.OpenedAt is null)
                return new BoxUnknown();
            if (BoxStates.Table.Move(StateNow(box), BoxState.Closed) is { Ok: false } no)
                return no.Refusal;
        }
        Box(p.Box).Close(fact.At, p.Seal);
        return null;
    }

    Refusal? Judge(Fact fact, BoxHandover p)
    {
        if (Live)
        {
            if (!Boxes.TryGetValue(p.Box, out var box) || box.Now.OpenedAt is null)
                return new BoxUnknown();
            if (StateNow(box) is not (BoxState.Closed or BoxState.Sent))
                return new StateForbids("box", "转运箱", StateNow(box).ToString(), nameof(BoxState.Sent));
        }
        Box(p.Box).HandOver(fact.Id, fact.At, p);
        return null;
    }

    static BoxState StateNow(BoxFile box)
    {
        if (box.Now.BeyondField)
            return box.Now.State;
        return box.Custody.Exists(c => c.Complete) ? BoxState.Sent : box.Now.ClosedAt is not null ? BoxState.Closed : BoxState.Open;
    }

    Refusal? Judge(Fact fact, SessionOpening p)
    {
        var row = Sessions.GetValueOrDefault(fact.Id) ?? new SessionRow { Id = fact.Id };
        Sessions[fact.Id] = row with
        {
            Point = p.Point,
            Round = p.Round,
            Desk = p.Desk,
            Collector = p.Collector,
            Registrar = p.Registrar,
            Device = device,
            OpenAt = fact.At,
            Changed = true,
        };
        return null;
    }

    Refusal? Judge(Fact fact, SessionClosing p)
    {
        var row = Sessions.GetValueOrDefault(p.Session) ?? new SessionRow { Id = p.Session, Device = device };
        Sessions[p.Session] = row with { CloseAt = row.CloseAt is { } at ? Math.Min(at, fact.At) : fact.At, Changed = true };
        return null;
    }

    PersonUnknown? Judge(Fact fact, AntigenReading p)
    {
        var known = Persons.GetValueOrDefault(p.Who.IfUnknown.Id!.Value);
        if (Live && known is null && p.Who.Id is not null)
            return new PersonUnknown();
        var person = known?.Id ?? p.Who.IfUnknown.Id.Value;
        if (known is null)
            NewPersons.TryAdd(person, WithPlace(p.Who.IfUnknown));
        Antigens.Add(new AntigenRow
        {
            Id = fact.Id,
            Round = p.Round,
            Person = person,
            PersonOwner = known?.Owner ?? owner,
            OccurredAt = fact.OccurredAt.ToUnixTimeMilliseconds(),
            At = fact.At,
            Result = p.Result,
            KitLot = p.KitLot,
            Self = p.Self,
            Device = device,
            Area = known?.Residence ?? WithPlace(p.Who.IfUnknown).Residence,
        });
        return null;
    }
}

/// <summary>A desk's working time.</summary>
sealed record SessionRow
{
    public required Guid Id { get; init; }

    public Guid? Point { get; init; }

    public Guid? Round { get; init; }

    public string Desk { get; init; } = "";

    public string Collector { get; init; } = "";

    public string Registrar { get; init; } = "";

    public Guid Device { get; init; }

    public long? OpenAt { get; init; }

    public long? CloseAt { get; init; }

    public bool Kept { get; init; }

    public bool Changed { get; init; }
}

/// <summary>An antigen test that was read.</summary>
sealed record AntigenRow
{
    public required Guid Id { get; init; }

    public Guid? Round { get; init; }

    public required Guid Person { get; init; }

    public required string PersonOwner { get; init; }

    public long OccurredAt { get; init; }

    public long At { get; init; }

    public AntigenResult Result { get; init; }

    public string KitLot { get; init; } = "";

    public bool Self { get; init; }

    public Guid Device { get; init; }

    public string Area { get; init; } = "";
}

/// <summary>Another tube of the same device: enough to know whether two were open at once (INV-03).</summary>
sealed record Neighbour(Guid Tube, Guid Device, long OpenedAt, long? EndedAt, Guid? Round);
