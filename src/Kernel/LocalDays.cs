namespace Qipan.Kernel;

/// <summary>
/// Days of the epidemic: 00:00 to 24:00 in the deployment's time zone. Instants are stored in UTC; a date belongs to a zone.
/// </summary>
/// <param name="zone">The deployment's time zone, Asia/Shanghai unless set otherwise.</param>
public sealed class LocalDays(TimeZoneInfo zone)
{
    /// <summary>China uses one zone, UTC+8 without daylight saving.</summary>
    public static LocalDays China { get; } = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    public TimeZoneInfo Zone => zone;

    public DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The instant at which the day begins in this zone. Where midnight is skipped, the first instant after the gap.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1));
}
