using System.CommandLine;
using Qipan.Http;
using Qipan.Server;
using Qipan.Server.Access;

namespace Qipan.Cli.Commands;

/// <summary>`qipan staff add DIR LOGIN`: an account made on the server's machine, with a random password that is printed once.</summary>
static class StaffCommand
{
    public static Command Make() => new("staff", "Accounts of staff.") { MakeAdd() };

    static Command MakeAdd()
    {
        var host = new HostSettings();
        var login = new Argument<string>("LOGIN") { Description = "3 to 40 letters, digits, dots or hyphens." };
        var role = new Option<Role>("--role") { Description = $"One of {string.Join(", ", Enum.GetNames<Role>())}.", Required = true };
        var territory = new Option<string>("--territory") { Description = "A place code; empty is everything.", DefaultValueFactory = _ => "" };
        var name = new Option<string?>("--name") { Description = "As colleagues know the person; the login unless given." };
        var command = new Command("add", "Makes an account and prints its password once.");
        host.AddTo(command);
        command.Add(login);
        command.Add(role);
        command.Add(territory);
        command.Add(name);
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
            var called = parsed.GetRequiredValue(login);
            var made = await FirstAccount.Add(app.Services, called, parsed.GetValue(name) ?? called,
                [new Grant(parsed.GetValue(role), parsed.GetValue(territory)!)]);
            if (!made.Ok)
                return ExitCode.Refuse(streams.Error, made.Refusal);
            await streams.Output.WriteLineAsync($"{made.Value.Login} {made.Value.Password}");
            return ExitCode.Done;
        });
        return command;
    }
}
