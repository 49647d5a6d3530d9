using System.Collections.Frozen;
using System.Globalization;

namespace Qipan.Consoles.Texts;

/// <summary>
/// The pages' sentences. The English sentence is the key and stands in the page itself; the Chinese one stands in <c>zh.txt</c>,
/// one per line as <c>English = 中文</c>. A sentence that is missing there shows in English, and a test fails.
/// </summary>
static class Sentence
{
    static readonly FrozenDictionary<string, string> Chinese = Read("zh.txt");
    static readonly FrozenDictionary<string, string> ChineseSettings = Read("settings-zh.txt");

    static readonly FrozenDictionary<string, string> ChineseTrail = Read("trail-zh.txt");

    public static IReadOnlyDictionary<string, string> All => Chinese;

    /// <summary>What sources of the trail say, in Chinese: <c>action.</c> and <c>fact.</c> with their words, <c>title.</c> with its sentence, <c>titled.</c> with a word in one, <c>value.</c> and <c>said.</c> with what facts say.</summary>
    public static IReadOnlyDictionary<string, string> Trail => ChineseTrail;

    public static string In(string language, string english, params ReadOnlySpan<object?> values)
    {
        var text = language == "zh" ? Chinese.GetValueOrDefault(english, english) : english;
        return values.IsEmpty ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }

    /// <summary>What settings do, in Chinese, by their names.</summary>
    public static IReadOnlyDictionary<string, string> Settings => ChineseSettings;

    /// <summary>What a setting does; in English, as its record says it.</summary>
    public static string OfSetting(string language, AdminDesk.SettingShown setting) =>
        language == "zh" ? ChineseSettings.GetValueOrDefault(setting.Name, setting.Sentence) : setting.Sentence;

    static FrozenDictionary<string, string> Read(string file)
    {
        using var reader = new StreamReader(typeof(Sentence).Assembly.GetManifestResourceStream(file)!);
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split(" = ", 2) is [var english, var chinese])
                read.Add(english, chinese);
        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
