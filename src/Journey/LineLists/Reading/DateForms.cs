using System.Globalization;

namespace Qipan.LineLists;

/// <summary>Dates as lists write them. The day is taken as it is written: a time and a zone behind it change nothing.</summary>
static class DateForms
{
    /// <summary>Day numbers of a workbook: 42135 is 2015-05-11.</summary>
    public const string Serial = "serial";

    /// <summary>The forms that can be taken for one another by nobody.</summary>
    public static readonly IReadOnlyList<string> Usual =
    [
        "yyyy-MM-dd", "yyyy/M/d", "yyyy-M-d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm",
        "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fffK",
    ];

    /// <summary>The day, or null where no form fits or the day is not in the calendar.</summary>
    public static DateOnly? Read(string text, IReadOnlyList<string> forms, bool workbook)
    {
        foreach (var form in forms)
        {
            if (form == Serial)
            {
                if (OfSerial(text) is { } day)
                    return day;
            }
            else if (form.Length == text.Length && form == "yyyy-MM-dd")
            {
                if (DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var plain))
                    return plain;
            }
            else if (DateTimeOffset.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return DateOnly.FromDateTime(at.DateTime);
            }
        }
        return workbook ? OfSerial(text) : null;
    }

    /// <summary>True for a form that .NET can read a date by.</summary>
    public static bool IsForm(string form) => form == Serial || (form.Contains("yy", StringComparison.Ordinal) && form.Contains('M', StringComparison.Ordinal)
        && form.Contains('d', StringComparison.Ordinal) && Works(form));

    static bool Works(string form)
    {
        try
        {
            var text = new DateTimeOffset(2015, 5, 11, 0, 0, 0, TimeSpan.Zero).ToString(form, CultureInfo.InvariantCulture);
            return DateTimeOffset.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at is { Day: 11, Month: 5 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Days since 1899-12-30, from 1927 to 2119: a number of another meaning is seldom among them.</summary>
    static DateOnly? OfSerial(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 10_000 and < 80_000
            ? new DateOnly(1899, 12, 30).AddDays((int)number) : null;
}
