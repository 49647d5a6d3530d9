using System.Diagnostics;
using System.Globalization;
using Qipan.Bench.Rounds;

namespace Qipan.Bench.Desks;

/// <summary>A staged store and the server on it, in a process of its own, with sessions of an account that sees figures and duties.</summary>
sealed class OtherServer(Process process, string url, IReadOnlyList<string> tokens) : IAsyncDisposable
{
    public string Url { get; } = url;

    public IReadOnlyList<string> Tokens { get; } = tokens;

    /// <summary>Resident memory and the most so far, in MB.</summary>
    public string Memory => string.Create(CultureInfo.InvariantCulture, $"the server's memory: {Megabytes(process.Id, "VmRSS:"):N0} MB, {Megabytes(process.Id, "VmHWM:"):N0} at most");

    public static async Task<OtherServer> Start(string folder, string postgres, int persons, int sessions)
    {
        var since = TimeProvider.System.GetUtcNow() - RosterTown.Day.AddHours(2);
        await MemoryRun.Stage(folder, postgres, persons, new MemoryRun.Earlier(since));
        var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
            ["memory-server", folder, since.Ticks.ToString(CultureInfo.InvariantCulture), postgres, sessions.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var url = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new OtherServer(server, url, (await server.StandardOutput.ReadLineAsync())!.Split(','));
    }

    public static double Megabytes(int process, string name) => double.Parse(
        File.ReadAllLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) * 1024 / 1e6;

    public async ValueTask DisposeAsync()
    {
        await process.StandardInput.WriteLineAsync("end");
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
