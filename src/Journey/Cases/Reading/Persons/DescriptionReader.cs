using Qipan.Kernel;

namespace Qipan.Cases.Reading;

/// <summary>Reads what stands between the heading and the itinerary: home, work, relations to other cases, diagnosis.</summary>
sealed class DescriptionReader(ReadingRun run, HeadingReader headings)
{
    static readonly HashSet<string> Occupations =
        ["学生", "农民", "工人", "无业", "退休", "个体户", "教师", "医生", "护士", "自由职业", "退休人员", "student", "teacher", "retired", "nurse", "farmer"];

    readonly PlacePhrases places = new(run);

    /// <summary>True when the clause describes the person; then it is accounted for.</summary>
    public bool Read(Clause clause, List<Token> line)
    {
        var person = run.Person;
        if (headings.Name(clause, line))
            return true;
        var described = headings.Describe(clause.Body);
        if (described)
            person.Describing = true;
        var body = clause.Body.FindAll(t => t.Kind is not (TokenKind.Sex or TokenKind.Age or TokenKind.BirthYear or TokenKind.Space));
        if (body.Count == 0)
            return described;
        if (Remark(clause, body) is { } remark)
        {
            person.Remarks.Add(remark);
            if (remark.Kind is RemarkKind.Occupation or RemarkKind.Workplace)
            {
                person.Workplace ??= remark.Place;
                person.Looped |= HasLoop(body);
            }
            run.Cover(clause.Words);
            return true;
        }
        return described && !body.Exists(t => t.Kind is TokenKind.To or TokenKind.At or TokenKind.Activity);
    }

    ReadRemark? Remark(Clause clause, List<Token> body)
    {
        var kind = Kind(clause, body);
        if (kind is null)
            return null;
        var time = clause.Times.Count > 0 ? clause.Times[0].Time : null;
        var after = body.FindIndex(t => t.Kind is TokenKind.Residence or TokenKind.Workplace) + 1;
        while (after < body.Count && body[after] is { Kind: TokenKind.At or TokenKind.Filler })
            after++;
        if (kind == RemarkKind.Occupation && after == 0 && body[0].Kind == TokenKind.Filler)
            after = 1;
        var place = kind is RemarkKind.Residence or RemarkKind.Workplace or RemarkKind.Occupation && after < body.Count
            ? run.Of(body[after].Words.Until(body[^1].Words)) : kind == RemarkKind.Origin ? run.Of(clause.Words)[..^1] : null;
        return new ReadRemark(clause.Words, kind.Value, time?.Day, time?.From, place, kind == RemarkKind.Relation ? Who(body) : null);
    }

    RemarkKind? Kind(Clause clause, List<Token> body)
    {
        bool Has(TokenKind kind) => body.Exists(t => t.Kind == kind);
        var first = body[0];
        if (Has(TokenKind.Residence) && clause.Times.Count == 0)
            return RemarkKind.Residence;
        if (Has(TokenKind.Workplace) || (first.Kind == TokenKind.Work && body.Count > 1 && clause.Times.Count == 0))
            return HasLoop(body) || body.Exists(t => t.Kind == TokenKind.Workplace
                && run.Of(t) is "职业" or "职业为" or "从事" or "occupation" or "works as")
                ? RemarkKind.Occupation : RemarkKind.Workplace;
        if (Has(TokenKind.Diagnosis) && !Has(TokenKind.To) && !Has(TokenKind.At))
            return RemarkKind.Diagnosis;
        var related = body.Exists(t => t.Kind is TokenKind.CaseRef or TokenKind.CaseWord or TokenKind.Relation);
        if (related && (first is { Kind: TokenKind.Filler, Value: FillerWords.Is }
            || body.Exists(t => t is { Kind: TokenKind.Activity, Value: ActivityWords.Met })))
            return RemarkKind.Relation;
        if (!run.Person.Describing || clause.Times.Count > 0)
            return null;
        if (Occupied(body) && !Has(TokenKind.To) && !Has(TokenKind.At))
            return RemarkKind.Occupation;
        if (related && !Has(TokenKind.To) && !Has(TokenKind.At))
            return RemarkKind.Relation;
        if (HasLoop(body) && !Has(TokenKind.To))
            return RemarkKind.Occupation;
        if (run.Text[clause.Words.To - 1] == '人' && clause.Words.Length <= 16 && !Has(TokenKind.To))
            return RemarkKind.Origin;
        return first.Kind == TokenKind.Text && IsAddress(clause.Words) && !Has(TokenKind.To) && !Has(TokenKind.Activity)
            ? RemarkKind.Residence : null;
    }

    /// <summary>系…服务区扫码测温员; 货车司机: what somebody works as, and no kin.</summary>
    bool Occupied(List<Token> body)
    {
        var last = body.FindLast(t => t.Kind != TokenKind.Bracket);
        if (body.TrueForAll(t => t.Kind == TokenKind.Text) && Occupations.Contains(run.Of(body[0].Words.Until(body[^1].Words))))
            return true;
        return last.Length > 0 && !body.Exists(t => t.Kind is TokenKind.CaseRef or TokenKind.CaseWord or TokenKind.Name)
            && (body[0] is { Kind: TokenKind.Filler, Value: FillerWords.Is }
                || run.Text[last.To - 1] is '员' or '工' or '师' or '机' or '长' or '民')
            && !body.Exists(t => t.Kind == TokenKind.Relation
                && (PersonRelation)t.Value is not (PersonRelation.Helping or PersonRelation.Official or PersonRelation.Colleague));
    }

    static bool HasLoop(List<Token> body) =>
        body.Exists(t => t.Kind == TokenKind.Loop || (t.Kind == TokenKind.Bracket && ((List<Token>)t.Data!)
            .Exists(i => i.Kind == TokenKind.Loop)));

    /// <summary>崇智路694号, or the name of a compound, alone.</summary>
    bool IsAddress(TextWords words) => places.EndsName(words.From, words.To)
        || (run.Text[words.To - 1] is '号' or '室' or '栋' or '单' && words.Length > 3 && char.IsAsciiDigit(run.Text[words.To - 2]));

    /// <summary>病例5的丈夫: the last relation word says what the person is to the other; a name or a number says to whom.</summary>
    NamedPerson Who(List<Token> body)
    {
        var name = body.FindLast(t => t.Kind == TokenKind.Name);
        var number = body.FindLast(t => t.Kind == TokenKind.CaseRef);
        var other = body.FindLastIndex(t => t.Kind is TokenKind.CaseRef or TokenKind.CaseWord or TokenKind.Name);
        var relation = body.FindLast(t => t.Kind == TokenKind.Relation && (other < 0 || t.From > body[other].From));
        var words = body[0].Words.Until(body[^1].Words);
        return new NamedPerson(words, relation.Length > 0 ? (PersonRelation)relation.Value : PersonRelation.Case,
            name.Length > 0 ? Personal.Of(run.Of(name)) : null, number.Data as string);
    }
}
