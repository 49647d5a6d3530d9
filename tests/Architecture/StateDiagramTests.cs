using System.Text;
using System.Text.RegularExpressions;
using Qipan.Testing;
using Xunit;

namespace Qipan.Architecture;

/// <summary>
/// Diagrams in the docs are printed from the tables. A page asks for one with <c>&lt;!-- states: THING --&gt;</c>, and what follows until
/// <c>&lt;!-- end --&gt;</c> is written by <c>QIPAN_UPDATE=true tests/run Architecture</c>.
/// </summary>
public sealed partial class StateDiagramTests
{
    [Fact]
    public void Every_diagram_of_the_docs_is_printed_from_its_table()
    {
        var pages = Tree.Files(".md").Where(f => f.StartsWith("docs/") && Marked().IsMatch(Tree.Read(f))).ToList();
        Assert.Contains("docs/duties.md", pages);
        foreach (var page in pages)
            GoldenFile.Hold(page, Marked().Replace(Tree.Read(page), m => $"<!-- states: {m.Groups["thing"].Value} -->\n{Print(m.Groups["thing"].Value)}<!-- end -->"));
    }

    static string Print(string thing)
    {
        var table = StateTableTests.All.Single(t => t.Thing == thing);
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        var order = Enum.GetNames(table.State).ToList();
        foreach (var (from, to) in table.Transitions.OrderBy(t => order.IndexOf(t.From)).ThenBy(t => order.IndexOf(t.To)))
            text.Append("    ").Append(from).Append(" --> ").Append(to).Append('\n');
        return text.Append("```\n").ToString();
    }

    [GeneratedRegex("<!-- states: (?<thing>[a-z ]+) -->\n(?<diagram>.*?)<!-- end -->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marked();
}
