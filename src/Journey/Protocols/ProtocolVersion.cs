using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Qipan.Protocols;

/// <summary>
/// One version of one protocol 规则版本: what every decision row stores (INV-33). Prints as <c>CN-COVID-8@1</c>, and that text
/// goes into the column <c>protocol</c>.
/// </summary>
/// <param name="Id">Capital letters, digits and dashes.</param>
/// <param name="Version">1 and up.</param>
public sealed record ProtocolVersion(string Id, int Version)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}@{Version}");

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is false.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ProtocolVersion? version)
    {
        version = null;
        var at = text?.LastIndexOf('@') ?? -1;
        if (at < 0 || !IsId(text![..at]) || text.AsSpan(at + 1) is ['0', ..])
            return false;
        if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        version = new ProtocolVersion(text[..at], number);
        return true;
    }

    static bool IsId(string id) => id.Length is >= 2 and <= 40 && id[0] != '-'
        && id.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');
}
