namespace Qipan.Http;

/// <summary>A member of an enum in an address, written as in JSON: <c>under_quarantine</c>. A word that is none, or a number, is a bad parameter.</summary>
public readonly record struct WireWord<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    public static bool TryParse(string? text, IFormatProvider? provider, out WireWord<TEnum> word)
    {
        var known = Enum.TryParse<TEnum>(text?.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]);
        word = new(value);
        return known;
    }
}
