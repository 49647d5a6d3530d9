using Qipan.Kernel;
using Qipan.Registers;

namespace Qipan.Cases;

/// <summary>Words 原文 of the text that was read: where they begin and how many UTF-16 characters they are.</summary>
public readonly record struct TextWords(int From, int Length)
{
    public int To => From + Length;

    /// <summary>The words themselves, out of the text they were read from.</summary>
    public string In(string text) => text.Substring(From, Length);

    internal TextWords Until(TextWords last) => new(From, Math.Max(To, last.To) - From);
}

/// <summary>
/// What was read from a text of itineraries 活动轨迹. Every stretch of the text that is not punctuation lies in a stay, in a remark, or in
/// <see cref="Unread"/>. Immutable.
/// </summary>
public sealed record ReadItinerary
{
    public required IReadOnlyList<ReadPerson> Persons { get; init; }

    /// <summary>What belongs to no person: titles, notices.</summary>
    public required IReadOnlyList<ReadRemark> Remarks { get; init; }

    /// <summary>What was not understood, in the order of the text.</summary>
    public required IReadOnlyList<UnreadWords> Unread { get; init; }

    /// <summary>What somebody has to look at, in the order of the text.</summary>
    public required IReadOnlyList<ReadingProblem> Problems { get; init; }

    /// <summary>Stretches between punctuation.</summary>
    public required int Stretches { get; init; }

    /// <summary>Stretches of which every word was understood.</summary>
    public required int Understood { get; init; }

    public int NotUnderstood => Stretches - Understood;
}

/// <summary>A person whose itinerary the text tells. A text without a heading tells of one person.</summary>
public sealed record ReadPerson
{
    /// <summary>The heading, as "第3号确诊病例"; null when there is none.</summary>
    public TextWords? Heading { get; init; }

    /// <summary>The number in the heading.</summary>
    public string? CaseNo { get; init; }

    public Personal<string>? Name { get; init; }

    /// <summary>Where the name stands.</summary>
    public TextWords? NameWords { get; init; }

    public Sex Sex { get; init; }

    public int? Age { get; init; }

    public int? BirthYear { get; init; }

    /// <summary>What is said of the person besides where they were: home, work, relations, diagnosis, symptoms.</summary>
    public required IReadOnlyList<ReadRemark> Remarks { get; init; }

    /// <summary>In the order of the text.</summary>
    public required IReadOnlyList<ReadStay> Stays { get; init; }
}

/// <summary>Words that no rule of the reader explains.</summary>
public sealed record UnreadWords(TextWords Words, UnreadReason Reason);

/// <summary>Why words were not understood. The numbers reach disk: append only.</summary>
public enum UnreadReason : short
{
    /// <summary>Nothing in the stretch is known.</summary>
    NothingKnown = 1,

    /// <summary>The stay around them was read, these words of it were not.</summary>
    LeftInStay = 2,

    /// <summary>A day or a time that there is not, as 32 February.</summary>
    NoSuchTime = 3,
}

/// <summary>Something to look at: a stable code and a sentence in both languages, without personal data.</summary>
public sealed record ReadingProblem(TextWords Words, string Code, string Sentence, string Chinese);
