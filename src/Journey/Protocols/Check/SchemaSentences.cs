using System.Globalization;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Qipan.Protocols;

/// <summary>What the schema's complaints mean, for somebody who writes a protocol.</summary>
static class SchemaSentences
{
    /// <summary>A code and a sentence.</summary>
    /// <param name="path">Where, in the document.</param>
    /// <param name="text">The scalar that stands there, if one does.</param>
    /// <param name="error">The complaint.</param>
    public static (string Code, string Sentence) Of(string path, string? text, ValidationError error)
    {
        var name = path.Length == 0 ? "the document" : $"'{path}'";
        var found = text is null ? "" : $", not '{Short(text)}'";
        var schema = error.Schema.ActualSchema;
        return error.Kind switch
        {
            ValidationErrorKind.NoAdditionalPropertiesAllowed => ("unknown_key", $"The key {name} is unknown.{Suggestion(error)}"),
            ValidationErrorKind.PropertyRequired => ("missing_key", $"The key {name} is missing.{About(schema, error.Property)}"),
            ValidationErrorKind.StringExpected => ("wrong_type", $"{Upper(name)} must be text{found}. Put it in quotes."),
            ValidationErrorKind.IntegerExpected => ("wrong_type", $"{Upper(name)} must be a whole number{found}."),
            ValidationErrorKind.NumberExpected => ("wrong_type", $"{Upper(name)} must be a number{found}."),
            ValidationErrorKind.BooleanExpected => ("wrong_type", $"{Upper(name)} must be true or false{found}."),
            ValidationErrorKind.ArrayExpected => ("wrong_type",
                $"{Upper(name)} must be a list{found}. Write [a, b], or lines that begin with '-'."),
            ValidationErrorKind.ObjectExpected => ("wrong_type", $"{Upper(name)} must be a map of keys and values{found}."),
            ValidationErrorKind.NoTypeValidates => ("wrong_type", $"{Upper(name)} must be {Types(schema)}{found}."),
            ValidationErrorKind.NotInEnumeration => ("not_allowed_value",
                $"{Upper(name)} must be one of {string.Join(", ", schema.Enumeration)}{found}."),
            ValidationErrorKind.NumberTooSmall => ("out_of_range",
                string.Create(CultureInfo.InvariantCulture, $"{Upper(name)} must be at least {schema.Minimum}{found}.")),
            ValidationErrorKind.NumberTooBig or ValidationErrorKind.IntegerTooBig => ("out_of_range",
                string.Create(CultureInfo.InvariantCulture, $"{Upper(name)} must be at most {schema.Maximum}{found}.")),
            ValidationErrorKind.TooFewItems => ("out_of_range", $"{Upper(name)} must have at least {schema.MinItems} items."),
            ValidationErrorKind.TooManyItems => ("out_of_range", $"{Upper(name)} must have at most {schema.MaxItems} items."),
            ValidationErrorKind.ItemsNotUnique => ("twice", $"{Upper(name)} names something twice."),
            ValidationErrorKind.DateExpected => NotADate(name, text),
            ValidationErrorKind.PatternMismatch when schema.Format == JsonFormatStrings.Date => NotADate(name, text),
            ValidationErrorKind.PatternMismatch => ("wrong_form", $"{Upper(name)} does not have its form{found}. {schema.Description}"),
            ValidationErrorKind.StringTooShort => ("wrong_form", $"{Upper(name)} is empty."),
            ValidationErrorKind.StringTooLong => ("wrong_form", $"{Upper(name)} is longer than {schema.MaxLength} characters."),
            _ => ("schema", $"{Upper(name)} does not fit the schema: {error.Kind}{found}."),
        };
    }

    public static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    static (string, string) NotADate(string name, string? text) =>
        ("not_a_date", $"{Upper(name)} must be a date of the calendar, as 2022-06-28{(text is null ? "" : $", not '{Short(text)}'")}.");

    static string Upper(string name) => name == "the document" ? "The document" : name;

    static string Types(JsonSchema schema) => string.Join(" or ",
        new[] { JsonObjectType.Number, JsonObjectType.Integer, JsonObjectType.String, JsonObjectType.Null }
        .Where(t => schema.Type.HasFlag(t)).Select(t => t == JsonObjectType.Null ? "null" : $"a {t.ToString().ToLowerInvariant()}"));

    static string About(JsonSchema schema, string? property) =>
        property is not null && schema.Properties.TryGetValue(property, out var missing)
            && (missing.Description ?? missing.ActualSchema.Description) is { } text ? $" {text}" : "";

    static string Suggestion(ValidationError error)
    {
        var known = error.Schema.ActualSchema.Properties.Keys;
        if (error.Property is not { Length: > 0 and <= 60 } typed || known.Count is 0)
            return "";
        var nearest = known.MinBy(k => Distance(k, typed))!;
        return Distance(nearest, typed) <= Math.Max(2, typed.Length / 3)
            ? $" Did you mean '{nearest}'?"
            : $" Known here: {string.Join(", ", known)}.";
    }

    // Levenshtein with one row.
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
