using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Kernel;
using Qipan.LineLists;
using Qipan.Server;

namespace Qipan.Cli.Commands;

/// <summary>`qipan export line-list DIR --purpose P`: streams cases, contacts or links, pseudonymous unless real columns are asked for.</summary>
static class ExportListCommand
{
    public static Command Make()
    {
        var host = new HostSettings();
        var rows = new Option<ListKind>("--rows") { Description = "Cases, Contacts or Links.", DefaultValueFactory = _ => ListKind.Cases };
        var purpose = new Option<Purpose>("--purpose")
        {
            Description = $"Why: one of {string.Join(", ", Enum.GetNames<Purpose>())}. Stands in the access log.",
            Required = true,
        };
        var disease = new Option<string?>("--disease") { Description = "Only of this disease.", HelpName = "NAME" };
        var territory = new Option<string>("--territory") { Description = "A place code; empty is everything.", DefaultValueFactory = _ => "" };
        var columns = new Option<string?>("--columns") { Description = "Names with commas between, in the order wanted; without it all that are pseudonymous.", HelpName = "A,B" };
        var real = new Option<bool>("--real") { Description = "Columns that tell who somebody is may be among them." };
        var name = new Option<string?>("--name") { Description = "Exports of one name have the same pseudonyms: cases and links of one name join.", HelpName = "NAME" };
        var format = new Option<string>("--format") { Description = "csv or xlsx.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "xlsx");
        var file = new Option<string?>("--out") { Description = "A file instead of the output.", HelpName = "FILE" };
        var command = new Command("line-list", "Cases, contacts or links with chosen columns, pseudonymous by default.");
        command.Aliases.Add("linelist");
        host.AddTo(command);
        foreach (var option in new Option[] { rows, purpose, disease, territory, columns, real, name, format, file })
            command.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            var streams = parsed.InvocationConfiguration;
            var settings = host.Load(parsed);
            if (!settings.Ok)
                return ExitCode.Refuse(streams.Error, settings.Refusal);
            var built = await QipanHost.Build(new StartOptions(settings.Value) { Serves = false });
            if (!built.Ok)
                return ExitCode.Refuse(streams.Error, built.Refusal);
            await using var app = built.Value;
            var wanted = new ExportLineList(parsed.GetValue(rows), parsed.GetValue(purpose), parsed.GetValue(territory)!, parsed.GetValue(disease),
                parsed.GetValue(columns)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), parsed.GetValue(real),
                parsed.GetValue(format) == "xlsx")
            { Name = parsed.GetValue(name) };
            var path = parsed.GetValue(file);
            await using var target = path is null ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            var written = await app.Services.GetRequiredService<ExportLineListHandler>().Handle(wanted, Actor.System, caller: null, target);
            if (!written.Ok)
                return ExitCode.Refuse(streams.Error, written.Refusal);
            await streams.Error.WriteLineAsync($"{written.Value} rows");
            return ExitCode.Done;
        });
        return command;
    }
}
