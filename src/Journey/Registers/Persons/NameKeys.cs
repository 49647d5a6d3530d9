using System.Globalization;
using System.Text;

namespace Qipan.Registers;

/// <summary>The form of a name under which it is searched and near-duplicates are found.</summary>
public static class NameKeys
{
    const int Longest = 60;

    /// <summary>
    /// Compatibility form (full-width letters become plain), without spaces, dots and hyphens, lower case; the middle dot of
    /// minority names is dropped in all its forms. Empty for an empty name. Two names with one key are alike, not the same.
    /// </summary>
    public static string Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return "";
        if (IsPlainHan(name))
            return name;
        var key = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKC))
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                key.Append(char.ToLowerInvariant(c));
        return key.Length > Longest ? key.ToString(0, Longest) : key.ToString();
    }

    static bool IsPlainHan(string name)
    {
        if (name.Length > Longest)
            return false;
        foreach (var c in name)
            if (c is < '\u4e00' or > '\u9fff')
                return false;
        return true;
    }
}
