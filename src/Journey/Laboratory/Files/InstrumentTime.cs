using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>Times as instruments print them: "2014-09-10 03:14:51 AM EDT", "2024-10-01 13:07:52 PM EST", ISO 8601.</summary>
static class InstrumentTime
{
    // Abbreviations that mean one offset wherever instruments are sold. CST does not: it is China's and Chicago's.
    static readonly Dictionary<string, double> Hours = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["Z"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
        ["CET"] = 1,
        ["CEST"] = 2,
        ["JST"] = 9,
        ["KST"] = 9,
        ["HKT"] = 8,
    };

    static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "MM/dd/yyyy HH:mm:ss", "yyyy/MM/dd HH:mm:ss"];

    /// <summary>The instant; null when the text is no time. Without a clear zone it is read in the local one and flagged.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo local, out bool zoneUnclear)
    {
        zoneUnclear = false;
        if (string.IsNullOrWhiteSpace(text) || text.Length > 60)
            return null;
        text = text.Trim();
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1)
            return ReadIso(text, local, out zoneUnclear);
        var half = words.Length > 2 && words[2].ToUpperInvariant() is "AM" or "PM" ? words[2].ToUpperInvariant() : null;
        var zone = words.Length > (half is null ? 2 : 3) ? words[half is null ? 2 : 3] : null;
        if (!DateTime.TryParseExact(
            $"{words[0]} {words[1]}", Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }
        // "13:07:52 PM" is printed too: the half of the day says something only for hours up to 12.
        if (half == "PM" && time.Hour < 12)
            time = time.AddHours(12);
        else if (half == "AM" && time.Hour == 12)
            time = time.AddHours(-12);
        if (zone is not null && Hours.TryGetValue(zone, out var hours))
            return At(time, TimeSpan.FromHours(hours));
        if (zone is not null && zone.StartsWith("GMT", StringComparison.OrdinalIgnoreCase)
            && TimeSpan.TryParse(zone[3..].TrimStart('+'), CultureInfo.InvariantCulture, out var offset))
        {
            return At(time, offset);
        }
        zoneUnclear = true;
        return In(time, local);
    }

    static DateTimeOffset? ReadIso(string text, TimeZoneInfo local, out bool zoneUnclear)
    {
        zoneUnclear = false;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
            return null;
        if (time.Kind == DateTimeKind.Unspecified)
        {
            zoneUnclear = true;
            return In(time, local);
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact) ? exact : null;
    }

    static DateTimeOffset? In(DateTime time, TimeZoneInfo zone) => zone.IsInvalidTime(time) ? null : At(time, zone.GetUtcOffset(time));

    static DateTimeOffset? At(DateTime time, TimeSpan offset) =>
        time.Year is < 1980 or > 9000 || offset.Duration() > TimeSpan.FromHours(14) || offset.Seconds != 0 || offset.Milliseconds != 0
            ? null
            : new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), new TimeSpan(offset.Hours, offset.Minutes, 0));
}
