namespace Qipan.Tracing;

/// <summary>What a list says who was together 名册. The numbers reach disk: append only.</summary>
enum RosterKind : short
{
    /// <summary>班级.</summary>
    Class = 1,

    /// <summary>病区.</summary>
    Ward = 2,

    /// <summary>班组.</summary>
    Shift = 3,

    /// <summary>旅行团.</summary>
    Tour = 4,

    /// <summary>A train, a flight, a coach, a ship; with seats.</summary>
    Vehicle = 5,
}
