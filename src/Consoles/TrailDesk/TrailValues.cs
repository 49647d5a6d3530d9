using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Qipan.Consoles.ContactDesk;
using Qipan.Consoles.Shell;
using Qipan.Consoles.Texts;

namespace Qipan.Consoles.TrailDesk;

/// <summary>
/// The values of facts as a reader reads them: instants by the deployment's clock, words of states and short sentences in the reader's language. What is not
/// known, such as a reason that somebody wrote, stays as it is.
/// </summary>
static partial class TrailValues
{
    /// <summary>The enumeration whose word a fact shows; of a state it is named like the thing.</summary>
    static readonly FrozenDictionary<(string Kind, string Fact), string> Lists = new Dictionary<(string, string), string>
    {
        [("registration", "result")] = "ResultState",
        [("registration", "specimen")] = "Specimen",
        [("registration", "identified by")] = "IdMethod",
        [("duplicate_pair", "state")] = "PairState",
        [("person", "identity")] = "IdentityConfidence",
        [("person", "now")] = "PresentKind",
        [("alert_member", "where")] = "PresentKind",
        [("case", "source")] = "SourceState",
        [("case", "investigation")] = "InvestigationState",
        [("itinerary_item", "known from")] = "ItinerarySource",
        [("antigen", "result")] = "AntigenResult",
    }.ToFrozenDictionary();

    static readonly TrailPatterns Sentences = new("said.");

    public static string Of(Reader reader, string kind, string fact, string value)
    {
        var said = reader.Language != "zh" ? value
            : fact == "rating" && value.Split(": ", 2) is [var rated, var factors] ? $"{rated}：{reader.Rating(factors)}"
            : Chinese(Lists.GetValueOrDefault((kind, fact)) ?? (fact.StartsWith("state", StringComparison.Ordinal) ? Pascal(kind) + "State" : null), value);
        return Instants().Replace(said, at => DateTimeOffset.TryParse(at.Value, CultureInfo.InvariantCulture, out var instant) ? reader.Exactly(instant) + Fraction(at.Value) : at.Value);
    }

    static string Chinese(string? list, string value)
    {
        if (list is not null && Sentence.All.GetValueOrDefault($"{list}.{Pascal(value)}") is { } word)
            return word;
        if (Sentence.Trail.GetValueOrDefault("value." + value) is { } plain)
            return plain;
        return Sentences.Chinese(value, part => Chinese(list, part)) ?? value;
    }

    /// <summary>Of two facts of one second the thousandths say which was first.</summary>
    static string Fraction(string instant) => instant.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? instant[point..].TrimEnd('Z') : "";

    static string Pascal(string value) => string.Concat(value.Split('_', ' ').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    [GeneratedRegex(TrailPatterns.Instant, RegexOptions.CultureInvariant, 100)]
    private static partial Regex Instants();
}
