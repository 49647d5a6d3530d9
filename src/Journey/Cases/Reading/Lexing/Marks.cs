namespace Qipan.Cases.Reading;

/// <summary>Punctuation of both scripts, after folding.</summary>
static class Marks
{
    public static Token? Of(string text, int at, int to)
    {
        TokenKind? kind = text[at] switch
        {
            '。' or ';' or '!' or '?' => TokenKind.Strong,
            ',' or ':' or '…' or '|' => TokenKind.Weak,
            '、' => TokenKind.List,
            '-' or '~' => TokenKind.Dash,
            '.' => EndsSentence(text, at, to) ? TokenKind.Strong : TokenKind.Space,
            ' ' or '\t' => TokenKind.Space,
            _ => null,
        };
        return kind is { } known ? new Token(known, at, 1) : null;
    }

    static bool EndsSentence(string text, int at, int to) => at + 1 >= to || char.IsWhiteSpace(text[at + 1]);
}
