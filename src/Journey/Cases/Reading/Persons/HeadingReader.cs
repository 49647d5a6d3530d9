namespace Qipan.Cases.Reading;

/// <summary>Finds where a person begins: "第3号确诊病例", "病例2：", "Case 4:", or "李某，男，42岁" without a number.</summary>
sealed class HeadingReader(ReadingRun run, Lexer lexer)
{
    const int LongestName = 6;

    /// <summary>Begins a person when the clause does; true when nothing else stands in it.</summary>
    public bool Read(Clause clause, List<Token> line)
    {
        var body = clause.Body.FindAll(t => t.Kind is not TokenKind.Space);
        while (body is [{ Kind: TokenKind.Filler or TokenKind.Text }, ..] && char.IsAsciiDigit(run.Text[body[0].From]) && body.Count > 1
            && clause.AtLineStart)
            (body, _) = (body[1..], Mark(body[0]));
        if (body is [{ Kind: TokenKind.CaseRef } number, .. var rest] && clause.Times.Count == 0 && Heads(clause, number, rest, line))
        {
            Numbered(clause, number);
            if (rest is [{ Kind: TokenKind.Bracket } bracket] && bracket.Data is List<Token> inner)
                Describe(inner);
            return rest.Count == 0 || rest is [{ Kind: TokenKind.Bracket }];
        }
        if (clause.Times.Count == 0 && SexFollows(line, clause) && run.Persons.Count > 0 && run.Person is { Described: true })
        {
            if (!clause.AtLineStart)
                run.Problem(clause.Words, ReadingSentences.TwoPersons);
            run.Begin(new PersonDraft { Describing = true });
        }
        return false;
    }

    /// <summary>A case's number heads its person when it stands alone, before a bracket, or before a name and a sex; not in
    /// 病例2的妹妹.</summary>
    bool Heads(Clause clause, Token number, List<Token> rest, List<Token> line)
    {
        if (!clause.AfterStop)
            return false;
        var next = clause.Start;
        while (next < line.Count && (line[next].From < number.To || line[next].Kind == TokenKind.Space))
            next++;
        var colon = next < line.Count && run.Text[line[next].From] == ':';
        return (rest.Count == 0 && (clause.AtLineStart || colon || SexFollows(line, clause))) || rest is [{ Kind: TokenKind.Bracket }]
            || (SexFollows(line, clause) && rest is not [{ Kind: TokenKind.Filler, Value: FillerWords.Joins }, ..]);
    }

    void Numbered(Clause clause, Token number)
    {
        var no = ((string)number.Data!).TrimStart('0');
        if (!run.CaseNos.Add(no))
            run.Problem(number.Words, ReadingSentences.SameCase);
        if (!clause.AtLineStart && run.Persons.Count > 0)
            run.Problem(number.Words, ReadingSentences.TwoPersons);
        var person = run.Begin(new PersonDraft { Heading = number.Words, CaseNo = no, Describing = true });
        person.Remarks.Add(new ReadRemark(number.Words, RemarkKind.Heading));
        run.Cover(number);
    }

    bool Mark(Token token)
    {
        run.Cover(token);
        run.Remarks.Add(new ReadRemark(token.Words, RemarkKind.Heading));
        return true;
    }

    /// <summary>A name, a comma, a sex: within the next few tokens and this sentence.</summary>
    static bool SexFollows(List<Token> line, Clause clause)
    {
        var at = clause.Start;
        for (var i = at; i < Math.Min(line.Count, at + 9) && line[i].Kind != TokenKind.Strong; i++)
        {
            if (line[i].Kind == TokenKind.Sex && i > at && line[i - 1].Kind is TokenKind.Weak or TokenKind.Space or TokenKind.Bracket)
                return true;
            if (line[i].Kind is TokenKind.To or TokenKind.At or TokenKind.Activity)
                return false;
        }
        return false;
    }

    /// <summary>Reads sex, age, year of birth and name out of a clause; what is left is for others.</summary>
    public bool Describe(List<Token> body)
    {
        var person = run.Person;
        var found = false;
        foreach (var token in body)
        {
            switch (token.Kind)
            {
                case TokenKind.Sex:
                    person.Sex = (Registers.Sex)token.Value;
                    break;
                case TokenKind.Age:
                    person.Age = token.Value;
                    break;
                case TokenKind.BirthYear:
                    person.BirthYear = token.Value;
                    break;
                default:
                    continue;
            }
            person.Remarks.Add(new ReadRemark(token.Words, RemarkKind.Description));
            run.Cover(token);
            person.Described = found = true;
        }
        return found;
    }

    /// <summary>The clause is a name: one that hides itself (刘某某), or short words before a sex.</summary>
    public bool Name(Clause clause, List<Token> line)
    {
        var body = clause.Body.FindAll(t => t.Kind is not (TokenKind.Space or TokenKind.Filler or TokenKind.CaseRef));
        if (run.Person.Name is not null || clause.Times.Count > 0
            || !(body is [{ Kind: TokenKind.Name } name] || (body is [{ Kind: TokenKind.Text } single] && IsName(name = single)
                && SexFollows(line, clause))))
            return false;
        (run.Person.Name, run.Person.NameWords) = (run.Of(name), name.Words);
        run.Person.Remarks.Add(new ReadRemark(name.Words, RemarkKind.Description));
        lexer.Learn(run.Text.Substring(name.From, name.Length));
        foreach (var token in clause.Body)
            run.Cover(token);
        return true;
    }

    bool IsName(Token token) => token.Length <= (run.Text[token.From] < '\u2e80' ? 4 * LongestName : LongestName) && token.Length >= 2;
}
