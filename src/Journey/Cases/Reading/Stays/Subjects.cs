namespace Qipan.Cases.Reading;

/// <summary>Tells of whom a clause speaks: 李某某、胡某某到郭某某家中消毒 is no visit of Guo's.</summary>
static class Subjects
{
    /// <summary>The other who does what the clause says; null when it is the person.</summary>
    public static Token? IsOther(List<Token> body, ReadingRun run)
    {
        var (other, with) = (default(Token?), false);
        foreach (var token in body)
        {
            switch (token.Kind)
            {
                case TokenKind.Name when run.Of(token) == run.Person.Name:
                    return null;
                case TokenKind.With or TokenKind.Object:
                    with = true;
                    break;
                case TokenKind.Relation or TokenKind.Name or TokenKind.CaseRef or TokenKind.CaseWord:
                    other ??= with ? null : token;
                    break;
                case TokenKind.At or TokenKind.To or TokenKind.Activity or TokenKind.Indoors or TokenKind.Working or TokenKind.Leave
                    or TokenKind.Home:
                    return other;
                case TokenKind.Transport or TokenKind.Vehicle when other is null:
                    return null;
                case TokenKind.Filler or TokenKind.Space or TokenKind.List or TokenKind.Bracket:
                    break;
                default:
                    with = false;
                    break;
            }
        }
        return other;
    }
}
