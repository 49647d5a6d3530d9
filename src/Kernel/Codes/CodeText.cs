using System.Text;

namespace Qipan.Kernel.Codes;

/// <summary>Brings what people type into the form that codes are compared in.</summary>
static class CodeText
{
    /// <summary>Compatibility form (full-width becomes plain), upper case, without white space, hyphens and middle dots.</summary>
    public static string Plain(string text)
    {
        foreach (var c in text)
            if (!(char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)))
                return Clean(text);
        return text;
    }

    static string Clean(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
            if (!char.IsWhiteSpace(c) && c is not ('-' or '–' or '·' or '•' or '.'))
                plain.Append(char.ToUpperInvariant(c));
        return plain.ToString();
    }
}
