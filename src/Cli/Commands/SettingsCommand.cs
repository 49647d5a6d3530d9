using System.CommandLine;
using System.Text.Json;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>`qipan settings [DIR]`: what holds, who said so, and what each setting does.</summary>
static class SettingsCommand
{
    public static Command Make()
    {
        var folder = new Argument<string?>("DIR") { Description = "The data folder, whose qipan.json is read.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("settings", "Effective settings and where each came from.") { folder, format };
        command.SetAction(parsed => Print(parsed.GetValue(folder), parsed.GetValue(format) == "json", parsed.InvocationConfiguration));
        return command;
    }

    static int Print(string? folder, bool json, InvocationConfiguration streams)
    {
        var settings = LoadedSettings.Load(folder);
        if (!settings.Ok)
            return ExitCode.Refuse(streams.Error, settings.Refusal);
        if (json)
            streams.Output.WriteLine(JsonSerializer.Serialize(settings.Value.Effective, JsonSerializerOptions.Web));
        else
            foreach (var setting in settings.Value.Effective)
                streams.Output.WriteLine($"{setting.Name} = {setting.Value}    ({setting.Source})\n    {setting.Sentence}");
        return ExitCode.Done;
    }
}
