using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Qipan.Server;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>`qipan serve DIR`: runs on a data folder until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("DIR") { Description = "The data folder; created when it is not there." };
        var store = new Option<string?>("--store") { Description = "A PostgreSQL connection string instead of the embedded store.", HelpName = "CONN" };
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons.", HelpName = "U" };
        var command = new Command("serve", "Run on a data folder.") { folder, store, urls };
        command.SetAction((parsed, stop) => Serve(
            parsed.GetRequiredValue(folder), parsed.GetValue(store), parsed.GetValue(urls), parsed.InvocationConfiguration, stop));
        return command;
    }

    static async Task<int> Serve(string folder, string? store, string? urls, InvocationConfiguration streams, CancellationToken stop)
    {
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        if (store is not null)
            flags["storage.connection"] = store;
        if (urls is not null)
            flags["server.urls"] = urls;
        var settings = LoadedSettings.Load(folder, flags: flags);
        if (!settings.Ok)
            return ExitCode.Refuse(streams.Error, settings.Refusal);
        var built = await QipanHost.Build(new StartOptions(settings.Value));
        if (!built.Ok)
            return ExitCode.Refuse(streams.Error, built.Refusal);
        await using var app = built.Value;
        await app.StartAsync(stop);
        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
            await streams.Output.WriteLineAsync($"Qipan listens on {address}");
        await app.WaitForShutdownAsync(stop);
        return ExitCode.Done;
    }
}
