using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Server;
using Qipan.Server.Settings;
using Qipan.Storage;

namespace Qipan.Bench.Intake;

/// <summary>The program as `qipan serve` starts it.</summary>
sealed class IntakeServer(WebApplication app) : IAsyncDisposable
{
    public IServiceProvider Services => app.Services;

    public Store Store => app.Services.GetRequiredService<Store>();

    public Keyring Keys => app.Services.GetRequiredService<Keyring>();

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<IntakeServer> Start(string folder, string postgres, TimeProvider? clock = null)
    {
        var settings = LoadedSettings.Load(folder, new Hashtable(), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["storage.connection"] = postgres,
            ["server.urls"] = "http://127.0.0.1:0",
        });
        var app = (await QipanHost.Build(new StartOptions(settings.Value, clock))).Value;
        await app.StartAsync();
        return new IntakeServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
