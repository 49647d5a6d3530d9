namespace Qipan.Kernel.Codes;

/// <summary>
/// The check of GB 32100-2015, also used for our own tube and box codes: weights 3^(i−1) mod 31 over an alphabet of 31 characters
/// without I, O, S, V and Z; check = (31 − Σ mod 31) mod 31. 31 is prime and 3 has order 30, so within 30 characters every single
/// wrong character and every exchange of two characters shows.
/// </summary>
static class Mod31
{
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>The check of all characters, or null when one of them is not in the alphabet.</summary>
    public static char? CheckOf(ReadOnlySpan<char> text)
    {
        var sum = 0;
        var weight = 1;
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
                return null;
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>True when the last character is the check of the others.</summary>
    public static bool Holds(ReadOnlySpan<char> text) => text.Length > 1 && CheckOf(text[..^1]) == text[^1];
}
