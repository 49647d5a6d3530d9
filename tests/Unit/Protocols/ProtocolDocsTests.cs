using System.Globalization;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

/// <summary>docs/protocols.md shows the packs as they are, and its example is a file that is read.</summary>
public sealed class ProtocolDocsTests
{
    static readonly string Page = Read();

    [Fact]
    public void The_table_of_the_packs_is_current()
    {
        var table = string.Join('\n', ProtocolBook.Load().Value.All.Select(Row));
        Assert.True(Page.Contains(table, StringComparison.Ordinal), $"docs/protocols.md must hold this table:\n{table}");
    }

    [Fact]
    public void Every_group_and_every_code_of_a_finding_is_explained()
    {
        Assert.Empty(RuleGroups.All.Select(g => $"`{g.Key}`").Where(k => !Page.Contains(k, StringComparison.Ordinal)));
        string[] codes =
        [
            "yaml_syntax", "not_utf8", "too_large", "too_deep", "alias", "tag", "second_document", "empty", "duplicate_key", "key",
            "unreadable",
            "unknown_key", "missing_key", "wrong_type", "not_allowed_value", "out_of_range", "wrong_form", "not_a_date", "twice",
            "interval", "jurisdiction", "no_group", "missing_note", "note_path", "test_day", "order", "bound", "fit", "unknown_class",
            "duplicate_id", "equal_rank",
        ];
        Assert.Empty(codes.Where(c => !Page.Contains($"`{c}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_example_is_a_protocol_in_order()
    {
        var text = Page.Split("```yaml\n")[1].Split("```")[0];
        var file = CheckProtocol.Of("example", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.True(file.Findings.Count == 0, string.Join("\n", file.Findings));
    }

    static string Row(Protocol p)
    {
        string?[] cells =
        [
            $"`{p.Version}`", p.Title.Zh, p.Disease,
            p.Jurisdiction.Code.Replace("*", "\\*", StringComparison.Ordinal), Day(p.Effective.From), p.Effective.To is { } to ? Day(to) : "open", p.Priority.ToString(CultureInfo.InvariantCulture), string.Join(", ", p.Groups),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Read()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Qipan.slnx")))
                return File.ReadAllText(Path.Combine(at.FullName, "docs", "protocols.md")).ReplaceLineEndings("\n");
        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
