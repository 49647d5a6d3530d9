namespace Qipan.Cases.Reading;

/// <summary>Reads "2月1日, 晚18点", "7时30分至2月1日17时38分", "25 March 21:30-22:11" from the tokens of a line.</summary>
sealed class TimeReader(DayCarry days, string text, Action<TextWords, ReadingSentence> problem)
{
    /// <summary>The time that begins at this token; null when none does.</summary>
    public TimeRead? Read(List<Token> tokens, int at)
    {
        var first = tokens[at];
        if (first.Kind is TokenKind.SameTime or TokenKind.VagueTime or TokenKind.During)
            return new TimeRead(new StayTime { Day = days.Current, About = true }, first.Words, at + 1,
                Same: first.Kind == TokenKind.SameTime, During: first.Kind != TokenKind.SameTime);
        if (!BeginsTime(tokens, at))
            return null;
        var start = Point(tokens, at, days.Current);
        var next = start.Next;
        var end = default(TimePoint);
        if (RangeSign(tokens, next) is { } beyond)
        {
            // After two days and a comma a time is each day's: "3月8日至10日，7:30—16:00".
            end = Point(tokens, beyond, start.Day ?? days.Current, start is { HasDay: true, Clock: null });
            next = end.Next;
        }
        if (next < tokens.Count && tokens[next].Kind == TokenKind.About)
        {
            start = start with { About = true };
            next++;
        }
        var words = first.Words.Until(tokens[next - 1].Words);
        var wrong = start.Wrong || end.Wrong;
        var time = wrong ? new StayTime { Day = start.DayWrong ? null : start.Day ?? days.Current } : Times(start, end, words);
        if (wrong)
            problem(words, ReadingSentences.NoSuchTime);
        if (start.Ambiguous || end.Ambiguous)
            problem(words, ReadingSentences.AmbiguousDate);
        days.Stand(start.DayWrong || end.DayWrong ? null : time.LastDay is { } last
            && !(time.To is { } to && to == TimeOnly.MinValue && time.LastDay == time.Day?.AddDays(1)) ? last : time.Day);
        return new TimeRead(time, words, next, wrong);
    }

    StayTime Times(TimePoint start, TimePoint end, TextWords words)
    {
        var day = start.Day ?? days.Current;
        if (end.Next == 0)
            return On(day, start);
        var (startHour, endHour) = Hours(start, end);
        var (from, fromNext) = start.Clock is { } c ? Clock(startHour, c.Minute) : (null, 0);
        var (to, toNext) = end.Clock is { } e ? Clock(endHour, e.Minute) : (null, 0);
        if (start.Clock is null && end.Clock is null && start.Part != DayPart.None && end.Part != DayPart.None)
            (from, to) = (new TimeOnly(PartHours.Of(start.Part).From, 0), new TimeOnly(Math.Min(PartHours.Of(end.Part).To, 23), 0));
        var last = end.Day ?? (end.Clock is null && start.HasDay ? day : null);
        if (end.Day is null && from is { } f && to is { } t && t < f && toNext == 0 && day is { } d)
        {
            last = d.AddDays(1);
            if (f.Hour < 16 || t.Hour > 12)
                problem(words, ReadingSentences.EndBeforeBegin);
        }
        if (last is { } l && day is { } b && l < b)
        {
            problem(words, ReadingSentences.EndBeforeBegin);
            (day, last) = (l, b);
        }
        last = toNext > 0 ? (last ?? day)?.AddDays(toNext) : last;
        return new StayTime
        {
            Day = day?.AddDays(fromNext),
            LastDay = last == day ? null : last,
            From = from,
            To = to,
            About = start.About || end.About || (start.Clock is null && start.Part != DayPart.None),
            Part = start.Part == end.Part || end.Part == DayPart.None ? start.Part : DayPart.None,
        };
    }

    static StayTime On(DateOnly? day, TimePoint start)
    {
        if (start.Clock is not { } clock)
            return new StayTime { Day = day, Part = start.Part, About = start.About };
        var (from, next) = Clock(PartHours.Hour(clock.Hour, clock.Half, start.Part), clock.Minute);
        return new StayTime { Day = day?.AddDays(next), From = from, Part = start.Part, About = start.About };
    }

    /// <summary>"下午3时至5时", "3:00-4:30 pm": what one of them says of the half of the day holds for the other.</summary>
    static (int Start, int End) Hours(TimePoint start, TimePoint end)
    {
        if (start.Clock is not { } a || end.Clock is not { } b)
            return (Hour(start, null, start.Part), Hour(end, null, end.Part));
        var startHalf = a.Half < 0 && b.Half >= 0 && a.Hour <= b.Hour ? b.Half : a.Half;
        var startHour = PartHours.Hour(a.Hour, startHalf, start.Part);
        var endHour = PartHours.Hour(b.Hour, b.Half, end.Part);
        var inherited = PartHours.Hour(b.Hour, b.Half, start.Part);
        return (startHour, end.Part == DayPart.None && endHour < startHour && inherited >= startHour && end.Day is null ? inherited
            : endHour);
    }

    static int Hour(TimePoint point, int? half, DayPart part) => point.Clock is { } c ? PartHours.Hour(c.Hour, half ?? c.Half, part) : 0;

    static (TimeOnly? At, int NextDay) Clock(int hour, int minute) => hour >= 24 ? (new TimeOnly(0, minute), 1)
        : (new TimeOnly(hour, minute), 0);

    /// <summary>Date, part of the day, time of the clock: each may be missing, commas may stand between them.</summary>
    TimePoint Point(List<Token> tokens, int at, DateOnly? carried, bool dayAlone = false)
    {
        var point = new TimePoint { Next = at };
        while (point.Next < tokens.Count && Take(point, tokens[point.Next], carried) is { } taken)
        {
            point = taken with { Next = point.Next + 1 };
            if (Ahead(tokens, point) is { } next && !(dayAlone && point.HasDay && next > point.Next))
                point = point with { Next = next };
            else
                break;
        }
        return point;
    }

    TimePoint? Take(TimePoint point, Token token, DateOnly? carried) => token.Kind switch
    {
        TokenKind.Date when !point.HasDay && token.Data is DateData date => WithDay(point, days.Of(date), date.Ambiguous),
        TokenKind.DayOfMonth when !point.HasDay && token.Data is DateData date => WithDay(point, days.OfMonth(date.Day, carried), false),
        TokenKind.RelativeDay when !point.HasDay => WithDay(point, carried?.AddDays(token.Value), false, carried is null),
        TokenKind.DayPart when point.Part == DayPart.None => point with { Part = (DayPart)token.Value },
        TokenKind.Clock when point.Clock is null && token.Data is ClockData clock =>
            point with { Clock = clock, About = point.About || clock.About, Wrong = point.Wrong || clock.Wrong },
        TokenKind.About => point with { About = true },
        TokenKind.Dash or TokenKind.Weak or TokenKind.Space or TokenKind.At or TokenKind.Leave or TokenKind.Filler => point,
        _ => null,
    };

    static TimePoint WithDay(TimePoint point, DateOnly? day, bool ambiguous, bool unknown = false) => point with
    {
        Day = day,
        HasDay = true,
        Wrong = point.Wrong || (day is null && !unknown),
        DayWrong = day is null && !unknown,
        Ambiguous = ambiguous,
    };

    /// <summary>Where the point goes on, over commas, spaces and "at"; null when it ends here.</summary>
    int? Ahead(List<Token> tokens, TimePoint point)
    {
        for (var i = point.Next; i < Math.Min(tokens.Count, point.Next + 5); i++)
        {
            var (token, fits) = (tokens[i], false);
            fits = token.Kind switch
            {
                TokenKind.DayPart => point.Part == DayPart.None
                    && (token.Length > 1 || i == point.Next || tokens[i - 1].Kind != TokenKind.Weak || EndsAfter(tokens, i)),
                TokenKind.Clock => point.Clock is null,
                TokenKind.About => point.Clock is null && i + 1 < tokens.Count && tokens[i + 1].Kind is TokenKind.Clock,
                TokenKind.Date or TokenKind.RelativeDay => !point.HasDay && point.Clock is null && point.Part == DayPart.None
                    && token.Kind == TokenKind.RelativeDay,
                _ => false,
            };
            if (fits)
                return i;
            if (!(token.Kind is TokenKind.Space || (token.Kind == TokenKind.Weak && point.Clock is null && i <= point.Next + 1)
                || IsSmall(token)))
                return null;
        }
        return null;
    }

    /// <summary>A single "早" or "晚" after a comma is a time only when it stands alone or before a clock.</summary>
    static bool EndsAfter(List<Token> tokens, int i) => i + 1 >= tokens.Count || tokens[i + 1].Kind is not TokenKind.Text;

    bool IsSmall(Token token) => token.Kind is TokenKind.At or TokenKind.Leave or TokenKind.Filler
        && Word(token) is "at" or "from" or "on" or "in" or "the" or "的";

    static bool BeginsTime(List<Token> tokens, int at) => tokens[at].Kind switch
    {
        TokenKind.About => Beyond(tokens, at) is { Kind: TokenKind.Clock or TokenKind.Date or TokenKind.DayPart },
        _ => tokens[at].IsTime,
    };

    static Token Beyond(List<Token> tokens, int at)
    {
        do
            at++;
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Space);
        return at < tokens.Count ? tokens[at] : default;
    }

    /// <summary>至, -, to: a range when a time follows.</summary>
    int? RangeSign(List<Token> tokens, int at)
    {
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Space)
            at++;
        if (at >= tokens.Count || !(tokens[at].Kind == TokenKind.Dash
            || Word(tokens[at]) is "至" or "到" or "to" or "till" or "until" or "through" or "and" or "直到" or "直至"))
            return null;
        var next = at + 1;
        while (next < tokens.Count && (tokens[next].Kind == TokenKind.Space || IsSmall(tokens[next])))
            next++;
        return next < tokens.Count && tokens[next].Kind is TokenKind.Date or TokenKind.DayOfMonth or TokenKind.RelativeDay
            or TokenKind.Clock or TokenKind.DayPart
            or TokenKind.About ? next : null;
    }

    string Word(Token token) => token.Length > 7 ? "" : text.Substring(token.From, token.Length).ToLowerInvariant();
}

/// <summary>One end of a time.</summary>
readonly record struct TimePoint
{
    public int Next { get; init; }

    public DateOnly? Day { get; init; }

    public bool HasDay { get; init; }

    public DayPart Part { get; init; }

    public ClockData? Clock { get; init; }

    public bool About { get; init; }

    public bool Wrong { get; init; }

    public bool DayWrong { get; init; }

    public bool Ambiguous { get; init; }
}
