using System.Collections;
using System.Text;
using Qipan.Server.Settings;
using Qipan.Testing;
using Xunit;

namespace Qipan.Architecture;

public sealed class SettingsTests
{
    static readonly Hashtable Nothing = [];

    [Fact]
    public void Every_setting_stands_in_the_docs_with_its_sentence()
    {
        var text = new StringBuilder("""
            # Settings

            What holds is, from weak to strong: the default, `qipan.json` in the data folder (`{ "server": { "urls": "…" } }`), the environment
            variable `QIPAN_SECTION__NAME` (`QIPAN_SERVER__URLS`), the flag. `./qipan settings DIR` prints what holds and who said so. A setting that is
            not valid stops the start. This page is generated; `QIPAN_UPDATE=true tests/run Architecture` writes it again.

            | setting | default | what it does |
            |---|---|---|

            """.Replace("\r", ""));
        foreach (var setting in LoadedSettings.Load(null, Nothing).Value.Effective)
            text.Append($"| `{setting.Name}` | {(setting.Value.Length == 0 ? "" : $"`{setting.Value}`")} | {setting.Sentence.Replace("|", "\\|")} |\n");
        GoldenFile.Hold("docs/settings.md", text.ToString());
    }

    [Fact]
    public void Every_setting_has_a_sentence() =>
        Assert.Empty(LoadedSettings.Load(null, Nothing).Value.Effective.Where(s => s.Sentence.Length < 15).Select(s => s.Name));

    [Fact]
    public void Every_setting_is_described_in_Chinese_too() =>
        Assert.Equal(LoadedSettings.Load(null, Nothing).Value.Effective.Select(s => s.Name).Order(), Consoles.Texts.Sentence.Settings.Keys.Order());

    [Fact]
    public void A_flag_beats_the_environment_which_beats_the_file_which_beats_the_default()
    {
        var folder = Directory.CreateTempSubdirectory("qipan-settings-").FullName;
        File.WriteAllText(Path.Combine(folder, "qipan.json"), """{ "server": { "maxBodyMegabytes": 2, "shutdownSeconds": 3, "urls": "http://file" } }""");
        var environment = new Hashtable { ["QIPAN_SERVER__SHUTDOWNSECONDS"] = "4", ["QIPAN_SERVER__URLS"] = "http://environment" };
        var loaded = LoadedSettings.Load(folder, environment, new Dictionary<string, string> { ["server.urls"] = "http://flag" }).Value;
        var server = loaded.Get<ServerSettings>();
        Assert.Equal((2, 4, "http://flag"), (server.MaxBodyMegabytes, server.ShutdownSeconds, server.Urls));
        Assert.Equal(["flag", "qipan.json", "QIPAN_SERVER__SHUTDOWNSECONDS", "default"],
            new[] { "server.urls", "server.maxBodyMegabytes", "server.shutdownSeconds", "server.timeZone" }
                .Select(name => loaded.Effective.Single(s => s.Name == name).Source));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("QIPAN_SERVER__MAXBODYMEGABYTES", "0", "between 1 and 1024")]
    [InlineData("QIPAN_SERVER__MAXBODYMEGABYTES", "many", "is not a number")]
    [InlineData("QIPAN_SERVER__LOGLEVEL", "Chatty", "LogLevel")]
    [InlineData("QIPAN_SERVER__ULRS", "http://x", "there is no such setting")]
    public void A_wrong_setting_is_refused_by_name(string variable, string value, string why)
    {
        var refusal = LoadedSettings.Load(null, new Hashtable { [variable] = value }).Refusal;
        Assert.Equal("settings_invalid", refusal?.Code);
        Assert.Contains(variable, refusal!.Sentence);
        Assert.Contains(why, refusal.Sentence, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_broken_file_is_refused_with_its_line()
    {
        var folder = Directory.CreateTempSubdirectory("qipan-settings-").FullName;
        File.WriteAllText(Path.Combine(folder, "qipan.json"), "{\n \"server\": {\n oops } }");
        Assert.Contains("line 3", LoadedSettings.Load(folder, Nothing).Refusal?.Sentence);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_secret_is_never_printed()
    {
        var loaded = LoadedSettings.Load(null, new Hashtable { ["QIPAN_STORAGE__CONNECTION"] = "Host=x;Token=hunter22" }).Value;
        Assert.Equal("•••", loaded.Effective.Single(s => s.Name == "storage.connection").Value);
    }
}
