using System.Text.RegularExpressions;
using Qipan.Consoles.Texts;
using Xunit;

namespace Qipan.Architecture;

/// <summary>Every sentence of a page has its Chinese form, and none is kept that no page says.</summary>
public sealed class PageTextTests
{
    static readonly string[] Sources = [.. Tree.Files(".razor", ".cs").Where(f => f.StartsWith("src/Consoles/"))];

    [Fact]
    public void Every_sentence_of_a_page_stands_in_Chinese()
    {
        var missing = Said().Where(s => !Sentence.All.ContainsKey(s)).Order().ToList();
        Assert.True(missing.Count == 0, $"src/Consoles/Texts/zh.txt lacks:\n{string.Join("\n", missing.Select(m => m + " = "))}");
    }

    [Fact]
    public void Every_value_that_a_page_names_stands_in_Chinese()
    {
        var named = Sentence.All.Keys.Select(k => Regex.Match(k, @"^([A-Z]\w+)\.(\w+)$")).Where(m => m.Success).Select(m => m.Groups[1].Value).Distinct().ToList();
        var types = Tree.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsEnum && named.Contains(t.Name)).ToList();
        var missing = types.SelectMany(t => Enum.GetNames(t).Select(n => $"{t.Name}.{n}")).Where(k => !Sentence.All.ContainsKey(k)).ToList();
        Assert.True(missing.Count == 0, $"src/Consoles/Texts/zh.txt lacks:\n{string.Join("\n", missing.Select(m => m + " = "))}");
        var gone = Sentence.All.Keys.Where(k => named.Any(n => k.StartsWith(n + ".")) && !types.Any(t => Enum.GetNames(t).Contains(k.Split('.')[1]) && k.StartsWith(t.Name + ".")));
        Assert.Empty(gone);
    }

    [Fact]
    public void No_sentence_is_kept_that_no_page_says()
    {
        var text = string.Concat(Sources.Select(Tree.Read));
        Assert.Empty(Sentence.All.Keys.Where(k => !Regex.IsMatch(k, @"^(\w+)\.\w+$") && !text.Contains($"\"{k}\"")));
    }

    /// <summary>A sentence that stands twice breaks every page at its first use.</summary>
    [Fact]
    public void Every_sentence_stands_once()
    {
        var twice = Tree.Read("src/Consoles/Texts/zh.txt").Split('\n').Where(l => l.Contains(" = ")).CountBy(l => l.Split(" = ")[0]).Where(l => l.Value > 1).Select(l => l.Key);
        Assert.Empty(twice);
    }

    /// <summary>The names of facts that the trail's sources write down.</summary>
    [Fact]
    public void Every_fact_that_the_trail_names_stands_in_Chinese()
    {
        var named = Tree.Files(".cs").Where(f => f.StartsWith("src/Journey/") && f.EndsWith("Trail.cs"))
            .SelectMany(f => Regex.Matches(Tree.Read(f), "[(\\[,] ?\\(\"([a-z][a-z ,/]*)\", ")).Select(m => "fact." + m.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 60, $"{named.Count} names were found");
        Assert.Empty(named.Where(n => !Sentence.Trail.ContainsKey(n)));
    }

    /// <summary>What stands in R["…"], in Say("…") and in the lists of names that pages keep.</summary>
    static IEnumerable<string> Said() => Sources.Select(Tree.Read).SelectMany(text =>
        Regex.Matches(text, @"R\[([^\]]*)\]").SelectMany(m => Regex.Matches(m.Groups[1].Value, "\"([^\"]+)\"")).Select(m => m.Groups[1].Value)
            .Concat(Regex.Matches(text, "Say\\(\"([^\"]+)\"").Select(m => m.Groups[1].Value))
            .Concat(Regex.Matches(text, "Sentence\\.In\\(language, \"([^\"]+)\"").Select(m => m.Groups[1].Value))
            .Concat(Regex.Matches(text, "\\(\"([A-Z][^\"]*)\", (?:\"/|\\[)").Select(m => m.Groups[1].Value))
            .Concat(Regex.Matches(text, "\\(\"/?[a-z/]+\", \"([A-Z][^\"]*)\"\\)").Select(m => m.Groups[1].Value))).Distinct();
}
