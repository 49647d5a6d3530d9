namespace Qipan.Cases.Reading;

/// <summary>What stands between two pauses: its times, and its other tokens.</summary>
/// <param name="Start">Its first token in the line.</param>
/// <param name="AfterStop">It begins a sentence.</param>
/// <param name="AtLineStart">It begins a line.</param>
sealed record Clause(int Start, List<TimeRead> Times, List<Token> Body, bool AfterStop, bool AtLineStart)
{
    /// <summary>"…休息至22:11": the end of the stay that the clause has begun.</summary>
    public TimeRead? Until { get; set; }

    public TextWords Words
    {
        get
        {
            var words = Times.Select(t => t.Words).Concat(Body.Select(t => t.Words)).Concat(Until is { } until ? [until.Words] : [])
                .ToList();
            var from = words.Min(w => w.From);
            return new TextWords(from, words.Max(w => w.To) - from);
        }
    }

    public bool Has(TokenKind kind) => Body.Exists(t => t.Kind == kind);

    public bool IsEmpty => Times.Count == 0 && Body.TrueForAll(t => t.Kind is TokenKind.Space or TokenKind.List or TokenKind.Dash);
}
