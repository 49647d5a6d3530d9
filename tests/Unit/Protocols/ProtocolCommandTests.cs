using System.CommandLine;
using System.Text.Json;
using Qipan.Cli;
using Qipan.Protocols;
using Xunit;

namespace Qipan.Unit.Protocols;

public sealed class ProtocolCommandTests
{
    [Fact]
    public void Check_says_that_a_file_is_in_order_and_ends_with_0()
    {
        using var folder = new TempFolder();
        ExerciseProtocol.WriteTo(folder.Path);
        var (code, output, error) = Run("protocol", "check", folder.Path);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("QIPAN-EXERCISE@1 is in order", output);
    }

    [Fact]
    public void Check_names_file_line_column_and_reason_of_every_mistake_and_ends_with_1()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "broken.yaml");
        var lines = System.Text.Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/CN-SHANGHAI-2022.yaml")).Split('\n');
        var at = Array.FindIndex(lines, l => l.Contains("lookback_days: 4"));
        lines[at] = "  lookback_days: four";
        lines[4] = "  versoin: 1";
        File.WriteAllText(path, string.Join('\n', lines));

        var (code, output, error) = Run("protocol", "check", path);
        Assert.Equal(1, code);
        Assert.Contains($"{path}:{at + 1}:3: 'contact.lookback_days' must be a whole number, not 'four'. [wrong_type]", output);
        Assert.Contains($"{path}:5:3: The key 'protocol.versoin' is unknown. Did you mean 'version'? [unknown_key]", output);
        Assert.StartsWith("protocols_refused: 3 mistakes in 1 of 1 files.", error);

        using var json = JsonDocument.Parse(Run("protocol", "check", path, "--format", "json").Output);
        var findings = json.RootElement[0].GetProperty("findings");
        Assert.Equal(3, findings.GetArrayLength());
        Assert.Equal(at + 1, findings[2].GetProperty("line").GetInt32());
        Assert.Equal("contact.lookback_days", findings[2].GetProperty("path").GetString());
    }

    [Fact]
    public void Check_compares_a_file_with_the_packs_too()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "mine.yaml");
        File.WriteAllText(path, System.Text.Encoding.UTF8.GetString(ProtocolPacks.Read("protocols/CN-COVID-9.yaml")) + "# mine\n");
        var (code, output, _) = Run("protocol", "check", path);
        Assert.Equal(1, code);
        Assert.Contains("CN-COVID-9@1 stands in protocols/CN-COVID-9.yaml too", output);
    }

    [Theory]
    [InlineData("protocol", "check")]
    [InlineData("protocol", "show", "COVID-19")]
    [InlineData("protocol", "check", "x.yaml", "--format", "xml")]
    public void A_wrong_command_line_ends_with_2(params string[] args) => Assert.Equal(2, Run(args).Code);

    [Fact]
    public void List_shows_where_and_when_each_protocol_holds()
    {
        var (code, output, _) = Run("protocol", "list");
        Assert.Equal(0, code);
        Assert.Matches(@"CN-SHANGHAI-2022@1 +COVID-19 +31 +2022-03-28 to 2022-06-28 priority 10", output);
        using var json = JsonDocument.Parse(Run("protocol", "list", "--format", "json").Output);
        Assert.Equal(ProtocolPacks.Names.Count, json.RootElement.GetArrayLength());
    }

    [Fact]
    public void Show_tells_where_each_value_comes_from()
    {
        var (code, output, _) = Run("protocol", "show", "COVID-19", "--place", "310104", "--on", "2022-04-10");
        Assert.Equal(0, code);
        Assert.Contains("contact: CN-SHANGHAI-2022@1 (holds in 31, before CN-COVID-8@1, WHO-COVID@1)", output);
        Assert.Contains("contact.lookback_days = 4    [F] ddtbk.com, adanworld.com", output);
        Assert.Contains("quarantine: CN-COVID-8@1 (holds in CN", output);
        Assert.Contains("suspect_pool.ack_min = 10    [D] domain 2.10", output);
    }

    [Theory]
    [InlineData("COVID-19", "310104", "2022-04-31", "bad_date")]
    [InlineData("COVID-19", "31x", "2022-04-10", "place_code_wrong")]
    [InlineData("COVID-19", "310104", "2019-04-10", "no_protocol")]
    public void Show_refuses_with_a_code_and_ends_with_1(string disease, string place, string on, string refusal)
    {
        var (code, output, error) = Run("protocol", "show", disease, "--place", place, "--on", on);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith(refusal, error);
    }

    static (int Code, string Output, string Error) Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Program.Run(args, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), error.ToString());
    }
}
