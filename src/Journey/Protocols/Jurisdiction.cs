namespace Qipan.Protocols;

/// <summary>
/// Where a protocol holds 适用地区: <c>*</c> everywhere, <c>CN</c> every Chinese division code, or a division code, which covers
/// every place whose code begins with it. A code padded with zeros as GB/T 2260 writes it (<c>220000</c>) is cut to its prefix (<c>22</c>).
/// </summary>
public sealed record Jurisdiction
{
    Jurisdiction(string code) => Code = code;

    /// <summary>The code without padding: <c>*</c>, <c>CN</c>, or 2, 4, 6, 9 or 12 digits.</summary>
    public string Code { get; }

    /// <summary>The longer the prefix, the narrower: 0 for <c>*</c>, 1 for <c>CN</c>, then the number of digits.</summary>
    public int Narrowness => Code switch { "*" => 0, "CN" => 1, _ => Code.Length };

    /// <summary>The jurisdiction that the text names, or null when it is no code.</summary>
    public static Jurisdiction? Parse(string? text)
    {
        if (text is "*" or "CN")
            return new Jurisdiction(text);
        if (text is null || !IsDivision(text))
            return null;
        if (text.Length == 6)
            text = text[2..] is "0000" ? text[..2] : text[4..] is "00" ? text[..4] : text;
        return new Jurisdiction(text);
    }

    /// <summary>True when the place lies in this jurisdiction.</summary>
    public bool Covers(string placeCode) => Code switch
    {
        "*" => true,
        "CN" => placeCode is [>= '1' and <= '8', ..],
        _ => placeCode.StartsWith(Code, StringComparison.Ordinal),
    };

    public override string ToString() => Code;

    static bool IsDivision(string text) =>
        text.Length is 2 or 4 or 6 or 9 or 12 && text[0] is >= '1' and <= '8' && text.All(char.IsAsciiDigit);
}
