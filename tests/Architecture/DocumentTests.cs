using System.Text.RegularExpressions;
using Xunit;

namespace Qipan.Architecture;

/// <summary>What the documents point at is there, and what is there stands in a document.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_link_of_a_document_leads_somewhere()
    {
        var broken = from file in Tree.Files([".md"])
                     from Match link in Link().Matches(Fence().Replace(Tree.Read(file), ""))
                     let target = link.Groups["target"].Value
                     where !target.Contains("://", StringComparison.Ordinal)
                     let path = Path.GetFullPath(Path.Combine(Tree.Root, Path.GetDirectoryName(file) ?? "", target))
                     where !File.Exists(path) && !Directory.Exists(path)
                     select $"{file}: {target}";
        Assert.Empty(broken);
    }

    [Theory, InlineData("src/Journey/README.md"), InlineData("docs/way-of-a-sample.md")]
    public void Every_stage_of_the_journey_stands_in_the_documents_of_the_way(string document)
    {
        var text = Tree.Read(document);
        var stages = Directory.GetDirectories(Path.Combine(Tree.Root, "src/Journey")).Select(d => Path.GetFileName(d)!).ToList();
        Assert.NotEmpty(stages);
        Assert.Empty(stages.Where(s => !text.Contains($"{s})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_command_stands_in_a_document()
    {
        var text = string.Concat(Tree.Files([".md"]).Select(Tree.Read));
        var commands = Command().Matches(string.Concat(Tree.Files([".cs"]).Where(f => f.StartsWith("src/Cli/", StringComparison.Ordinal)).Select(Tree.Read)))
            .Select(m => m.Groups["verb"].Value).Distinct().ToList();
        Assert.Contains("demo", commands);
        Assert.Empty(commands.Where(c => !Regex.IsMatch(text, $@"(qipan|engine|import|export|protocol|mapping|staff|persons) {Regex.Escape(c)}\b", RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)[^)]*\)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("new Command\\(\"(?<verb>[a-z-]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Command();
}
