namespace Qipan.Engine.Segments;

/// <summary>
/// A stay of one day's segment in 16 bytes, for sorting and merging: at most 65,535 s long. Longer and open ones are
/// <see cref="Visit"/>s of their own list.
/// </summary>
readonly record struct ShortStay(ulong Who, ulong When)
{
    /// <summary>The longest stay that is stored in the short form.</summary>
    public const int LongestSeconds = ushort.MaxValue;

    public const int EnterShift = 34;
    public const int EnterBits = 17;
    const int LengthShift = 18;
    const int AreaShift = 2;

    public uint Visitor => (uint)(Who >> 32);

    public uint Place => (uint)Who;

    /// <summary>Seconds since the day began.</summary>
    public int Enter => (int)(When >> EnterShift);

    public int Length => (ushort)(When >> LengthShift);

    public ushort Area => (ushort)(When >> AreaShift);

    public LeaveKind Kind => (LeaveKind)(When & 3);

    public int Leave => Enter + Length;

    public static bool Fits(in Visit visit) => visit.Kind != LeaveKind.Open && visit.Leave - visit.Enter <= LongestSeconds;

    public static ShortStay Of(in Visit visit) =>
        Of(visit.Visitor, visit.Place, (int)(visit.Enter % Seconds.PerDay), (int)(visit.Leave - visit.Enter), visit.Area, visit.Kind);

    public static ShortStay Of(uint visitor, uint place, int enter, int length, ushort area, LeaveKind kind) =>
        new(((ulong)visitor << 32) | place,
            ((ulong)enter << EnterShift) | ((ulong)length << LengthShift) | ((ulong)area << AreaShift) | (ulong)kind);

    public Visit ToVisit(int day)
    {
        var enter = day * Seconds.PerDay + Enter;
        return new Visit(Visitor, Place, enter, enter + Length, Area, Kind);
    }
}
