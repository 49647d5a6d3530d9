using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Qipan.Kernel;

namespace Qipan.Server.Settings;

/// <summary>
/// The settings that hold: code default, then qipan.json in the data folder, then QIPAN_SECTION__NAME, then flag. All valid, or
/// the refusal <c>settings_invalid</c> that names the setting and its source.
/// </summary>
public sealed class LoadedSettings
{
    /// <summary>The file in the data folder.</summary>
    public const string File = "qipan.json";

    readonly Dictionary<Type, object> records;

    LoadedSettings(Dictionary<Type, object> records, IReadOnlyList<EffectiveSetting> effective)
    {
        this.records = records;
        Effective = effective;
    }

    /// <summary>Every setting in the catalogue's order.</summary>
    public IReadOnlyList<EffectiveSetting> Effective { get; }

    /// <summary>Each section's record, to be registered under its own type.</summary>
    public IReadOnlyDictionary<Type, object> Records => records;

    public T Get<T>() => (T)records[typeof(T)];

    /// <summary>Reads all sources.</summary>
    /// <param name="folder">The data folder; itself the setting storage.folder.</param>
    /// <param name="environment">Variables by name; null for the process's own.</param>
    /// <param name="flags">By name: storage.connection.</param>
    public static Outcome<LoadedSettings> Load(string? folder, IDictionary? environment = null, IReadOnlyDictionary<string, string>? flags = null)
    {
        var given = new Dictionary<string, (string Value, string Source)>(StringComparer.OrdinalIgnoreCase);
        if (folder is not null && ReadFile(Path.Combine(folder, File), given) is { } wrongFile)
            return wrongFile;
        if (ReadEnvironment(environment ?? Environment.GetEnvironmentVariables(), given) is { } wrongVariable)
            return wrongVariable;
        if (folder is not null)
            given["storage.folder"] = (folder, "flag");
        foreach (var (name, value) in flags ?? new Dictionary<string, string>(StringComparer.Ordinal))
            given[name] = (value, "flag");
        return Fill(given);
    }

    static Outcome<LoadedSettings> Fill(Dictionary<string, (string Value, string Source)> given)
    {
        var filled = SettingsCatalog.Sections.ToDictionary(s => s.Record, s => Activator.CreateInstance(s.Record)!);
        var effective = new List<EffectiveSetting>();
        foreach (var (section, record, property) in SettingsCatalog.Properties())
        {
            var name = SettingsCatalog.NameOf(section, property);
            var source = "default";
            if (given.Remove(name, out var said))
            {
                source = said.Source;
                if (!TryConvert(said.Value, property.PropertyType, out var value))
                    return new SettingsInvalid(name, source, $"'{Shown(property, said.Value)}' is not {KindOf(property.PropertyType)}");
                property.SetValue(filled[record], value);
            }
            if (Problem(filled[record], property) is { } problem)
                return new SettingsInvalid(name, source, problem);
            effective.Add(new EffectiveSetting(name, Shown(property, Text(property.GetValue(filled[record]))), source, Sentences.Of(property)));
        }
        if (given.Count > 0)
            return new SettingsInvalid(given.First().Key, given.First().Value.Source, "there is no such setting; `qipan settings` lists all");
        return new LoadedSettings(filled, effective);
    }

    static SettingsInvalid? ReadFile(string path, Dictionary<string, (string, string)> given)
    {
        if (!System.IO.File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllText(path), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            foreach (var section in json.RootElement.EnumerateObject())
            {
                if (section.Value.ValueKind != JsonValueKind.Object)
                    return new SettingsInvalid(section.Name, File, "a section is an object: { \"server\": { \"urls\": … } }");
                foreach (var value in section.Value.EnumerateObject())
                    given[$"{section.Name}.{value.Name}"] = (value.Value.ToString(), File);
            }
            return null;
        }
        catch (JsonException broken)
        {
            return new SettingsInvalid(File, $"line {broken.LineNumber + 1}", "is not JSON");
        }
        catch (InvalidOperationException)
        {
            return new SettingsInvalid(File, "line 1", "is not a JSON object");
        }
    }

    static SettingsInvalid? ReadEnvironment(IDictionary environment, Dictionary<string, (string, string)> given)
    {
        var known = SettingsCatalog.Properties()
            .ToDictionary(p => SettingsCatalog.VariableOf(p.Section, p.Property), p => SettingsCatalog.NameOf(p.Section, p.Property), StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in environment)
        {
            var variable = (string)entry.Key;
            if (known.TryGetValue(variable, out var name))
                given[name] = ((string?)entry.Value ?? "", variable);
            else if (variable.StartsWith("QIPAN_", StringComparison.OrdinalIgnoreCase) && variable.Contains("__", StringComparison.Ordinal))
                return new SettingsInvalid(variable, "the environment", "there is no such setting; `qipan settings` lists all");
        }
        return null;
    }

    static bool TryConvert(string text, Type type, out object? value)
    {
        (var ok, value) = (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var t when t == typeof(string) => (true, text),
            var t when t == typeof(bool) => (bool.TryParse(text, out var b), (object)b),
            var t when t == typeof(int) => (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var i), i),
            var t when t == typeof(long) => (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var l), l),
            var t when t == typeof(double) => (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d), d),
            var t when t == typeof(TimeSpan) => (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var s), s),
            var t when t.IsEnum => (Enum.TryParse(t, text, ignoreCase: true, out var e) && Enum.IsDefined(t, e!), e!),
            var t => throw new InvalidOperationException($"A setting of type {t.Name} cannot be read; use a number, text, bool, enum or TimeSpan."),
        };
        return ok;
    }

    static string KindOf(Type type) => type == typeof(bool) ? "true or false" : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(TimeSpan) ? "a time span such as 00:05:00" : "a number";

    static string? Problem(object record, PropertyInfo property)
    {
        var problems = new List<ValidationResult>();
        var context = new ValidationContext(record) { MemberName = property.Name, DisplayName = "the value" };
        return Validator.TryValidateProperty(property.GetValue(record), context, problems)
            ? null : problems[0].ErrorMessage!.Replace("The field the value", "the value", StringComparison.Ordinal).TrimEnd('.');
    }

    static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    static string Shown(PropertyInfo property, string value) => SettingsCatalog.IsSecret(property) && value.Length > 0 ? Personal.Mask : value;
}

/// <summary>A setting is wrong, so the program does not start.</summary>
public sealed record SettingsInvalid(string Setting, string Source, string Why) : Refusal("settings_invalid", RefusalKind.Invalid,
    $"The setting {Setting} (from {Source}) is not valid: {Why}.", $"设置项 {Setting}（来源：{Source}）无效：{Why}。");
