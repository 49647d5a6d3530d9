using System.Text.Json.Serialization;

namespace Qipan.Protocols;

/// <summary>Isolation sites 集中隔离点, home isolation and the way there (domain 2.6).</summary>
public sealed record IsolationRule : IRule
{
    public static string Key => "isolation";

    public required RoomRule Room { get; init; }

    /// <summary>Temperature readings a day.</summary>
    public required int TemperaturePerDay { get; init; }

    /// <summary>
    /// Who is accompanied or stays at home under medical guidance: <c>pregnant</c>, <c>serious_disease</c>,
    /// <c>no_self_care</c>, …
    /// </summary>
    public required IReadOnlyList<string> SpecialPersons { get; init; }

    /// <summary>Children up to this age, in years, are special persons too.</summary>
    public required int ChildrenUpToAge { get; init; }

    /// <summary>Who may not be a carer: <c>elderly</c>, <c>ill</c>.</summary>
    public IReadOnlyList<string>? CarersNot { get; init; }

    /// <summary>Level of personal protection of staff.</summary>
    public int? ProtectionLevel { get; init; }

    /// <summary>The same for incidents.</summary>
    public int? IncidentProtectionLevel { get; init; }

    public SiteRelease? Release { get; init; }

    public RoomReserve? Reserve { get; init; }

    public IsolationTransfer? Transport { get; init; }

    public CityTransfer? CrossCity { get; init; }

    public HomeIsolation? Home { get; init; }
}

/// <param name="Single">One person, one room.</param>
/// <param name="Sections">The functional split, as <c>clean</c>, <c>semi_contaminated</c>, <c>contaminated</c>.</param>
/// <param name="BarrierFree">Some multi-person and barrier-free rooms for minors and the elderly.</param>
public sealed record RoomRule(bool Single, bool OwnBathroom, IReadOnlyList<string> Sections, bool BarrierFree = false);

/// <param name="EnvironmentSwabs">Swabs of site and personal items must be negative (some cities).</param>
/// <param name="ClosedLoopReturn">“Point to point” on the way home.</param>
public sealed record SiteRelease(bool EnvironmentSwabs, bool ClosedLoopReturn);

/// <param name="RoomsPer10k">Rooms per 10,000 residents.</param>
/// <param name="Ready">How much of it is usable by when, ascending.</param>
/// <param name="BigSiteRooms">Rooms of a big site at least; null: not ruled.</param>
public sealed record RoomReserve([property: JsonPropertyName("rooms_per_10k")] int RoomsPer10k, IReadOnlyList<ReserveStep> Ready,
    int? BigSiteRooms = null);

public sealed record ReserveStep
{
    [JsonPropertyName("within_h"), Hours]
    public required TimeSpan Within { get; init; }

    /// <summary>Per cent of the reserve.</summary>
    public required double SharePercent { get; init; }
}

/// <summary>How cases and contacts are moved 转运.</summary>
public sealed record IsolationTransfer
{
    /// <summary>Cases in one ambulance at a time, unless of the same strain.</summary>
    public required int CasesPerTrip { get; init; }

    /// <summary>Per cent of the seats of a coach with contacts, at most.</summary>
    public required double SeatLoadMaxPercent { get; init; }

    public required bool CabSealedOff { get; init; }

    /// <summary>Disinfection after each trip 终末消毒.</summary>
    public required bool DisinfectAfterTrip { get; init; }

    /// <summary>A contact with fever travels as a case.</summary>
    public required bool FeverishContactAsCase { get; init; }

    /// <summary>What is checked before departure: <c>list</c>, <c>temperature</c>, <c>symptoms</c>.</summary>
    public required IReadOnlyList<string> CheckBefore { get; init; }

    /// <summary>Coaches that a county keeps ready; null: not ruled.</summary>
    public int? CountyCoaches { get; init; }

    /// <summary>Drivers for each coach, at least; null: not ruled.</summary>
    public int? DriversPerCoachMin { get; init; }

    public int? DriversPerCoachMax { get; init; }
}

/// <summary>Isolation in another city 跨市隔离.</summary>
public sealed record CityTransfer
{
    [JsonPropertyName("request_before_h"), Hours]
    public required TimeSpan RequestBefore { get; init; }

    [JsonPropertyName("person_list_before_h"), Hours]
    public required TimeSpan PersonListBefore { get; init; }

    /// <summary>Who is not sent: <c>very_old</c>, <c>infants</c>, <c>mentally_ill</c>.</summary>
    public required IReadOnlyList<string> StayLocal { get; init; }
}

/// <summary>Home isolation 居家隔离.</summary>
public sealed record HomeIsolation
{
    public required bool OwnRoom { get; init; }

    public required bool OwnBathroom { get; init; }

    /// <summary>What those who live along do: <c>stay_in_or_test</c>.</summary>
    public required string Cohabitants { get; init; }

    public required int TemperaturePerDay { get; init; }

    public required bool Visitors { get; init; }

    /// <summary>Going out: <c>community_approval</c>.</summary>
    public required string Outing { get; init; }

    /// <summary>How: <c>special_vehicle</c>.</summary>
    public required string OutingVehicle { get; init; }

    /// <summary>For what one may go out under health monitoring, with approval: <c>medical</c>.</summary>
    public IReadOnlyList<string>? MonitorMayGoOutFor { get; init; }
}
