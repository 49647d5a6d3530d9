using System.Globalization;

namespace Qipan.Kernel.Codes;

/// <summary>How a code came in.</summary>
public enum CodeEntry
{
    /// <summary>Read by a scanner: the barcode's own check has guarded it.</summary>
    Scanned = 1,

    /// <summary>Typed: only a check in the code itself guards it.</summary>
    Typed = 2,
}

/// <summary>
/// The code on a tube 采样管 or a box 转运箱. Three forms are taken: the 6 characters of old tubes; our own
/// <c>R</c> (tube) or <c>B</c> (box) + 6-digit county + serial + check; and a maker's barcode of 8 to 32 letters and digits, which,
/// when typed, must end in the same check. The check is that of GB 32100 over all characters before it: any one wrong
/// character and any two exchanged ones show (docs/formats/tube-codes.md).
/// </summary>
public readonly record struct CarrierCode
{
    const int LegacyLength = 6;
    const int Shortest = 8;
    const int Longest = 32;
    const int SerialDigits = 7;

    CarrierCode(string value) => Value = value;

    /// <summary>Upper case, without spaces and hyphens.</summary>
    public string Value { get; }

    /// <summary>The county that issued it; null for old codes and makers' barcodes.</summary>
    public string? Region => IsOwn(Value) ? Value[1..7] : null;

    public static Outcome<CarrierCode> Parse(string? text, CodeEntry entry = CodeEntry.Scanned)
    {
        var code = CodeText.Plain(text ?? "");
        if (code.Length is not LegacyLength and (< Shortest or > Longest) || !code.All(char.IsAsciiLetterOrDigit))
            return new CarrierCodeWrong();
        if (code.Length == LegacyLength || (entry == CodeEntry.Scanned && !IsOwn(code)) || Mod31.Holds(code))
            return new CarrierCode(code);
        return new CarrierCodeCheckWrong();
    }

    /// <summary>The code of a county's n-th tube; it has 15 characters.</summary>
    public static CarrierCode OfTube(string county, long serial) => Make('R', county, serial);

    /// <summary>The code of a county's n-th box.</summary>
    public static CarrierCode OfBox(string county, long serial) => Make('B', county, serial);

    public override string ToString() => Value;

    static CarrierCode Make(char kind, string county, long serial)
    {
        if (county.Length != 6 || !county.All(char.IsAsciiDigit) || serial is < 0 or > 9_999_999_999)
            throw new ArgumentException("A code is made of a 6-digit county and a serial of up to 10 digits.", nameof(county));
        var body = $"{kind}{county}{serial.ToString($"D{SerialDigits}", CultureInfo.InvariantCulture)}";
        return new CarrierCode(body + Mod31.CheckOf(body));
    }

    static bool IsOwn(string code) =>
        code.Length >= 12 && (code[0] is 'R' or 'B') && code.AsSpan(1, 6).IndexOfAnyExceptInRange('0', '9') < 0;
}

/// <summary>Not a code of a tube or box.</summary>
public sealed record CarrierCodeWrong() : FieldRefusal("code", "carrier_code_wrong", RefusalKind.Invalid,
    "A tube or box code has 6 characters in its old form, or 8 to 32 letters and digits.", "管码/箱码应为6位（旧式）或8至32位字母数字。");

/// <summary>The check of the code does not fit.</summary>
public sealed record CarrierCodeCheckWrong() : FieldRefusal("code", "carrier_code_check_wrong", RefusalKind.Invalid,
    "The last character of this code does not fit the others: it was typed or printed wrongly. Scan it, or read it again.",
    "该编码校验位不符，录入或印制有误，请扫码或重新核对。");
