namespace Qipan.Cases.Reading;

/// <summary>A place as a clause names it: its parts, whose home it is, where the tokens after it begin.</summary>
sealed record PlacePhrase(PlaceKind Kind, List<PlacePart> Parts, TextWords Words, int Next);

/// <summary>Finds where a place's name ends. The rule words around it decide, and the ends of names (Words/PlaceWords.cs).</summary>
sealed class PlacePhrases(ReadingRun run)
{
    const int LongestEnd = 5;

    /// <summary>The place that begins at this token of a clause; null when none does.</summary>
    public PlacePhrase? Read(List<Token> body, int at, string? own, string? workplace)
    {
        var parts = new List<(int From, int To)>();
        var (first, next, named) = (at, at, false);
        var kind = PlaceKind.Named;
        while (next < body.Count)
        {
            var token = body[next];
            if (token.Kind is TokenKind.Space or TokenKind.Dash && next > at && Continues(body, next)
                && !Complete(body, first, next, token))
                next++;
            else if (token.Kind is TokenKind.Text or TokenKind.Near or TokenKind.SubArea or TokenKind.Noun
                || (token.Kind == TokenKind.Bracket && next > first && IsName(token)))
                (next, named) = (next + 1, true);
            else if (token.Kind is TokenKind.Home && HomeKind(body, first, next, own) is var home)
            {
                next++;
                if (!(next < body.Count && body[next].Kind is TokenKind.Near))
                {
                    kind = home;
                    break;
                }
                named = true;
            }
            else if (token.Kind == TokenKind.Work && named && body[next - 1] is { Kind: TokenKind.Text } firm && firm.To == token.From)
                next++;
            else if (token.Kind == TokenKind.Work && !named && next == first)
            {
                kind = PlaceKind.Work;
                next++;
                break;
            }
            else if (token.IsPerson && LeadsHome(body, next))
                next++;
            else if (token.Kind is TokenKind.List or TokenKind.With && named && Another(body, next))
            {
                parts.Add((first, next));
                (first, next) = (next + 1, next + 1);
            }
            else if (MayStandInName(body, first, next))
                next++;
            else if (token.Kind is TokenKind.Activity or TokenKind.Working or TokenKind.Quarantined or TokenKind.Transport
                or TokenKind.Test && next + 1 < body.Count
                && body[next + 1] is { Kind: TokenKind.Text } noun && noun.From == token.To
                    && PlaceWords.NounSigns.Contains(run.Text[noun.From]))
                (next, named) = (next + 2, true);
            else
                break;
        }
        while (next > first && body[next - 1].Kind is TokenKind.Filler or TokenKind.Space or TokenKind.Dash or TokenKind.List)
            next--;
        if (next == first)
            return parts.Count == 0 ? null : Make(kind, body, parts, workplace);
        parts.Add((first, next));
        return Make(kind, body, parts, workplace);
    }

    PlacePhrase Make(PlaceKind kind, List<Token> body, List<(int From, int To)> parts, string? workplace)
    {
        var places = parts.ConvertAll(p => Part(body, p.From, p.To));
        var words = body[parts[0].From].Words.Until(body[parts[^1].To - 1].Words);
        if (kind == PlaceKind.Named && workplace is not null && places.Count == 1 && places[0].Name.Length >= 2
            && (places[0].Name == workplace
            || (places[0].Name.Length >= 3 && workplace.Contains(places[0].Name, StringComparison.Ordinal))
                || workplace.Split('（', '(')[0].EndsWith(places[0].Name, StringComparison.Ordinal)))
            kind = PlaceKind.Work;
        return new PlacePhrase(kind, places, words, parts[^1].To);
    }

    /// <summary>Parts the name from the area inside it: 天下晓饭店 + 大厅内.</summary>
    PlacePart Part(List<Token> body, int from, int to)
    {
        var words = body[from].Words.Until(body[to - 1].Words);
        var cut = to;
        while (cut - 1 > from && body[cut - 1].Kind is TokenKind.SubArea or TokenKind.Filler)
            cut--;
        if (cut < to && body.GetRange(cut, to - cut).Exists(t => t.Kind == TokenKind.SubArea))
        {
            var before = body[cut - 1].To;
            var end = Split(body, from, cut) ?? (PlaceWords.Ends.Contains(run.Text[words.From..before]) ? before : default(int?));
            // 江北区 is a county; 服务区东区 is a part of one.
            if (end is null && run.Of(body[cut]) is "东区" or "西区" or "南区" or "北区")
                return new PlacePart(run.Of(words), words, null);
            var split = end ?? before;
            var name = words with { Length = split - words.From };
            return new PlacePart(run.Of(name), words, run.Of(new TextWords(split, words.To - split)).Trim());
        }
        return new PlacePart(run.Of(words), words, null);
    }

    /// <summary>集安市医院神经内科3病室: the name ends where the last end of a name before the area stands.</summary>
    int? Split(List<Token> body, int from, int cut)
    {
        for (var i = cut - 1; i >= from; i--)
        {
            if (body[i].Kind == TokenKind.SubArea && i > from)
                return Split(body, from, i) ?? body[i].From;
            if (body[i].Kind != TokenKind.Text)
                continue;
            for (var end = body[i].To; end > body[i].From + 1; end--)
                if (EndsName(body[i].From, end))
                    return end;
        }
        return null;
    }

    /// <summary>True when the words from here to there end as places' names do.</summary>
    public bool EndsName(int from, int to)
    {
        for (var length = Math.Min(LongestEnd, to - from - 1); length > 0; length--)
            if (PlaceWords.Ends.Contains(run.Text.Substring(to - length, length)))
                return true;
        return false;
    }

    public bool HoldsEnglishNoun(TextWords words) =>
        run.Text.Substring(words.From, words.Length).Split(' ', '-').Any(PlaceWords.EnglishNouns.Contains);

    bool Complete(List<Token> body, int first, int next, Token token) =>
        token.Kind == TokenKind.Space && run.Text[body[next - 1].To - 1] > '\u2e80' && EndsName(body[first].From, body[next - 1].To);

    static bool Continues(List<Token> body, int next) => next + 1 < body.Count
        && body[next + 1].Kind is TokenKind.Text or TokenKind.Near or TokenKind.SubArea or TokenKind.Filler or TokenKind.Noun
            or TokenKind.Bracket or TokenKind.At;

    PlaceKind HomeKind(List<Token> body, int first, int next, string? own)
    {
        for (var i = first; i < next; i++)
        {
            if (body[i].Kind is TokenKind.Relation or TokenKind.CaseRef or TokenKind.CaseWord
                || (body[i].Kind == TokenKind.Name && run.Text.Substring(body[i].From, body[i].Length) != own))
                return PlaceKind.OtherHome;
        }
        // 老王家 is somebody's; 云州市家中 is one's own.
        return next > first && body[next - 1] is { Kind: TokenKind.Text } who && who.To == body[next].From
            && !"省市县区旗镇乡村路街室楼号".Contains(run.Text[who.To - 1]) ? PlaceKind.OtherHome : PlaceKind.Home;
    }

    static bool LeadsHome(List<Token> body, int at)
    {
        while (at < body.Count && (body[at].IsPerson || body[at].Kind is TokenKind.Space or TokenKind.Filler))
            at++;
        return at < body.Count && body[at].Kind == TokenKind.Home;
    }

    /// <summary>After "、" or "和" another place: not a person, not something to do.</summary>
    bool Another(List<Token> body, int at)
    {
        at++;
        while (at < body.Count && body[at].Kind == TokenKind.Space)
            at++;
        if (at >= body.Count || body[at].Kind is not (TokenKind.Text or TokenKind.Noun) || char.IsAsciiDigit(run.Text[body[at].From]))
            return false;
        do
            at++;
        while (at < body.Count && body[at].Kind is TokenKind.Space or TokenKind.Filler);
        return at >= body.Count || !body[at].IsPerson;
    }

    /// <summary>A short rule word inside a name: 长春市中心医院. Not after a name that has ended, except 的 and "on".</summary>
    bool MayStandInName(List<Token> body, int first, int at)
    {
        var token = body[at];
        if (at + 1 >= body.Count || token.Kind is not (TokenKind.Filler or TokenKind.Sex or TokenKind.About or TokenKind.DayPart
            or TokenKind.At))
            return false;
        var latin = run.Text[token.From] < '\u2e80';
        var after = body[at + 1].Kind == TokenKind.Space && at + 2 < body.Count ? body[at + 2] : body[at + 1];
        if (latin)
            return at > first && after.Kind is TokenKind.Text or TokenKind.Near
                && (token.Kind != TokenKind.At || HoldsEnglishNoun(body[first].Words.Until(body[at - 1].Words)))
                    && run.Text.Substring(token.From, token.Length).ToLowerInvariant() is "of" or "the" or "on" or "in" or "at" or "and"
                || (at == first && token.Kind == TokenKind.Filler);
        if (token.Kind == TokenKind.At || token.Length > 1)
            return false;
        var joins = token.Value == FillerWords.Joins || run.Text[token.From] is '内' or '里';
        return after.Kind is TokenKind.Text or TokenKind.Home or TokenKind.SubArea or TokenKind.Near or TokenKind.Name or TokenKind.Relation
            && (at == first ? token.Kind == TokenKind.Filler : joins
                || (body[at - 1].To == token.From && !EndsName(body[first].From, token.From)));
    }

    /// <summary>（迅驰广场店） belongs to the name; a bracket with rule words does not.</summary>
    static bool IsName(Token bracket) => bracket.Data is List<Token> { Count: > 0 and < 6 } inner
        && inner.TrueForAll(t => t.Kind is TokenKind.Text or TokenKind.Filler or TokenKind.Space or TokenKind.SubArea or TokenKind.Near);
}
