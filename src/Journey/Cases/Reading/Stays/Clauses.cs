namespace Qipan.Cases.Reading;

/// <summary>Cuts the tokens of a line into clauses, reading times as it goes so that the day is carried forward in the order of the
/// text.</summary>
sealed class Clauses(List<Token> tokens, TimeReader times, ReadingRun run)
{
    /// <summary>Longer than any sentence: junk is cut here, so that work grows with its length.</summary>
    const int Longest = 400;

    const int MostTimes = 31;

    int next;
    bool afterStop = true;
    bool moves;
    TimeRead? waiting;

    /// <summary>The next clause; null at the end of the line.</summary>
    public Clause? Next()
    {
        while (next < tokens.Count && (tokens[next].IsPause || tokens[next].Kind is TokenKind.Space or TokenKind.List or TokenKind.Dash))
            afterStop |= tokens[next++].Kind == TokenKind.Strong;
        if (next >= tokens.Count && waiting is null)
            return null;
        var clause = new Clause(Math.Min(next, tokens.Count - 1), [], [], afterStop, next == 0
            || (next < 5 && tokens.Take(next).All(t => t.IsPause || t.Kind == TokenKind.Space)));
        (afterStop, moves) = (false, false);
        if (waiting is { } began)
            Add(clause, began);
        waiting = null;
        while (next < tokens.Count && clause.Body.Count < Longest && clause.Times.Count < MostTimes
            && (!tokens[next].IsPause || Introduces(clause)))
            if (!Take(clause, tokens[next]))
                break;
        return clause;
    }

    /// <summary>False when the clause ends before this token.</summary>
    bool Take(Clause clause, Token token)
    {
        if (token.IsPause || (token.Kind == TokenKind.Dash && clause.Body.Count == 0))
        {
            next++;
            return true;
        }
        if (moves && IsTill(token) && Begins(next + 1) && clause.Until is null && times.Read(tokens, After(next)) is { } until)
        {
            clause.Until = until with { Words = token.Words.Until(until.Words) };
            next = until.Next;
            return true;
        }
        if (!(token.IsTime || token.Kind is TokenKind.About or TokenKind.During) || IsAside(clause))
        {
            if (token.Kind == TokenKind.List && Begins(next + 1))
                return false;
            Put(clause, token);
            return true;
        }
        if (moves && token is { Kind: TokenKind.DayPart, Value: (int)DayPart.WholeDay })
        {
            Put(clause, token with { Kind = TokenKind.Filler });
            return true;
        }
        return Time(clause, token);
    }

    bool Time(Clause clause, Token token)
    {
        if (times.Read(tokens, next) is not { } time)
        {
            Put(clause, token with { Kind = TokenKind.Filler });
            return true;
        }
        next = time.Next;
        if (moves && token.Kind is not TokenKind.During)
        {
            // English tells the time last: "visited City Hospital at 3 pm". Elsewhere it begins the next stay.
            if ((next >= tokens.Count || tokens[next].IsPause) && IsLatin(clause) && clause.Times.TrueForAll(t => t.Time.From is null))
            {
                if (clause.Times.Count > 0)
                    run.Cover(clause.Times[0].Words);
                clause.Times.Clear();
                clause.Times.Add(time);
                return false;
            }
            waiting = time;
            return false;
        }
        Add(clause, time);
        return true;
    }

    void Add(Clause clause, TimeRead time)
    {
        if (clause.Body is [.., { Kind: TokenKind.At or TokenKind.Leave } last])
            clause.Body[^1] = last with { Kind = TokenKind.Filler };
        if (!Daily(clause, time))
            clause.Times.Add(time);
        if (next < tokens.Count && ((tokens[next].Kind == TokenKind.List && Begins(next + 1))
            || (tokens[next].Kind == TokenKind.Weak && clause.Body.Count == 0)))
            next++;
    }

    /// <summary>Times of the clock within a range of days hold on each of them: 3月8日至10日，每天7:30—16:00.</summary>
    static bool Daily(Clause clause, TimeRead time)
    {
        if (clause.Times is not [.., { Wrong: false, Time: { Day: { } first, LastDay: { } end, From: null } } days]
            || time is not { Wrong: false, Time.From: not null } || end.DayNumber - first.DayNumber >= MostTimes)
            return false;
        var words = days.Words.Until(time.Words);
        clause.Times.Remove(days);
        for (var day = first; day <= end; day = day.AddDays(1))
        {
            var over = time.Time.LastDay is null ? default(DateOnly?) : day.AddDays(1);
            clause.Times.Add(time with { Words = words, Time = time.Time with { Day = day, LastDay = over } });
        }
        return true;
    }

    void Put(Clause clause, Token token)
    {
        if (clause.Body is [.., { Kind: TokenKind.At }] && token.Kind != TokenKind.Space)
            moves = true;
        moves |= token.Kind is TokenKind.To or TokenKind.Activity or TokenKind.Working or TokenKind.Indoors or TokenKind.Quarantined
            or TokenKind.Transport or TokenKind.Vehicle;
        clause.Body.Add(token);
        next++;
    }

    /// <summary>住址：, 工作单位：: what follows the colon belongs to the word.</summary>
    bool Introduces(Clause clause) => tokens[next] is { Kind: TokenKind.Weak } && next + 1 < tokens.Count && !tokens[next + 1].IsPause
        && clause.Body is [.., { Kind: TokenKind.Residence or TokenKind.Workplace }];

    bool IsTill(Token token) => token.Length <= 5 && run.Of(token) is "至" or "到" or "直至" or "直到" or "until" or "till" or "to";

    bool Begins(int at)
    {
        at = After(at - 1);
        return at < tokens.Count && tokens[at].Kind is TokenKind.Date or TokenKind.DayOfMonth or TokenKind.Clock or TokenKind.RelativeDay;
    }

    int After(int at)
    {
        do
            at++;
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Space);
        return at;
    }

    bool IsLatin(Clause clause) => run.Text[clause.Body[0].From] < '\u2e80';

    /// <summary>系2月4日通报的…: the day is told of somebody else.</summary>
    static bool IsAside(Clause clause) => clause.Body is [..,
        { Kind: TokenKind.With or TokenKind.Object } or { Kind: TokenKind.Filler, Value: FillerWords.Is }]
        or [.., { Kind: TokenKind.With or TokenKind.Object } or { Kind: TokenKind.Filler, Value: FillerWords.Is },
        { Kind: TokenKind.Space }];
}
