namespace Qipan.Cases.Reading;

/// <summary>The hours of each part of the day 时段, and what a part does to a time of the clock.</summary>
static class PartHours
{
    public static (int From, int To) Of(DayPart part) => part switch
    {
        DayPart.SmallHours => (0, 6),
        DayPart.Morning => (5, 10),
        DayPart.Forenoon => (6, 12),
        DayPart.Noon => (11, 14),
        DayPart.Afternoon => (12, 18),
        DayPart.Dusk => (16, 20),
        DayPart.Evening => (17, 24),
        DayPart.Night => (20, 24),
        DayPart.None or DayPart.WholeDay => (0, 24),
    };

    /// <summary>下午3时 is 15:00; 下午15时 is so too; 晚12点 is 24:00.</summary>
    public static int Hour(int hour, int half, DayPart part) => (half, part) switch
    {
        (12, _) => hour < 12 ? hour + 12 : hour,
        (0, _) => hour == 12 ? 0 : hour,
        (_, DayPart.Afternoon or DayPart.Dusk) => hour < 12 ? hour + 12 : hour,
        (_, DayPart.Noon) => hour is > 0 and <= 3 ? hour + 12 : hour,
        (_, DayPart.Evening) => hour is >= 4 and <= 12 ? hour + 12 : hour,
        (_, DayPart.Night) => hour is >= 6 and <= 12 ? hour + 12 : hour,
        (_, DayPart.SmallHours) => hour == 12 ? 0 : hour,
        _ => hour,
    };
}
