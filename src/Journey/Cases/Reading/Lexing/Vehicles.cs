using System.Text.RegularExpressions;

namespace Qipan.Cases.Reading;

/// <summary>Numbers of vehicles, seats and plates, ages and years of birth, that begin at a place of the folded text.</summary>
static partial class Vehicles
{
    const string Provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

    public static Token? Read(string text, int at) =>
        Provinces.Contains(text[at]) && Try(Plate(), text, at) is { } plate
            ? new Token(TokenKind.Plate, at, plate.Length, 0, plate.Value.Replace("·", "", StringComparison.Ordinal)
                .Replace(" ", "", StringComparison.Ordinal))
            : char.IsAsciiLetterOrDigit(text[at]) || text[at] == '第' ? Numbered(text, at) : null;

    static Token? Numbered(string text, int at)
    {
        if (Try(Train(), text, at) is { } train)
            return Vehicle(train, TransportKind.Train);
        if (Try(Flight(), text, at) is { } flight)
            return Vehicle(flight, TransportKind.Aircraft);
        if (Try(Bus(), text, at) is { } bus)
            return Vehicle(bus, TransportKind.Bus, bus.Groups[1].Value + "路");
        if (Try(EnglishNumber(), text, at) is { } named)
            return Vehicle(named, named.Value[0] switch
            {
                'b' or 'B' => TransportKind.Bus,
                'f' or 'F' => TransportKind.Aircraft,
                _ =>
                TransportKind.Train
            });
        if (Try(Metro(), text, at) is { } metro)
            return Vehicle(metro, TransportKind.Metro, metro.Groups[1].Value + "号线");
        if (Try(Ambulance(), text, at) is { } ambulance)
            return new Token(TokenKind.Transport, at, ambulance.Length, (int)TransportKind.Ambulance);
        return Seat(text, at) ?? Age(text, at);
    }

    static Token Vehicle(Match match, TransportKind kind, string? number = null) =>
        new(TokenKind.Vehicle, match.Index, match.Length, (int)kind,
            new VehicleData(kind, number ?? match.Groups[1].Value.ToUpperInvariant()));

    static Token? Seat(string text, int at)
    {
        if ((Try(CoachSeats(), text, at) ?? Try(SeatsOnly(), text, at)) is not { } match)
            return null;
        var seats = new List<RideSeat>();
        foreach (Capture capture in match.Groups["seat"].Captures)
        {
            var digits = capture.Value.TakeWhile(char.IsAsciiDigit).Count();
            seats.Add(new RideSeat(Plain(capture.Value[..digits]), capture.Value[^1..].ToUpperInvariant()));
        }
        return new Token(TokenKind.Seat, at, match.Length, 0, new SeatData(Plain(match.Groups["coach"].Value), seats));
    }

    static Token? Age(string text, int at)
    {
        if (Try(BirthYear(), text, at) is { } born)
            return new Token(TokenKind.BirthYear, at, born.Length,
                int.Parse(born.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        return Try(Years(), text, at) is { } age
            ? new Token(TokenKind.Age, at, age.Length, int.Parse(age.Groups[1].ValueSpan,
                System.Globalization.CultureInfo.InvariantCulture)) : null;
    }

    static string Plain(string number) => number.TrimStart('0') is { Length: > 0 } digits ? digits : number;

    static Match? Try(Regex pattern, string text, int at)
    {
        var match = pattern.Match(text, at);
        return match.Success ? match : null;
    }

    [GeneratedRegex("\\G[" + Provinces + @"] ?[A-Za-z][· ]?[A-Za-z0-9*]{4,6}(?![A-Za-z0-9*])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plate();

    [GeneratedRegex(@"\G(?<1>[GDCZTKLYSgdcztk]\d{1,4})(?:/\d{1,4})?(?:次|(?= ?(?:列车|高铁|动车|火车|train)))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Train();

    [GeneratedRegex(@"\G(?<1>[A-Z0-9]{2}\d{3,4})(?: ?次?航班|次(?=航班)|(?= flight))", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Flight();

    [GeneratedRegex(@"\G(?<1>[A-Z]?\d{1,3})路(?![口段\d])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bus();

    [GeneratedRegex(
        @"\G(?:train|flight|bus)(?: no\.?| number)? (?<1>[A-Z]{0,2}\d{1,5})\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex EnglishNumber();

    [GeneratedRegex(@"\G(?:轨道交通|地铁)?(?<1>\d{1,2})号线", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Metro();

    [GeneratedRegex(@"\G120(?:急救车|救护车|负压车|车|转运车)?(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ambulance();

    [GeneratedRegex(
        @"\G(?:第? ?(?<coach>\d{1,2}) ?(?:号?车厢|车(?=\d))|(?:coach|car|carriage) ?(?<coach>\d{1,2}),?)"
        + @"(?: ?(?:seats? )?(?<seat>\d{1,3} ?排? ?[A-HJKa-hjk])座?(?![A-Za-z])(?:(?:、|,|和|/| and | & )? ?(?<seat>\d{1,3} ?排? ?[A-HJKa-hjk])座?(?![A-Za-z])){0,5})?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex CoachSeats();

    [GeneratedRegex(
        @"\G(?:seats? )?(?:(?:、|,|和|/)?(?<seat>\d{1,3} ?排? ?[A-HJKa-hjk])座?(?![A-Za-z\d])){1,6}(?<coach>)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex SeatsOnly();

    [GeneratedRegex(@"\G(?<1>(?:19|20)\d{2}) ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)? ?(?:出生|生人|生)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BirthYear();

    [GeneratedRegex(
        @"\G(?<1>\d{1,3}) ?-? ?(?:周岁|岁|years? old|year-old|y/?o\b|years\b)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Years();
}
