namespace Qipan.Kernel.Codes;

/// <summary>How deep a place lies in the tree. The numbers reach disk: append only.</summary>
public enum PlaceLevel
{
    /// <summary>省, 2 digits.</summary>
    Province = 1,

    /// <summary>市, 4 digits.</summary>
    City = 2,

    /// <summary>区县, 6 digits: the owner of rows.</summary>
    County = 3,

    /// <summary>街道/乡镇, 9 digits.</summary>
    Street = 4,

    /// <summary>社区/村, 12 digits.</summary>
    Community = 5,

    /// <summary>小区, a segment that begins with c.</summary>
    Compound = 6,

    /// <summary>楼栋, a segment that begins with b.</summary>
    Building = 7,

    /// <summary>单元, a segment that begins with u.</summary>
    Entrance = 8,

    /// <summary>室, or a house of a village: any other segment.</summary>
    Room = 9,
}

/// <summary>
/// The code of a place 地点编码: GB/T 2260 digits to the county, NBS digits to the community, then dotted segments:
/// <c>220204001001.c03.b11.u1.501</c>. A place lies in another when its code begins with the other's code and, below a
/// community, the next character is a dot; <see cref="Covers"/> says so exactly. Levels may be skipped below a community.
/// </summary>
public readonly record struct PlaceCode
{
    const int LongestSegment = 16;

    readonly string? value;

    PlaceCode(string value) => this.value = value;

    /// <summary>The code itself; empty for the default, which no place has.</summary>
    public string Value => value ?? "";

    public PlaceLevel Level => LevelOf(Value);

    /// <summary>The code of the place above, or null for a province.</summary>
    public string? Parent => ParentOf(Value);

    /// <summary>The county that is responsible; "000000" above county level.</summary>
    public string Owner => OwnerOf(Value);

    /// <summary>The first 12 digits, or the whole code where it is shorter.</summary>
    public string Community => CommunityOf(Value);

    /// <summary>Reads a code; letters are taken as lower case. Checks the form, not that such a place exists.</summary>
    public static Outcome<PlaceCode> Parse(string? text)
    {
        var code = (text ?? "").Trim().ToLowerInvariant();
        var dot = code.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? code : code[..dot];
        if (!digits.All(char.IsAsciiDigit) || digits.Length is not (2 or 4 or 6 or 9 or 12) || digits[0] == '0')
            return new PlaceCodeWrong();
        if (dot < 0)
            return new PlaceCode(code);
        if (digits.Length != 12)
            return new PlaceCodeWrong();
        var above = PlaceLevel.Community;
        foreach (var segment in code[(dot + 1)..].Split('.'))
        {
            if (segment.Length is 0 or > LongestSegment || !segment.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                return new PlaceCodeWrong();
            var level = LevelOfSegment(segment[0]);
            if (level <= above)
                return new PlaceCodeWrong();
            above = level;
        }
        return new PlaceCode(code);
    }

    /// <summary>The county of a well-formed code; "000000" above county level.</summary>
    public static string OwnerOf(string code) => code.Length >= 6 ? code[..6] : "000000";

    /// <summary>The community of a well-formed code, or the whole code where it is shorter.</summary>
    public static string CommunityOf(string code) => code.Length > 12 ? code[..12] : code;

    /// <summary>The place above a well-formed code; null for a province.</summary>
    public static string? ParentOf(string code) => code.Length switch
    {
        <= 2 => null,
        4 => code[..2],
        6 => code[..4],
        9 => code[..6],
        12 => code[..9],
        _ => code[..code.LastIndexOf('.')],
    };

    /// <summary>The level of a well-formed code; throws for others.</summary>
    public static PlaceLevel LevelOf(string code) => code.Length switch
    {
        2 => PlaceLevel.Province,
        4 => PlaceLevel.City,
        6 => PlaceLevel.County,
        9 => PlaceLevel.Street,
        12 => PlaceLevel.Community,
        _ => code.LastIndexOf('.') is > 0 and var dot && dot + 1 < code.Length ? LevelOfSegment(code[dot + 1])
            : throw new ArgumentException("Not a place code.", nameof(code)),
    };

    /// <summary>The place itself and every place above it, nearest first: what a territory or a scope may name to reach it.</summary>
    public static IReadOnlyList<string> SelfAndAbove(string code)
    {
        var codes = new List<string>(9);
        for (var at = code; at is not null; at = ParentOf(at))
            codes.Add(at);
        return codes;
    }

    /// <summary>
    /// True when <paramref name="code"/> is <paramref name="territory"/> or lies in it. <c>….b1</c> does not cover <c>….b11</c>.
    /// The empty territory covers everything.
    /// </summary>
    public static bool Covers(string territory, string code) =>
        code.StartsWith(territory, StringComparison.Ordinal)
        && (code.Length == territory.Length || territory.Length <= 12 || code[territory.Length] == '.');

    public override string ToString() => Value;

    static PlaceLevel LevelOfSegment(char first) => first switch
    {
        'c' => PlaceLevel.Compound,
        'b' => PlaceLevel.Building,
        'u' => PlaceLevel.Entrance,
        _ => PlaceLevel.Room,
    };
}

/// <summary>Not a place code.</summary>
public sealed record PlaceCodeWrong() : Refusal("place_code_wrong", RefusalKind.Invalid,
    "This is not a place code. Write 2, 4, 6, 9 or 12 digits and, below a community, segments such as .c03.b11.u1.501.",
    "地点编码格式不正确：应为2、4、6、9或12位数字，社区以下可加“.c03.b11.u1.501”等分段。");
