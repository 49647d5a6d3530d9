using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Kernel;
using Qipan.Server;
using Qipan.Server.Exports;

namespace Qipan.Cli.Commands;

/// <summary>`qipan export KIND DIR --purpose P`: streams a list as CSV or JSON; the access log keeps who took it and why.</summary>
static class ExportCommand
{
    public static Command Make()
    {
        var host = new HostSettings();
        var kind = new Argument<string>("KIND") { Description = $"One of {string.Join(", ", ExportListHandler.Kinds)}." };
        kind.AcceptOnlyFromAmong([.. ExportListHandler.Kinds]);
        var purpose = new Option<Purpose>("--purpose")
        {
            Description = $"Why: one of {string.Join(", ", Enum.GetNames<Purpose>())}. Stands in the access log.",
            Required = true,
        };
        var territory = new Option<string>("--territory") { Description = "A place code; empty is everything.", DefaultValueFactory = _ => "" };
        var round = new Option<Guid?>("--round") { Description = "Only rows of this round.", HelpName = "ID" };
        var from = new Option<DateOnly?>("--from") { Description = "Only rows of this day (yyyy-MM-dd) and later.", HelpName = "DAY" };
        var to = new Option<DateOnly?>("--to") { Description = "Only rows of this day and earlier.", HelpName = "DAY" };
        var format = new Option<string>("--format") { Description = "csv or json.", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json");
        var file = new Option<string?>("--out") { Description = "A file instead of the output.", HelpName = "FILE" };
        var command = new Command("export", "Streams a list as CSV or JSON, for a stated purpose.") { kind };
        command.Subcommands.Add(ExportListCommand.Make());
        host.AddTo(command);
        foreach (var option in new Option[] { purpose, territory, round, from, to, format, file })
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
            var wanted = new ExportList(parsed.GetRequiredValue(kind), parsed.GetValue(territory)!, parsed.GetValue(purpose), parsed.GetValue(format) == "json",
                parsed.GetValue(round), parsed.GetValue(from), parsed.GetValue(to));
            var path = parsed.GetValue(file);
            await using var target = path is null ? null : new StreamWriter(path, append: false, new UTF8Encoding(false));
            var written = await app.Services.GetRequiredService<ExportListHandler>().Handle(wanted, Actor.System, target ?? streams.Output);
            if (!written.Ok)
                return ExitCode.Refuse(streams.Error, written.Refusal);
            await streams.Error.WriteLineAsync($"{written.Value} rows");
            return ExitCode.Done;
        });
        return command;
    }
}
