namespace Qipan.Cases.Reading;

/// <summary>What a piece of the text is to the reader.</summary>
enum TokenKind : short
{
    /// <summary>No rule word: part of a name or of a place.</summary>
    Text = 0,

    /// <summary>在, at: the place follows.</summary>
    At = 1,

    /// <summary>到, to: the place follows.</summary>
    To = 2,

    /// <summary>离, from: the place that was left follows.</summary>
    Leave = 3,

    /// <summary>经: the way, no stay.</summary>
    Via = 4,

    Activity = 5,

    /// <summary>上班: without another place, at work.</summary>
    Working = 6,

    /// <summary>未外出, 居家: without another place, at home.</summary>
    Indoors = 7,

    /// <summary>集中隔离: without another place, in a place of quarantine.</summary>
    Quarantined = 8,

    Transport = 9,

    /// <summary>妻子, 工作人员: somebody by their relation.</summary>
    Relation = 10,

    /// <summary>毕某某, or a name of the headings.</summary>
    Name = 11,

    /// <summary>病例2, 第3号确诊病例.</summary>
    CaseRef = 12,

    /// <summary>确诊病例, 密接: a case without a number.</summary>
    CaseWord = 13,

    /// <summary>与: somebody follows.</summary>
    With = 14,

    /// <summary>将, 由: whoever follows is not the one who stays.</summary>
    Object = 15,

    /// <summary>Understood and without meaning for a stay: 了, 一直, the.</summary>
    Filler = 16,

    /// <summary>后, then: what follows comes after.</summary>
    After = 17,

    /// <summary>期间: inside the stay before.</summary>
    During = 18,

    /// <summary>家, home.</summary>
    Home = 19,

    /// <summary>单位: the person's place of work.</summary>
    Work = 20,

    /// <summary>附近: beside what stands before it.</summary>
    Near = 21,

    SubArea = 22,
    Symptom = 23,
    Protection = 24,
    Loop = 25,
    LoopEnd = 26,
    Diagnosis = 27,
    Test = 28,

    /// <summary>住址为: a home follows.</summary>
    Residence = 29,

    /// <summary>工作单位: a firm follows.</summary>
    Workplace = 30,

    Sex = 31,
    Age = 32,
    BirthYear = 33,
    Title = 34,
    Notice = 35,
    NoTrace = 36,

    Date = 40,

    /// <summary>24日, without a month.</summary>
    DayOfMonth = 41,

    /// <summary>次日, 当天.</summary>
    RelativeDay = 42,

    DayPart = 43,
    Clock = 44,

    /// <summary>同一时间.</summary>
    SameTime = 45,

    /// <summary>春节期间: a time without numbers.</summary>
    VagueTime = 46,

    About = 47,

    Vehicle = 50,
    Plate = 51,
    Seat = 52,
    Route = 53,

    /// <summary>20分钟: <see cref="Token.Value"/> minutes.</summary>
    Duration = 48,

    /// <summary>The end of a place's name: 超市.</summary>
    Noun = 54,

    Weak = 60,
    Strong = 61,
    List = 62,
    Dash = 63,
    Space = 64,

    /// <summary>Words in brackets; <see cref="Token.Data"/> holds their tokens.</summary>
    Bracket = 65,
}

/// <summary>A piece of the text. <see cref="Value"/> is the rule word's own number, as an enum's.</summary>
readonly record struct Token(TokenKind Kind, int From, int Length, int Value = 0, object? Data = null)
{
    public int To => From + Length;

    public TextWords Words => new(From, Length);

    public bool IsTime => Kind is >= TokenKind.Date and <= TokenKind.VagueTime;

    public bool IsPerson => Kind is TokenKind.Relation or TokenKind.Name or TokenKind.CaseRef or TokenKind.CaseWord;

    public bool IsPause => Kind is TokenKind.Weak or TokenKind.Strong;
}
