using System.CommandLine;
using System.Text.RegularExpressions;
using Qipan.Cli;
using Qipan.Drill;
using Qipan.Storage;
using Qipan.Testing;
using Xunit;

namespace Qipan.Journey.Tests.Drill;

/// <summary>docs/way-of-a-sample.md quotes the demo; this is the demo's own morning, and every quoted line has to be in its trail.</summary>
public sealed partial class WayOfASampleTests
{
    [Fact]
    public async Task The_program_prints_what_the_way_of_a_sample_quotes()
    {
        var quoted = Quoted(GoldenFile.Read("docs/way-of-a-sample.md"));
        Assert.InRange(quoted.Count, 30, 100);
        await using var day = await DrilledDay.Begin(StoreKind.Sqlite, Scenario.Morning);
        await day.Until(9, 40);
        var alert = Assert.Single(await day.Alerts());
        var member = day.App.Store.Read(s => s.One<Guid>("SELECT person FROM pool_alert_member WHERE alert = @Id ORDER BY person LIMIT 1", new { alert.Id }));
        var printed = new StringWriter();
        Assert.Equal(0, Program.Run(
            ["trail", "duty", $"hold_member.{alert.Id:N}.{member:N}", "--store", day.App.Storage.Folder],
            new InvocationConfiguration { Output = printed, Error = printed, EnableDefaultExceptionHandler = false }));
        var lines = printed.ToString().Split('\n').Select(Masked).ToHashSet();
        Assert.Empty(quoted.Where(q => !lines.Contains(q)));
    }

    static List<string> Quoted(string document) =>
        [.. TextBlock().Matches(document).SelectMany(b => b.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => l.Trim())];

    static string Masked(string line) => Id().Replace(line.Trim(), "…");

    [GeneratedRegex(@"```text\n(?<lines>.*?)```", RegexOptions.Singleline, 1000)]
    private static partial Regex TextBlock();

    [GeneratedRegex("[0-9a-f]{32,64}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
