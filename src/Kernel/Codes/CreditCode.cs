namespace Qipan.Kernel.Codes;

/// <summary>A unified social credit code 统一社会信用代码 of a firm or an institution (GB 32100-2015), 18 characters.</summary>
public readonly record struct CreditCode
{
    CreditCode(string value) => Value = value;

    public string Value { get; }

    public static Outcome<CreditCode> Parse(string? text)
    {
        var code = CodeText.Plain(text ?? "");
        if (code.Length != 18)
            return new CreditCodeLengthWrong();
        if (Mod31.CheckOf(code) is null)
            return new CreditCodeCharacterWrong();
        return Mod31.Holds(code) ? new CreditCode(code) : new CreditCodeCheckWrong();
    }

    public override string ToString() => Value;
}

/// <summary>Not 18 characters.</summary>
public sealed record CreditCodeLengthWrong() : FieldRefusal("uscc", "uscc_length_wrong", RefusalKind.Invalid,
    "A unified social credit code has 18 characters.", "统一社会信用代码应为18位。");

/// <summary>A character that the code never has.</summary>
public sealed record CreditCodeCharacterWrong() : FieldRefusal("uscc", "uscc_character_wrong", RefusalKind.Invalid,
    "A unified social credit code has digits and capital letters without I, O, S, V and Z.", "统一社会信用代码由数字和大写字母组成，不含I、O、S、V、Z。");

/// <summary>The check does not fit.</summary>
public sealed record CreditCodeCheckWrong() : FieldRefusal("uscc", "uscc_check_wrong", RefusalKind.Invalid,
    "The last character of the credit code does not fit the others. Read it again.", "统一社会信用代码校验位不符，请重新核对。");
