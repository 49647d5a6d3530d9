using Qipan.Protocols;
using Qipan.Protocols.Yaml;

namespace Qipan.LineLists;

/// <summary>What a mapping's schema cannot say: words of vocabularies, forms of dates, columns that a list of its kind needs.</summary>
static class MappingChecks
{
    public static IEnumerable<Finding> Of(string file, YamlMap root, ListMapping mapping)
    {
        Finding At(string path, string code, string sentence) => new(file, root.PlaceOf(path).Line, root.PlaceOf(path).Column, path, code, sentence);

        foreach (var field in ListFields.Needed(mapping.Kind).Where(f => !mapping.Columns.ContainsKey(f)))
            yield return At("columns", "column_missing", $"A list of this kind needs the column of '{ListFields.NameOf(field)}': name its head.");
        foreach (var (field, heads) in mapping.Columns.Where(c => c.Value.Any(h => ListFields.Plain(h).Length == 0)))
            yield return At($"columns.{ListFields.NameOf(field)}", "wrong_form", $"A head has at least one letter or digit; one of {heads.Count} has none.");
        foreach (var (field, values) in mapping.Values)
        {
            if (FieldWords.Of(field) is not { } words)
                continue;
            foreach (var (text, word) in values)
                if (word.Length > 0 && FieldWords.Find(words, word) is null)
                    yield return At($"values.{ListFields.NameOf(field)}.{text}", "word_unknown",
                        $"'{SchemaSentences.Short(word)}' is no word of {ListFields.NameOf(field)}. Known: {string.Join(", ", words.Keys)}; empty means: not said.");
        }
        foreach (var (field, text) in mapping.Defaults)
            if (FieldWords.Of(field) is { } words && FieldWords.Find(words, text) is null)
                yield return At($"defaults.{ListFields.NameOf(field)}", "word_unknown",
                    $"'{SchemaSentences.Short(text)}' is no word of {ListFields.NameOf(field)}. Known: {string.Join(", ", words.Keys)}.");
        for (var i = 0; i < mapping.Dates.Count; i++)
            if (!DateForms.IsForm(mapping.Dates[i]))
                yield return At($"dates[{i}]", "date_form", $"'{SchemaSentences.Short(mapping.Dates[i])}' is no form of dates. Write yyyy-MM-dd, d/M/yyyy, serial …");
    }
}
