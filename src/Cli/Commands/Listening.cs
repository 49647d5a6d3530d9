using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Kernel;
using Qipan.Server.Settings;

namespace Qipan.Cli.Commands;

/// <summary>Starts a built server and says where it listens.</summary>
static class Listening
{
    /// <summary>The addresses, or the refusal that one of them is taken.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Start(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return new AddressTaken(app.Services.GetRequiredService<ServerSettings>().Urls);
        }
        return Outcome.Of<IReadOnlyList<string>>([.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses]);
    }
}

/// <summary>Another program listens there.</summary>
sealed record AddressTaken(string Address) : Refusal("address_taken", RefusalKind.Conflict,
    $"Another program listens on {Address}. Give another address or port; port 0 takes a free one.", $"{Address}已被其他程序占用，请换一个地址或端口，端口0表示任选一个空闲端口。");
