using System.Text.RegularExpressions;

namespace Qipan.Cases.Reading;

/// <param name="Year">Null: not said.</param>
/// <param name="Wrong">There is no such day, whatever the year.</param>
/// <param name="Ambiguous">Two numbers that may be read the other way round, as 3/4.</param>
sealed record DateData(int? Year, int Month, int Day, bool Wrong, bool Ambiguous = false);

/// <param name="Hour">0 to 24; as said, not yet moved by "下午".</param>
/// <param name="Half">-1: not said; 0: a.m.; 12: p.m.</param>
sealed record ClockData(int Hour, int Minute, bool About, int Half, bool Wrong);

sealed record VehicleData(TransportKind Kind, string Number);

sealed record SeatData(string Coach, IReadOnlyList<RideSeat> Seats);

/// <summary>Dates and times of the clock that begin at a place of the folded text. Every pattern is bounded, so each try is
/// short.</summary>
static partial class Numbers
{
    const string Months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

    public static Token? Date(string text, int at)
    {
        if (Try(ChineseDate(), text, at) is { } zh)
            return Make(zh, Optional(zh, 1), Number(zh, 2), Number(zh, 3));
        if (Try(IsoDate(), text, at) is { } iso)
            return Make(iso, Number(iso, 1), Number(iso, 2), Number(iso, 3));
        if (Try(DayMonth(), text, at) is { } dm)
            return Make(dm, Optional(dm, 3), MonthOf(dm.Groups[2].Value), Number(dm, 1));
        if (Try(MonthDay(), text, at) is { } md)
            return Make(md, Optional(md, 3), MonthOf(md.Groups[1].Value), Number(md, 2));
        if (Try(SlashDate(), text, at) is { } slash)
        {
            var (first, second) = (Number(slash, 1), Number(slash, 2));
            return first > 12
                ? Make(slash, Optional(slash, 3), second, first)
                : Make(slash, Optional(slash, 3), first, second, ambiguous: second <= 12 && first != second);
        }
        return null;
    }

    /// <summary>24日; also 24号, which after a name is a house.</summary>
    public static Token? DayOfMonth(string text, int at) =>
        Try(DayOnly(), text, at) is { } day
            ? new Token(TokenKind.DayOfMonth, at, day.Length, 0, new DateData(null, 0, Number(day, 1), Number(day, 1) is < 1 or > 31))
                : null;

    public static Token? Clock(string text, int at)
    {
        if (Try(ChineseClock(), text, at) is { } zh)
        {
            var minute = zh.Groups[2].Success ? Number(zh, 2) : zh.Groups[3].Value switch { "半" => 30, "一刻" => 15, "三刻" => 45, _ => 0 };
            return Make(zh, Number(zh, 1), minute, zh.Groups[4].Success, -1);
        }
        if (Try(ColonClock(), text, at) is { } colon)
            return Make(colon, Number(colon, 1), Number(colon, 2), colon.Groups[4].Success, HalfOf(colon.Groups[3].Value));
        if (Try(HourOnly(), text, at) is { } hour)
            return Make(hour, Number(hour, 1), 0, false, HalfOf(hour.Groups[2].Value));
        return null;
    }

    /// <summary>约20分钟, 两小时 is no number: how long a stay was, in minutes; and 302房间, a part of a place.</summary>
    public static Token? Measure(string text, int at)
    {
        if (Try(Room(), text, at) is { } room)
            return new Token(TokenKind.SubArea, at, room.Length);
        if (Try(Long(), text, at) is not { } found)
            return null;
        var minutes = Number(found, 1) * (found.Groups[2].ValueSpan[0] is '小' or '时' or 'h' or 'H' ? 60 : 1);
        return new Token(TokenKind.Duration, at, found.Length, minutes);
    }

    static Token Make(Match match, int? year, int month, int day, bool ambiguous = false)
    {
        var wrong = month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year is > 0 ? year.Value : 2000, month)
            || year is < 1900 or > 2199;
        return new Token(TokenKind.Date, match.Index, match.Length, 0, new DateData(year, month, day, wrong, ambiguous && !wrong));
    }

    static Token Make(Match match, int hour, int minute, bool about, int half)
    {
        var wrong = hour > 24 || minute > 59 || (hour == 24 && minute > 0) || (half >= 0 && hour > 12 && half == 0);
        return new Token(TokenKind.Clock, match.Index, match.Length, 0, new ClockData(hour, minute, about, half, wrong));
    }

    static Match? Try(Regex pattern, string text, int at)
    {
        var match = pattern.Match(text, at);
        return match.Success ? match : null;
    }

    static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan,
        System.Globalization.CultureInfo.InvariantCulture);

    static int? Optional(Match match, int group) => match.Groups[group].Success ? Number(match, group) : null;

    static int HalfOf(string half) => half.Length == 0 ? -1 : half[0] is 'p' or 'P' ? 12 : 0;

    static int MonthOf(string name) => "janfebmaraprmayjunjulaugsepoctnovdec".IndexOf(name[..3].ToLowerInvariant(),
        StringComparison.Ordinal) / 3 + 1;

    [GeneratedRegex(@"\G(?:(?<1>\d{4}) ?年 ?)?(?<2>\d{1,2}) ?月 ?(?<3>\d{1,2})(?: ?[日号]|(?!\d))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChineseDate();

    [GeneratedRegex(@"\G(?<1>\d{4})[-/.](?<2>\d{1,2})[-/.](?<3>\d{1,2})(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IsoDate();

    [GeneratedRegex(
        @"\G(?<1>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?<2>" + Months + @")\b\.?(?:,? ?(?<3>\d{4})(?!\d))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex DayMonth();

    [GeneratedRegex(
        @"\G(?<1>" + Months + @")\b\.? (?<2>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,? (?<3>\d{4})(?!\d))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex MonthDay();

    [GeneratedRegex(@"\G(?<1>\d{1,2})/(?<2>\d{1,2})(?:/(?<3>\d{4}))?(?![\d/])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SlashDate();

    [GeneratedRegex(@"\G(?<1>\d{1,2}) ?[日号](?![楼院线店门馆单病机口井公地厅室房桌床岗站])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DayOnly();

    [GeneratedRegex(
        @"\G(?<1>\d{1,2}) ?[时点](?![间代])(?:(?: ?(?<2>\d{1,2}) ?分)|(?<3>半|一刻|三刻|整))?(?<4>多|许|左右|前后)?",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ChineseClock();

    [GeneratedRegex(
        @"\G(?<1>\d{1,2}):(?<2>\d{2})(?::\d{2})?(?!\d)(?: ?(?<3>[ap])\.?m\b\.?)?(?<4>许|左右|前后)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ColonClock();

    [GeneratedRegex(@"\G\d{1,4} ?号?(?:房间|病房|病室|包间|桌|病床|诊室|客房|房)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Room();

    [GeneratedRegex(
        @"\G(?<1>\d{1,3}) ?(?:个|多)?(?<2>分钟|小时|min(?:ute)?s?\b|hours?\b|h\b)(?:左右)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Long();

    [GeneratedRegex(@"\G(?<1>\d{1,2}) ?(?<2>[ap])\.?m\b\.?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex HourOnly();
}
