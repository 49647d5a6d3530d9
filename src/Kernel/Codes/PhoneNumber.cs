using System.Text.RegularExpressions;

namespace Qipan.Kernel.Codes;

/// <summary>What sort of number it is. The numbers reach disk: append only.</summary>
public enum PhoneKind
{
    Mobile = 1,

    /// <summary>Area code and 7 or 8 digits.</summary>
    FixedLine = 2,

    /// <summary>12345, 120, 110: services, never somebody's own.</summary>
    Short = 3,
}

/// <summary>
/// A telephone number 电话号码 of the mainland. Households share phones, so it never names one person (INV-20). Holds personal
/// data and prints as a mask.
/// </summary>
public readonly partial struct PhoneNumber
{
    readonly string digits;

    PhoneNumber(string digits, PhoneKind kind)
    {
        this.digits = digits;
        Kind = kind;
    }

    /// <summary>Digits alone, a fixed line with its area code; without country code and extension.</summary>
    public Personal<string> Digits => Personal.Of(digits ?? "");

    public PhoneKind Kind { get; }

    /// <summary>Reads a number with or without +86, brackets, spaces and hyphens.</summary>
    public static Outcome<PhoneNumber> Parse(string? text)
    {
        var plain = CodeText.Plain(text ?? "").Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        if (plain.StartsWith("+86", StringComparison.Ordinal))
            plain = plain[3..];
        else if (plain.StartsWith("0086", StringComparison.Ordinal))
            plain = plain[4..];
        if (Mobile().IsMatch(plain))
            return new PhoneNumber(plain, PhoneKind.Mobile);
        if (FixedLine().IsMatch(plain))
            return new PhoneNumber(plain, PhoneKind.FixedLine);
        return Short().IsMatch(plain) ? new PhoneNumber(plain, PhoneKind.Short) : new PhoneWrong();
    }

    public override string ToString() => Personal.Mask;

    [GeneratedRegex("^1[3-9][0-9]{9}$", RegexOptions.None, 1000)]
    private static partial Regex Mobile();

    [GeneratedRegex("^(010|02[0-9]|0[3-9][0-9]{2})[2-8][0-9]{6,7}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FixedLine();

    [GeneratedRegex("^(1[0-2][0-9]|1[02][0-9]{3}|9[56][0-9]{3})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Short();
}

/// <summary>Not a telephone number.</summary>
public sealed record PhoneWrong() : FieldRefusal("phone", "phone_wrong", RefusalKind.Invalid,
    "This is not a telephone number: a mobile has 11 digits, a fixed line its area code and 7 or 8 digits.",
    "电话号码格式不正确：手机号为11位，固定电话为区号加7或8位。");
