using System.Globalization;

namespace Qipan.Registers;

/// <summary>Age groups in which figures are counted 年龄段. The numbers reach disk: append only.</summary>
public enum AgeBand
{
    Unknown = 0,

    /// <summary>0 to 2: sampled by other means, carried by a guardian.</summary>
    UpTo2 = 1,
    From3To17 = 2,
    From18To59 = 3,
    From60To79 = 4,
    From80 = 5,
}

/// <summary>The age band of a birth date on a day.</summary>
public static class AgeBands
{
    /// <summary>
    /// The band on <paramref name="on"/>. Only a year of birth: the age is counted as on the last day of the year. A missing or
    /// future birth is <see cref="AgeBand.Unknown"/>.
    /// </summary>
    /// <param name="birth">yyyy-MM-dd, or yyyy, or null.</param>
    /// <param name="on">The day, in the deployment's time zone.</param>
    public static AgeBand Of(string? birth, DateOnly on) => AgeOf(birth, on) switch
    {
        null => AgeBand.Unknown,
        <= 2 => AgeBand.UpTo2,
        <= 17 => AgeBand.From3To17,
        <= 59 => AgeBand.From18To59,
        <= 79 => AgeBand.From60To79,
        _ => AgeBand.From80,
    };

    /// <summary>Whole years on the day; null when unknown. Born on 29 February, one grows older on 1 March of other years.</summary>
    public static int? AgeOf(string? birth, DateOnly on)
    {
        if (birth is null || birth.Length < 4 || !int.TryParse(birth.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year))
            return null;
        var age = on.Year - year;
        if (DateOnly.TryParseExact(birth, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && (on.Month, on.Day).CompareTo((day.Month, day.Day)) < 0)
            age--;
        return age < 0 ? null : age;
    }
}
