namespace Qipan.Cases;

/// <summary>A part of the day. The numbers reach disk: append only.</summary>
public enum DayPart : short
{
    /// <summary>None is said.</summary>
    None = 0,

    /// <summary>凌晨</summary>
    SmallHours = 1,

    /// <summary>早上</summary>
    Morning = 2,

    /// <summary>上午</summary>
    Forenoon = 3,

    /// <summary>中午</summary>
    Noon = 4,

    /// <summary>下午</summary>
    Afternoon = 5,

    /// <summary>傍晚</summary>
    Dusk = 6,

    /// <summary>晚上</summary>
    Evening = 7,

    /// <summary>深夜</summary>
    Night = 8,

    /// <summary>全天</summary>
    WholeDay = 9,
}

/// <summary>How somebody travelled. The numbers reach disk: append only.</summary>
public enum TransportKind : short
{
    None = 0,
    Walk = 1,
    Bicycle = 2,

    /// <summary>A car of one's own or of somebody known.</summary>
    PrivateCar = 3,

    Taxi = 4,
    Bus = 5,
    Metro = 6,

    /// <summary>A coach between towns.</summary>
    Coach = 7,

    Train = 8,
    Aircraft = 9,
    Ship = 10,

    /// <summary>120急救车.</summary>
    Ambulance = 11,

    Truck = 12,

    /// <summary>A vehicle that is not described, or sent by an authority.</summary>
    Other = 13,
}

/// <summary>What protected. The numbers reach disk: append only.</summary>
public enum Protection : short
{
    Unknown = 0,

    /// <summary>戴口罩</summary>
    Mask = 1,

    /// <summary>未戴口罩</summary>
    NoMask = 2,

    /// <summary>防护服: full protective dress.</summary>
    Full = 3,
}

/// <summary>How a stay is known. The numbers reach disk: append only.</summary>
public enum ItinerarySource : short
{
    /// <summary>The person said so.</summary>
    Recall = 1,

    /// <summary>场所码</summary>
    Scan = 2,

    Camera = 3,
    Payment = 4,
    Telecom = 5,

    /// <summary>An authority published it.</summary>
    Published = 6,
}

/// <summary>Whether an itinerary item counts. The numbers reach disk: append only.</summary>
public enum ItemState : short
{
    Holds = 1,

    /// <summary>Another item stands in its place.</summary>
    Corrected = 2,

    Withdrawn = 3,
}
