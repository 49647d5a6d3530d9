namespace Qipan.Cases.Reading;

/// <summary>
/// Cuts a line of a folded text into tokens. Patterns are tried at each place once and are bounded, so the work grows with the length of
/// the text. Not thread-safe: it learns the names of the headings as it goes.
/// </summary>
sealed class Lexer(string text)
{
    const int LongestBracket = 400;
    const string NeverNames = "到在去至和与跟同由被将把从经对向往回于及市县区省镇乡村路街第一二三这那该";

    readonly HashSet<string> afterArrive = Collect(text);
    readonly HashSet<string> names = new(StringComparer.Ordinal);
    readonly HashSet<char> firstSigns = [];
    readonly SortedSet<int> lengths = [];

    public string Text => text;

    /// <summary>From here on this name is known.</summary>
    public void Learn(string name)
    {
        if (name.Length is < 2 or > 24 || !names.Add(name))
            return;
        firstSigns.Add(name[0]);
        lengths.Add(name.Length);
    }

    public List<Token> Line(int from, int to)
    {
        for (var i = from + 2; i < to; i++)
            if (text[i] is '男' or '女' && text[i - 1] == ',')
                LearnBefore(i - 1, from);
        return Cut(from, to, 0);
    }

    /// <summary>张小明，男: two to four signs between marks before a sex are a name.</summary>
    void LearnBefore(int end, int lineStart)
    {
        var at = end;
        while (at > lineStart && end - at < 5 && text[at - 1] is >= '一' and <= '龥' or '·')
            at--;
        if (end - at is >= 2 and <= 4 && text.AsSpan(at, end - at).IndexOfAny("病例号者") < 0)
            Learn(text[at..end]);
    }

    List<Token> Cut(int from, int to, int depth)
    {
        var tokens = new List<Token>();
        for (var at = from; at < to;)
        {
            var token = Next(at, to, tokens, depth);
            if (token.Kind is TokenKind.Text && tokens.Count > 0 && Joins(tokens, token))
                tokens[^1] = tokens[^1] with { Length = token.To - tokens[^1].From };
            else if (token.Kind is TokenKind.Dash && tokens is [.., { Kind: TokenKind.Dash } dash] && dash.To == token.From)
                tokens[^1] = dash with { Length = dash.Length + 1 };
            else
                tokens.Add(token);
            at = token.To;
        }
        return tokens;
    }

    /// <summary>Chinese text stands close; English words are joined over a space.</summary>
    bool Joins(List<Token> tokens, Token token)
    {
        if (tokens[^1] is { Kind: TokenKind.Text } last && last.To == token.From)
            return true;
        if (tokens is not [.., { Kind: TokenKind.Text } before, { Kind: TokenKind.Space }] || !IsLatin(text[before.To - 1])
            || !IsLatin(text[token.From]))
            return false;
        tokens.RemoveAt(tokens.Count - 1);
        return true;
    }

    Token Next(int at, int to, List<Token> before, int depth)
    {
        var c = text[at];
        if (Marks.Of(text, at, to) is { } mark)
            return mark.Kind == TokenKind.Space && IsPause(mark, before, to) ? mark with { Kind = TokenKind.Weak } : mark;
        if (c == '(' && depth < 3 && Close(at, to) is { } close)
            return new Token(TokenKind.Bracket, at, close + 1 - at, 0, Cut(at + 1, close, depth + 1));
        if (!char.IsLetterOrDigit(c) && !char.IsSurrogate(c) && c != '*')
            return new Token(TokenKind.Space, at, 1);
        var fresh = before.Count == 0 || before[^1].To < at || !char.IsAsciiLetterOrDigit(text[at - 1]) || !char.IsAsciiLetterOrDigit(c);
        if (fresh && Pattern(at, before) is { } pattern && pattern.To <= to)
            return pattern;
        if (NameAt(at, to) is { } name)
            return name;
        if (fresh && RuleWords.At(text, at) is { } word && at + word.Word.Length <= to)
            return Word(at, word);
        return new Token(TokenKind.Text, at, char.IsAsciiLetterOrDigit(c) ? Run(at, to) : 1);
    }

    Token? Pattern(int at, List<Token> before)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c))
        {
            var dayMayStand = before.Count == 0 || before[^1].Kind != TokenKind.Text || before[^1].To < at;
            return Vehicles.Read(text, at) ?? CaseNumbers.Read(text, at) ?? Numbers.Measure(text, at) ?? Numbers.Date(text, at)
                ?? (dayMayStand ? Numbers.DayOfMonth(text, at) : null) ?? Numbers.Clock(text, at);
        }
        if (char.IsAsciiLetter(c))
            return Vehicles.Read(text, at) ?? CaseNumbers.Read(text, at) ?? Numbers.Date(text, at);
        return CaseNumbers.Read(text, at) ?? Vehicles.Read(text, at);
    }

    /// <summary>到达顺小区: "达" belongs to the name when the text has the name elsewhere without "到" before it.</summary>
    Token Word(int at, RuleWord word)
    {
        if (word.Word == "到达" && at + 5 <= text.Length && afterArrive.Contains(text.Substring(at + 1, 4)))
            return new Token(TokenKind.To, at, 1);
        return new Token(word.Kind, at, word.Word.Length, word.Value);
    }

    /// <summary>毕某某, or a name that a heading gave.</summary>
    Token? NameAt(int at, int to)
    {
        if (at + 1 < to && text[at + 1] == '某' && text[at] is >= '一' and <= '龥' && text[at] != '某' && !NeverNames.Contains(text[at]))
        {
            var length = at + 2 < to && text[at + 2] == '某' ? 3 : 2;
            return new Token(TokenKind.Name, at, length);
        }
        if (!firstSigns.Contains(text[at]))
            return null;
        var known = names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in lengths.Reverse().Where(l => at + l <= to))
            if (known.Contains(text.AsSpan(at, length)) && (at + length == to || !IsLatin(text[at + length])
                || !IsLatin(text[at + length - 1])))
                return new Token(TokenKind.Name, at, length);
        return null;
    }

    /// <summary>A space between Chinese words is a pause, unless a place is still to come.</summary>
    bool IsPause(Token space, List<Token> before, int to) => before.Count > 0 && space.To < to && text[space.To] != '\n'
        && !IsLatin(text[before[^1].To - 1]) && !IsLatin(text[space.To]) && !char.IsAsciiDigit(text[before[^1].To - 1])
        && before[^1].Kind is TokenKind.Text or TokenKind.Age or TokenKind.BirthYear or TokenKind.Activity or TokenKind.Sex
            or TokenKind.Indoors or TokenKind.Home;

    int? Close(int at, int to)
    {
        var depth = 0;
        for (var i = at; i < Math.Min(to, at + LongestBracket); i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return null;
    }

    int Run(int at, int to)
    {
        var end = at;
        while (end < to && (char.IsAsciiDigit(text[at]) ? char.IsAsciiDigit(text[end]) : char.IsAsciiLetter(text[end])
            || text[end] == '\''))
            end++;
        return Math.Max(1, end - at);
    }

    static bool IsLatin(char c) => c < '\u0250' && char.IsLetterOrDigit(c);

    static HashSet<string> Collect(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = text.IndexOf('达'); i >= 0; i = text.IndexOf('达', i + 1))
            if (i + 4 <= text.Length && (i == 0 || text[i - 1] is not ('到' or '抵')))
                found.Add(text.Substring(i, 4));
        return found;
    }
}
