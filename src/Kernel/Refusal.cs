namespace Qipan.Kernel;

/// <summary>
/// An expected "no": a stable code for programs and a sentence in both languages for people. A refusal never holds
/// personal data, because sentences are logged and sent over the wire.
/// </summary>
/// <param name="Code">Stable name in snake_case; callers depend on it.</param>
/// <param name="Kind">Decides the HTTP status and the exit code.</param>
/// <param name="Sentence">What is wrong, where, and what to do, in English.</param>
/// <param name="Chinese">The same sentence in Chinese.</param>
public record Refusal(string Code, RefusalKind Kind, string Sentence, string Chinese)
{
    /// <summary>Seconds after which the same request may be sent again; only with <see cref="RefusalKind.Busy"/>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The field of the request that was refused, where one field is to blame.</summary>
    public string? Field { get; init; }

    /// <summary>The sentence in the reader's language: Chinese for "zh…", English otherwise.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : Sentence;
}

/// <summary>A refusal that one field of the request is to blame for.</summary>
public abstract record FieldRefusal : Refusal
{
    protected FieldRefusal(string field, string code, RefusalKind kind, string sentence, string chinese)
        : base(code, kind, sentence, chinese) => Field = field;
}
