namespace Qipan.Cases;

/// <summary>Which year the days of a text are of, where it does not say.</summary>
/// <param name="On">The day the text was written, or today: a day without a year is the latest that is not after it (by more than a
/// week).</param>
/// <param name="Year">When set, the year of the first day of each person.</param>
public readonly record struct ReadingDays(DateOnly On, int? Year = null);
