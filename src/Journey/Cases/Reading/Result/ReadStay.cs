using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>A stay 停留 as it was read: when, where, doing what, with whom.</summary>
public sealed record ReadStay
{
    /// <summary>The words it was read from.</summary>
    public required TextWords Words { get; init; }

    public required StayTime Time { get; init; }

    /// <summary>The place as it was said; null for a ride, and where none is named.</summary>
    public string? Place { get; init; }

    public TextWords? PlaceWords { get; init; }

    public PlaceKind PlaceKind { get; init; }

    /// <summary>A part of the place: 大厅内, 东区, 神经内科3病室.</summary>
    public string? SubArea { get; init; }

    /// <summary>What was done there, in the text's words, joined by "、".</summary>
    public string? Activity { get; init; }

    /// <summary>How the place was reached, or the ride that the stay is.</summary>
    public IReadOnlyList<Ride> Rides { get; init; } = [];

    public Protection Protection { get; init; }

    public LoopState ClosedLoop { get; init; }

    /// <summary>Who else is named.</summary>
    public IReadOnlyList<NamedPerson> With { get; init; } = [];
}

/// <summary>What sort of place is meant. The numbers reach disk: append only.</summary>
public enum PlaceKind : short
{
    /// <summary>None is named.</summary>
    None = 0,

    Named = 1,
    Home = 2,
    Work = 3,

    /// <summary>Somebody else's home.</summary>
    OtherHome = 4,

    /// <summary>A ride: the vehicle is the place.</summary>
    Vehicle = 5,

    /// <summary>A place of quarantine that is not named.</summary>
    Quarantine = 6,
}

/// <summary>Whether the stay was inside a closed loop 闭环. The numbers reach disk: append only.</summary>
public enum LoopState : short
{
    /// <summary>No loop is spoken of.</summary>
    None = 0,

    Held = 1,

    /// <summary>The loop was left: the person met the place's others while under control.</summary>
    Broken = 2,
}

/// <summary>A ride 乘坐: in what, which number, which seat.</summary>
/// <param name="Number">Train, flight, line or plate; null when none is named.</param>
/// <param name="Seats">Where several sit together the text does not say whose is which.</param>
/// <param name="Route">As "长春至吉林".</param>
public sealed record Ride(TransportKind Transport, string? Number, string? Coach, IReadOnlyList<RideSeat> Seats, string? Route);

/// <summary>A seat 座位: row and letter, the row without leading zeros.</summary>
public sealed record RideSeat(string Row, string Letter);

/// <summary>Somebody whom the text names beside the person: by a relation, a name or the number of a case.</summary>
public sealed record NamedPerson(TextWords Words, PersonRelation Relation, Personal<string>? Name = null, string? CaseNo = null);

/// <summary>Who the other is to the person. The numbers reach disk: append only.</summary>
public enum PersonRelation : short
{
    /// <summary>Only a name is given.</summary>
    Unknown = 0,

    Spouse = 1,
    Parent = 2,
    Child = 3,
    Sibling = 4,
    Relative = 5,
    Family = 6,

    /// <summary>Friends, neighbours, fellow students.</summary>
    Acquaintance = 7,

    Colleague = 8,

    /// <summary>Somebody who works in the home or drives: 钟点工, 司机.</summary>
    Helping = 9,

    /// <summary>Another case.</summary>
    Case = 10,

    /// <summary>Somebody on duty: 疾控人员, 工作人员.</summary>
    Official = 11,

    /// <summary>Not a person: 该车辆.</summary>
    Vehicle = 12,
}
