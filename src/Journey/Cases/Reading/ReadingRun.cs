namespace Qipan.Cases.Reading;

/// <summary>What one reading of one text has found so far.</summary>
sealed class ReadingRun(string text, ReadingDays days)
{
    /// <summary>How a character was accounted for: 0 not yet.</summary>
    readonly byte[] cover = new byte[text.Length];

    public string Text { get; } = FoldedText.Of(text);

    public string Original => text;

    public DayCarry Days { get; } = new(days);

    public List<PersonDraft> Persons { get; } = [];

    /// <summary>Numbers of headings.</summary>
    public HashSet<string> CaseNos { get; } = new(StringComparer.Ordinal);

    public List<ReadRemark> Remarks { get; } = [];

    public List<ReadingProblem> Problems { get; } = [];

    public List<(TextWords Words, UnreadReason Reason)> Wrong { get; } = [];

    /// <summary>The person being read; a text without heading has one without a name.</summary>
    public PersonDraft Person
    {
        get
        {
            if (Persons.Count == 0)
                Persons.Add(new PersonDraft());
            return Persons[^1];
        }
    }

    public PersonDraft Begin(PersonDraft person)
    {
        Persons.Add(person);
        Days.NextPerson();
        return person;
    }

    public string Of(TextWords words) => text.Substring(words.From, words.Length);

    public string Of(Token token) => text.Substring(token.From, token.Length);

    public void Problem(TextWords words, ReadingSentence sentence) =>
        Problems.Add(new ReadingProblem(words, sentence.Code, sentence.English, sentence.Chinese));

    /// <summary>These words are accounted for.</summary>
    public void Cover(TextWords words) => cover.AsSpan(words.From, words.Length).Fill(1);

    public void Cover(Token token) => Cover(token.Words);

    public bool IsCovered(int at) => cover[at] != 0;

    public void Forget(int at) => cover[at] = 0;

    /// <summary>Takes the accounting back: the words hold something wrong and stand among the unread.</summary>
    public void Uncover(TextWords words, UnreadReason reason)
    {
        cover.AsSpan(words.From, words.Length).Clear();
        Wrong.Add((words, reason));
    }

    /// <summary>Letters, digits and signs of writing have to be accounted for; punctuation has not.</summary>
    public static bool Counts(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);
}
