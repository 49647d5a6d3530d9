using System.Buffers;
using System.Globalization;

namespace Qipan.Laboratory.Files;

/// <summary>Reads the text of a Ct cell. Pure; never throws.</summary>
sealed class CtText(IReadOnlyCollection<string> undetermined, double max, bool? decimalComma = null)
{
    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,+-eE");
    readonly HashSet<string> none = new(undetermined.Select(word => word.Trim()), StringComparer.OrdinalIgnoreCase);

    /// <summary>True once a decimal comma was met without a mapping that says so.</summary>
    public bool CommaMet { get; private set; }

    /// <summary>The reading, or the problem that refuses it.</summary>
    public (CtReading Reading, double? Ct, (string Code, string Sentence, string Chinese)? Problem) Read(string text)
    {
        text = text.Trim();
        if (none.Contains(text))
            return (CtReading.Undetermined, null, null);
        if (text.Length == 0)
            return (CtReading.Blank, null, null);
        if (text.Length > 40 || text.AsSpan().ContainsAnyExcept(NumberCharacters))
            return (CtReading.Blank, null, FileProblems.CtNotNumber);
        var comma = text.Contains(',', StringComparison.Ordinal);
        if (comma ? decimalComma == false : decimalComma == true && text.Contains('.', StringComparison.Ordinal))
            return (CtReading.Blank, null, FileProblems.CtDecimalMark);
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (comma && text.Contains('.', StringComparison.Ordinal)
            || !double.TryParse(text.Replace(',', '.'), Style, CultureInfo.InvariantCulture, out var ct)
            || !double.IsFinite(ct))
        {
            return (CtReading.Blank, null, FileProblems.CtNotNumber);
        }
        if (ct <= 0)
            return (CtReading.Blank, null, FileProblems.CtNotPositive);
        if (ct > max)
            return (CtReading.Blank, null, FileProblems.CtTooHigh);
        CommaMet |= comma && decimalComma is null;
        return (CtReading.Determined, ct, null);
    }
}
