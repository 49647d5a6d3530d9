using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Qipan.Kernel;
using Qipan.Server;
using Qipan.Server.Access;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>`qipan serve DIR`: runs on a data folder until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var host = new HostSettings();
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons.", HelpName = "U" };
        var command = new Command("serve", "Run on a data folder, which is created when it is not there.");
        host.AddTo(command);
        command.Add(urls);
        command.SetAction((parsed, stop) =>
        {
            var flags = new Dictionary<string, string>(StringComparer.Ordinal);
            if (parsed.GetValue(urls) is { } given)
                flags["server.urls"] = given;
            return Serve(host.Load(parsed, flags), parsed.InvocationConfiguration, stop);
        });
        return command;
    }

    static async Task<int> Serve(Outcome<LoadedSettings> settings, InvocationConfiguration streams, CancellationToken stop)
    {
        if (!settings.Ok)
            return ExitCode.Refuse(streams.Error, settings.Refusal);
        var built = await QipanHost.Build(new StartOptions(settings.Value));
        if (!built.Ok)
            return ExitCode.Refuse(streams.Error, built.Refusal);
        await using var app = built.Value;
        var first = await FirstAccount.Ensure(app.Services);
        if (!first.Ok)
            return ExitCode.Refuse(streams.Error, first.Refusal);
        if (first.Value is { } account)
            await streams.Output.WriteLineAsync($"The first account is {account.Login} with the password {account.Password} (shown this once; change it)");
        var listening = await Listening.Start(app, stop);
        if (!listening.Ok)
            return ExitCode.Refuse(streams.Error, listening.Refusal);
        foreach (var address in listening.Value)
            await streams.Output.WriteLineAsync($"Qipan listens on {address}");
        await app.WaitForShutdownAsync(stop);
        return ExitCode.Done;
    }
}
