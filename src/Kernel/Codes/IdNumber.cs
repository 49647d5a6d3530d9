using System.Globalization;

namespace Qipan.Kernel.Codes;

/// <summary>
/// A citizen identity number 公民身份号码: GB 11643-1999 (18 characters with a check) or the 15 digits of GB 11643-1989, which have
/// none. Residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) have the same form. Holds personal data and
/// prints as a mask.
/// </summary>
public readonly struct IdNumber
{
    /// <summary>Nobody who was given a number was born earlier.</summary>
    const int EarliestYear = 1850;

    static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    const string Checks = "10X98765432";

    readonly string number;

    IdNumber(string number, DateOnly birth)
    {
        this.number = number;
        Birth = birth;
    }

    /// <summary>The number in upper case, as keys and seals hold it.</summary>
    public Personal<string> Number => Personal.Of(number ?? "");

    public DateOnly Birth { get; }

    /// <summary>The sequence number is odd.</summary>
    public bool IsMale => (number[IsShort ? 14 : 16] - '0') % 2 == 1;

    /// <summary>15 digits, without a check: a wrong digit is not noticed.</summary>
    public bool IsShort => number.Length == 15;

    /// <summary>
    /// The division where the number was given. Often one that exists no more: compare with the current list to warn, never to
    /// reject (INV-23).
    /// </summary>
    public string Division => number[..6];

    /// <summary>Reads a number of either length; full-width digits, spaces and a lower-case x are taken.</summary>
    /// <param name="text">As written.</param>
    /// <param name="today">In the deployment's zone: nobody is born later.</param>
    public static Outcome<IdNumber> Parse(string? text, DateOnly today)
    {
        var code = CodeText.Plain(text ?? "");
        if (code.Length is not (15 or 18))
            return new IdLengthWrong();
        for (var i = 0; i < code.Length; i++)
            if (!char.IsAsciiDigit(code[i]) && !(i == 17 && code[i] == 'X'))
                return new IdCharacterWrong();
        if (code.Length == 18 && code[17] != CheckOf(code))
            return new IdCheckWrong();
        var date = code.Length == 18 ? code.AsSpan(6, 8) : string.Concat("19", code.AsSpan(6, 6));
        if (!DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
            || birth > today || birth.Year < EarliestYear)
            return new IdBirthWrong();
        return new IdNumber(code, birth);
    }

    /// <summary>The 18-character form of a 15-digit number: century 19 and the check are added. An 18-character one is itself.</summary>
    public IdNumber To18()
    {
        if (!IsShort)
            return this;
        var digits = string.Concat(number.AsSpan(0, 6), "19", number.AsSpan(6));
        return new IdNumber(digits + CheckOf(digits), Birth);
    }

    /// <summary>The 15-digit form that the same person may have had; null for people born in another century than the 20th.</summary>
    public IdNumber? To15()
    {
        if (IsShort)
            return this;
        return Birth.Year / 100 == 19 ? new IdNumber(string.Concat(number.AsSpan(0, 6), number.AsSpan(8, 9)), Birth) : null;
    }

    /// <summary>The check of the first 17 digits (GB 11643-1999: weights from the left, R = Σ mod 11).</summary>
    public static char CheckOf(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (digits[i] - '0') * Weights[i];
        return Checks[sum % 11];
    }

    public override string ToString() => Personal.Mask;
}

/// <summary>Neither 15 nor 18 characters.</summary>
public sealed record IdLengthWrong() : FieldRefusal("docNo", "id_length_wrong", RefusalKind.Invalid,
    "An identity number has 18 characters, or 15 digits in its old form.", "身份证号码应为18位（旧号码为15位）。");

/// <summary>A character that is no digit.</summary>
public sealed record IdCharacterWrong() : FieldRefusal("docNo", "id_character_wrong", RefusalKind.Invalid,
    "An identity number consists of digits; only the last of 18 may be X.", "身份证号码只能由数字组成，仅第18位可为X。");

/// <summary>The check does not fit the digits.</summary>
public sealed record IdCheckWrong() : FieldRefusal("docNo", "id_check_wrong", RefusalKind.Invalid,
    "The last character of the identity number does not fit the others: a digit is wrong. Read it again.", "身份证号码校验位不符，有数字录入错误，请重新核对。");

/// <summary>The date in the number is no day, or lies ahead.</summary>
public sealed record IdBirthWrong() : FieldRefusal("docNo", "id_birth_wrong", RefusalKind.Invalid,
    "The date of birth in the identity number is no real day up to today. Read the number again.", "身份证号码中的出生日期不是真实的已过日期，请重新核对。");
