using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Kinds of identity documents (WS 364.3 CV02.01.101). The numbers reach disk: append only.</summary>
public enum DocType
{
    /// <summary>居民身份证, GB 11643; also residence permits 81/82/83 of Hong Kong, Macao and Taiwan residents.</summary>
    IdCard = 1,

    /// <summary>户口簿.</summary>
    HouseholdRegister = 2,

    /// <summary>护照.</summary>
    Passport = 3,

    /// <summary>军官证.</summary>
    OfficerCard = 4,

    /// <summary>港澳居民来往内地通行证.</summary>
    HongKongMacaoPermit = 6,

    /// <summary>台湾居民来往大陆通行证.</summary>
    TaiwanPermit = 7,
    Other = 99,
}

/// <summary>Keys under which documents and phones are found without their numbers being kept readable (P-17).</summary>
public static class DocumentKeys
{
    /// <summary>The key of a document: keyed hash of type and number, the number in plain upper case without spaces or hyphens.</summary>
    public static Guid Of(Keyring keyring, DocType type, Personal<string> number) =>
        keyring.LookupKey("document", number.Map(n => $"{(int)type:00}:{Normal(n)}"));

    /// <summary>As above, for a number at hand.</summary>
    public static Guid Of(Keyring keyring, DocType type, string number) => Of(keyring, type, Personal.Of(number));

    /// <summary>The key of a phone number in digits.</summary>
    public static Guid OfPhone(Keyring keyring, string digits) => keyring.LookupKey("phone", Personal.Of(digits));

    /// <summary>The number as keys and seals hold it: compatibility form, upper case, letters and digits only.</summary>
    public static string Normal(string number)
    {
        foreach (var c in number)
            if (!(char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)))
                return Clean(number);
        return number;
    }

    /// <summary>
    /// What is shown in place of a number: the first three and the last four characters of a long one, the last two of a short one.
    /// </summary>
    public static string Masked(string number) => number.Length switch
    {
        >= 12 => string.Concat(number.AsSpan(0, 3), new string('*', number.Length - 7), number.AsSpan(number.Length - 4)),
        >= 5 => string.Concat(new string('*', number.Length - 2), number.AsSpan(number.Length - 2)),
        _ => new string('*', number.Length),
    };

    static string Clean(string number) => string.Concat(number.Normalize(System.Text.NormalizationForm.FormKC)
        .ToUpperInvariant().Where(char.IsLetterOrDigit));
}
