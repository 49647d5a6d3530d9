using Qipan.Kernel;

namespace Qipan.Tracing;

/// <summary>
/// The one way in which days of a contact are counted 天数 (INV-32). The day of the last exposure is day 0; day n begins at 00:00 local
/// time of that date + n. Somebody who has to stay n days is free when n times 24 hours have passed since the last exposure, and never
/// before day n has begun. A period of n days therefore ends with day n, not with day n + 1.
/// </summary>
/// <param name="days">The deployment's local days.</param>
sealed class ContactDays(LocalDays days)
{
    /// <summary>The date of day <paramref name="day"/>. An exposure that ended at 00:00 sharp is of the day that begins then.</summary>
    public DateOnly DateOf(DateTimeOffset lastExposure, int day) => days.DateOf(lastExposure).AddDays(day);

    /// <summary>00:00 local time of day <paramref name="day"/>.</summary>
    public DateTimeOffset StartOf(DateTimeOffset lastExposure, int day) => days.StartOf(DateOf(lastExposure, day));

    /// <summary>Where the next day begins.</summary>
    public DateTimeOffset EndOf(DateTimeOffset lastExposure, int day) => StartOf(lastExposure, day + 1);

    /// <summary>Which day of the contact an instant lies in; negative before the last exposure's date.</summary>
    public int DayAt(DateTimeOffset lastExposure, DateTimeOffset at) => days.DateOf(at).DayNumber - days.DateOf(lastExposure).DayNumber;

    /// <summary>The first instant at which <paramref name="count"/> days are over.</summary>
    public DateTimeOffset Over(DateTimeOffset lastExposure, int count)
    {
        var hours = lastExposure.AddHours(24d * count);
        var day = StartOf(lastExposure, count);
        return hours >= day ? hours : day;
    }

    /// <summary>The local date of an instant.</summary>
    public DateOnly LocalDate(DateTimeOffset at) => days.DateOf(at);

    /// <summary>00:00 local time of a date.</summary>
    public DateTimeOffset StartOf(DateOnly date) => days.StartOf(date);
}
