using System.Text;
using Qipan.Protocols;
using Qipan.Protocols.Yaml;
using Xunit;

namespace Qipan.Unit.Protocols;

public sealed class HostileFileTests
{
    [Fact]
    public void A_bomb_of_aliases_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        Assert.Equal(["alias"], Codes(bomb.ToString()));
    }

    [Theory]
    [InlineData("[", "")]
    [InlineData("{a: ", "")]
    [InlineData("[", "]")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void Deep_nesting_is_refused_and_does_not_exhaust_the_stack(string open, string close) =>
        Assert.Contains(Assert.Single(Codes(Times(open, 50_000) + Times(close, 50_000))), new[] { "too_deep", "yaml_syntax" });

    [Fact]
    public void More_values_than_a_protocol_has_are_refused() =>
        Assert.Equal(["too_large"], Codes("a: [" + string.Join(",", Enumerable.Repeat("1", 30_000)) + "]"));

    [Fact]
    public void A_file_of_100_MB_is_refused_after_its_first_megabyte()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "big.yaml");
        using (var file = File.Create(path))
            file.SetLength(100L << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var finding = Assert.Single(CheckFile.Of(path).Findings);
        Assert.Equal("too_large", finding.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 * ReadYaml.MaxBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# nothing\n")]
    public void An_empty_file_is_refused(string text) => Assert.Equal(["empty"], Codes(text));

    [Theory]
    [InlineData("- a\n- b\n", "wrong_type")]
    [InlineData("just a word", "wrong_type")]
    [InlineData("12", "wrong_type")]
    [InlineData("~", "wrong_type")]
    [InlineData("a: b: c", "yaml_syntax")]
    [InlineData("a: \"unclosed", "yaml_syntax")]
    [InlineData("a:\n\t- tab", "yaml_syntax")]
    [InlineData("{[a, b]: c}", "key")]
    [InlineData("%YAML 9.9\n---\na: 1", "yaml_syntax")]
    [InlineData("@", "yaml_syntax")]
    public void What_is_no_protocol_is_refused(string text, string code) => Assert.Contains(code, Codes(text));

    [Fact]
    public void Another_encoding_is_refused_by_name_and_a_byte_order_mark_is_read_over()
    {
        var text = Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/WHO-CHOLERA.yaml"));
        Assert.Empty(CheckProtocol.Of("bom", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]).Findings);
        Assert.Equal("not_utf8", Assert.Single(CheckProtocol.Of("utf-16", Encoding.Unicode.GetBytes(text)).Findings).Code);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var finding = Assert.Single(CheckProtocol.Of("gb18030", Encoding.GetEncoding("GB18030").GetBytes(text)).Findings);
        Assert.Equal(("not_utf8", 9), (finding.Code, finding.Line));
        Assert.Empty(CheckProtocol.Of("crlf", Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n"))).Findings);
    }

    [Fact]
    public void A_pack_cut_off_at_any_byte_is_refused_or_read_and_never_breaks()
    {
        var bytes = ProtocolPacks.Read("protocols/WHO-EBOLA.yaml");
        for (var length = 0; length < bytes.Length - 1; length += 41)
        {
            var file = CheckProtocol.Of("cut", bytes.AsSpan(0, length));
            Assert.True(file.Protocol is not null || file.Findings.Count > 0);
        }
    }

    [Fact]
    public void A_pack_with_any_line_gone_or_garbled_never_breaks()
    {
        var lines = Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/CN-COVID-8.yaml")).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var broken = (i % 4) switch
            {
                0 => null,
                1 => "  x: [1, {y: 2}]",
                2 => lines[i].Replace(':', ','),
                _ => lines[i].Replace("{", "["),
            };
            var text = string.Join('\n', lines.Select((l, n) => n == i ? broken : l).OfType<string>());
            var file = CheckProtocol.Of("garbled", Encoding.UTF8.GetBytes(text));
            Assert.True(file.Protocol is not null || file.Findings.Count > 0);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_finding()
    {
        Assert.Equal("unreadable", Assert.Single(CheckFile.Of("/nowhere/at/all.yaml").Findings).Code);
        Assert.Equal("unreadable", Assert.Single(CheckFile.Of(Path.GetTempPath()).Findings).Code);
    }

    static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    static IEnumerable<string> Codes(string text) => CheckProtocol.Of("hostile.yaml", Encoding.UTF8.GetBytes(text)).Findings
        .Select(f => f.Code).Distinct();
}
