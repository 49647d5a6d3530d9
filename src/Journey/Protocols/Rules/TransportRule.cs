namespace Qipan.Protocols;

/// <summary>The kinds of vehicle that the plan tells apart.</summary>
public enum VehicleKind : short
{
    Aircraft = 1,

    /// <summary>A sealed, air-conditioned train.</summary>
    TrainSealed = 2,

    /// <summary>A soft sleeper of a sealed train.</summary>
    TrainSleeper = 3,

    /// <summary>An ordinary train.</summary>
    TrainOrdinary = 4,

    /// <summary>A coach or bus with closed windows and air conditioning.</summary>
    CoachSealed = 5,

    /// <summary>A coach or bus that is ventilated.</summary>
    CoachVentilated = 6,

    Ship = 7,
}

/// <summary>How far contact reaches in a vehicle.</summary>
public enum ContactReach : short
{
    /// <summary>The row of the index person, and rows before and after.</summary>
    Rows = 1,

    Coach = 2,
    Compartment = 3,

    /// <summary>The same bay and the ones beside it.</summary>
    Bays = 4,

    Cabin = 5,
    Everybody = 6,
}

/// <summary>Who in a vehicle is a contact 交通工具密接判定 (domain 2.2).</summary>
public sealed record TransportRule : IRule
{
    public static string Key => "transport";

    public required IReadOnlyList<VehicleReach> Vehicles { get; init; }

    /// <summary>The rule of a kind of vehicle, or null when the protocol does not name it.</summary>
    public VehicleReach? For(VehicleKind kind) => Vehicles.FirstOrDefault(v => v.Vehicle == kind);
}

/// <param name="Before">Rows or bays before the index person's.</param>
/// <param name="After">Rows or bays after it.</param>
/// <param name="Crew"><c>area</c>: who served there; <c>all</c>; <c>none</c>.</param>
public sealed record VehicleReach(VehicleKind Vehicle, ContactReach Reach, int? Before = null, int? After = null, string Crew = "none");
