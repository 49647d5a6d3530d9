using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Qipan.Engine.Loading;

/// <summary>Instants in text: Unix seconds, or ISO 8601 with or without an offset.</summary>
public static class Instants
{
    const long UnixEpoch = 62135596800;

    /// <summary>Unix seconds, or null. Fractions of seconds are cut off.</summary>
    /// <param name="utcOffset">Seconds ahead of UTC where the text has no offset.</param>
    public static long? Parse(ReadOnlySpan<byte> text, long utcOffset = 0)
    {
        text = text.Trim((byte)' ');
        if (Utf8Parser.TryParse(text, out long seconds, out var used) && used == text.Length)
            return seconds;
        if (text.Length < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':')
            return null;
        return Plain(text, utcOffset) ?? Other(text, utcOffset);
    }

    public static long? Parse(string text, long utcOffset = 0) => Parse(Encoding.UTF8.GetBytes(text), utcOffset);

    /// <summary>A span of time: "90", "90s", "15m", "2h", "1d"; null for anything else.</summary>
    public static long? ParseSpan(string text)
    {
        if (text.Length == 0)
            return null;
        var unit = text[^1];
        var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var digits = factor == 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < int.MaxValue
            ? count * Math.Max(1, factor) : null;
    }

    /// <summary>2022-03-01T08:00:00 or with a space, then nothing, Z or an offset: read without making strings.</summary>
    static long? Plain(ReadOnlySpan<byte> text, long utcOffset)
    {
        if (text.Length < 19 || text[16] != ':' || !Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month)
            || !Digits(text, 8, 2, out var day) || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute)
            || !Digits(text, 17, 2, out var second))
            return null;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        var rest = text[19..];
        if (rest.Length > 1 && rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        if (rest.Length == 1 && rest[0] == 'Z')
            utcOffset = 0;
        else if (rest.Length == 6 && rest[0] is (byte)'+' or (byte)'-' && Digits(rest, 1, 2, out var hours) && Digits(rest, 4, 2, out var minutes))
            utcOffset = (rest[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
        else if (rest.Length != 0)
            return null;
        return new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerSecond - UnixEpoch - utcOffset;
    }

    static long? Other(ReadOnlySpan<byte> text, long utcOffset)
    {
        if (!DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return null;
        var hasOffset = text[^1] == 'Z' || text[16..].ContainsAny((byte)'+', (byte)'-');
        return instant.ToUnixTimeSeconds() - (hasOffset ? 0 : utcOffset);
    }

    static bool Digits(ReadOnlySpan<byte> text, int from, int count, out int value)
    {
        value = 0;
        for (var i = from; i < from + count; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + text[i] - '0';
        }
        return true;
    }
}
