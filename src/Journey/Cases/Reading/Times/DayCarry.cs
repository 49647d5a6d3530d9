namespace Qipan.Cases.Reading;

/// <summary>Carries the day and the year forward through a text, as its reader does.</summary>
sealed class DayCarry(ReadingDays days)
{
    const int Ahead = 7;

    int? textYear;
    DateOnly? last;

    /// <summary>The day spoken of; null after a day that there is not.</summary>
    public DateOnly? Current { get; private set; }

    /// <summary>True when a year was taken from outside the text.</summary>
    public bool YearWasGuessed { get; private set; }

    public void NextPerson() => (last, Current) = (null, null);

    public void Stand(DateOnly? day) => (Current, last) = (day, day ?? last);

    /// <summary>The day of a date; null when there is no such day.</summary>
    public DateOnly? Of(DateData date)
    {
        if (date.Wrong)
            return null;
        if (date.Year is { } said)
        {
            textYear = said;
            return Make(said, date);
        }
        if (last is { } known)
        {
            return new[] { known.Year, known.Year - 1, known.Year + 1 }.Select(y => Make(y, date)).Where(d => d is not null)
                .MinBy(d => Math.Abs(d!.Value.DayNumber - known.DayNumber));
        }
        YearWasGuessed |= textYear is null && days.Year is null;
        if ((textYear ?? days.Year) is { } year)
            return Make(year, date);
        var thisYear = Make(days.On.Year, date);
        return thisYear is { } day && day.DayNumber <= days.On.DayNumber + Ahead ? day : Make(days.On.Year - 1, date) ?? thisYear;
    }

    /// <summary>24日 in the month spoken of, or the next month when the number has gone back at a month's end.</summary>
    public DateOnly? OfMonth(int day, DateOnly? from)
    {
        if ((from ?? last) is not { } known)
            return null;
        var month = day < known.Day - 14 ? known.AddMonths(1) : known;
        return day >= 1 && day <= DateTime.DaysInMonth(month.Year, month.Month) ? new DateOnly(month.Year, month.Month, day) : null;
    }

    static DateOnly? Make(int year, DateData date) => date.Day <= DateTime.DaysInMonth(year, date.Month)
        ? new DateOnly(year, date.Month, date.Day) : null;
}
