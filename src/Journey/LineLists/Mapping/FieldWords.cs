using System.Text.Json;
using Qipan.Cases;
using Qipan.Tracing;

namespace Qipan.LineLists;

/// <summary>The words that a field with a fixed vocabulary takes, in snake_case and in Chinese.</summary>
static class FieldWords
{
    static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        ["疑似"] = "suspect",
        ["疑似病例"] = "suspect",
        ["可能"] = "probable",
        ["临床诊断"] = "probable",
        ["确诊"] = "confirmed",
        ["确诊病例"] = "confirmed",
        ["无症状"] = "asymptomatic",
        ["无症状感染者"] = "asymptomatic",
        ["排除"] = "ruled_out",
        ["未分类"] = "unclassified",
        ["轻型"] = "mild",
        ["普通型"] = "ordinary",
        ["重型"] = "severe",
        ["危重型"] = "critical",
        ["治愈"] = "recovered",
        ["死亡"] = "died",
        ["失访"] = "lost",
        ["其他"] = "other",
        ["本土"] = "local",
        ["本地"] = "local",
        ["输入"] = "imported",
        ["境外输入"] = "imported",
        ["不详"] = "unknown",
    };

    static readonly Dictionary<ListField, IReadOnlyDictionary<string, int>> Known = new()
    {
        [ListField.Class] = Of<CaseClass>(),
        [ListField.Severity] = Of<CaseSeverity>(),
        [ListField.Clinical] = Of<ClinicalState>(),
        [ListField.Outcome] = Of<CaseOutcome>(),
        [ListField.Discovery] = Of<Discovery>(),
        [ListField.Origin] = Of<CaseOrigin>(),
        [ListField.Confidence] = Of<LinkConfidence>(),
        [ListField.State] = Of<ContactState>(),
        [ListField.OnsetAbout] = Of(("yes", 1), ("no", 0), ("true", 1), ("false", 0), ("1", 1), ("0", 0)),
        [ListField.Sex] = Of(("male", 1), ("female", 2), ("unknown", 0), ("not_stated", 9)),
    };

    /// <summary>The vocabulary of the field, or null where any text is taken.</summary>
    public static IReadOnlyDictionary<string, int>? Of(ListField field) => Known.GetValueOrDefault(field);

    /// <summary>The number of the word, whatever its case and blanks; null when it is none.</summary>
    public static int? Find(IReadOnlyDictionary<string, int> words, string text)
    {
        if (words.TryGetValue(text, out var number))
            return number;
        var word = text.Trim().ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
        return words.TryGetValue(word, out number) || (Chinese.TryGetValue(text.Trim(), out var chinese) && words.TryGetValue(chinese, out number)) ? number : null;
    }

    static Dictionary<string, int> Of(params (string Word, int Number)[] words) => words.ToDictionary(w => w.Word, w => w.Number, StringComparer.Ordinal);

    static Dictionary<string, int> Of<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().ToDictionary(
            v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()), v => Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
