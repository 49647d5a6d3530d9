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
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>The enumeration whose word a fact shows, where words of several are written alike.</summary>
    static readonly FrozenDictionary<(string Kind, string Fact), string> Lists = new Dictionary<(string, string), string>
    {
        [("tube", "state")] = "TubeState",
        [("box", "state")] = "BoxState",
        [("registration", "state")] = "RegistrationState",
        [("registration", "result")] = "ResultState",
        [("registration", "specimen")] = "Specimen",
        [("registration", "identified by")] = "IdMethod",
        [("unit", "state")] = "UnitState",
        [("staff", "state")] = "StaffState",
        [("merge", "state")] = "MergeState",
        [("duplicate_pair", "state")] = "PairState",
        [("person", "identity")] = "IdentityConfidence",
        [("person", "now")] = "PresentKind",
        [("alert_member", "where")] = "PresentKind",
        [("case", "source")] = "SourceState",
        [("case", "investigation")] = "InvestigationState",
        [("itinerary_item", "known from")] = "ItinerarySource",
        [("antigen", "result")] = "AntigenResult",
    }.ToFrozenDictionary();

    /// <summary>Sentences with values in them, the one with the most fixed words first.</summary>
    static readonly IReadOnlyList<(Regex English, string Chinese)> Sentences = [.. Sentence.Trail.Where(s => s.Key.StartsWith("said.", StringComparison.Ordinal))
        .OrderByDescending(s => s.Key.Length)
        .Select(s => (new Regex($"^{Regex.Escape(s.Key["said.".Length..]).Replace("\\{t}", $"({Instant})").Replace("\\{n}", "(\\d+)").Replace("\\{0}", "(.+?)").Replace("\\{1}", "(.+?)").Replace("\\{2}", "(.+)")}$",
            RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking, Longest), s.Value))];

    const string Instant = @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? ?(?:Z|[+-]\d\d:\d\d)";

    public static string Of(Reader reader, string kind, string fact, string value)
    {
        var said = reader.Language != "zh" ? value
            : fact == "rating" && value.Split(": ", 2) is [var rated, var factors] ? $"{rated}：{reader.Rating(factors)}"
            : Chinese(Lists.GetValueOrDefault((kind, fact)), value);
        return Instants().Replace(said, at => DateTimeOffset.TryParse(at.Value, CultureInfo.InvariantCulture, out var instant) ? reader.Exactly(instant) + Fraction(at.Value) : at.Value);
    }

    static string Chinese(string? list, string value)
    {
        if (list is not null && Sentence.All.GetValueOrDefault($"{list}.{Pascal(value)}") is { } word)
            return word;
        if (Sentence.Trail.GetValueOrDefault("value." + value) is { } plain)
            return plain;
        foreach (var (pattern, chinese) in Sentences)
            if (pattern.Match(value) is { Success: true } found)
                return string.Format(CultureInfo.InvariantCulture, chinese, [.. found.Groups.Values.Skip(1).Select(g => (object)Chinese(list, g.Value))]);
        return value;
    }

    /// <summary>Of two facts of one second the thousandths say which was first.</summary>
    static string Fraction(string instant) => instant.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? instant[point..].TrimEnd('Z') : "";

    static string Pascal(string value) => string.Concat(value.Split('_', ' ').Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    [GeneratedRegex(Instant, RegexOptions.CultureInvariant, 100)]
    private static partial Regex Instants();
}
