using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Bench.Intake;
using Qipan.Bench.Rounds;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Server.Access;
using Qipan.Storage;

namespace Qipan.Bench.Boards;

/// <summary>
/// `live [--connections 2000]`: a server in a process of its own, and so many pages that listen to it: what they cost in its resident memory, how long it
/// takes until all of them have heard of a change, and what quiet connections cost in processor time.
/// </summary>
static class LiveRun
{
    public static async Task<int> Run(string[] args)
    {
        var connections = Array.IndexOf(args, "--connections") is >= 0 and var at ? int.Parse(args[at + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : 2_000;
        var folder = Directory.CreateTempSubdirectory("qipan-bench-").FullName;
        try
        {
            using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["live-server", folder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
            var url = new Uri(await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
            var token = await server.StandardOutput.ReadLineAsync();
            using (var http = new HttpClient { BaseAddress = url, DefaultRequestHeaders = { Authorization = new("Bearer", token) } })
                for (var i = 0; i < 50; i++)
                    await http.GetStringAsync("/board");
            await Task.Delay(3_000);
            var before = Resident(server.Id);
            Console.WriteLine($"before: {before:N0} MB resident");
            var open = new List<Socket>();
            var hello = Encoding.ASCII.GetBytes($"GET /live HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n");
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < connections; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
                await socket.ConnectAsync(IPAddress.Loopback, url.Port);
                await socket.SendAsync(hello);
                open.Add(socket);
            }
            var buffer = new byte[4096];
            var greeted = 0;
            foreach (var socket in open)
                greeted += (await Heard(socket, buffer, "event: alive")) ? 1 : 0;
            Console.WriteLine($"{greeted:N0} connections open and greeted after {clock.Elapsed.TotalSeconds:N1} s");
            await Task.Delay(5_000);
            Console.WriteLine($"with them: {Resident(server.Id):N0} MB resident, {Resident(server.Id) - before:N0} MB more, {(Resident(server.Id) - before) * 1024.0 / connections:N1} kB each");
            var cpu = server.TotalProcessorTime;
            await Task.Delay(20_000);
            server.Refresh();
            Console.WriteLine($"20 s of quiet: {(server.TotalProcessorTime - cpu).TotalMilliseconds:N0} ms of processor time");
            foreach (var socket in open)
                while (socket.Available > 0)
                    await socket.ReceiveAsync(buffer);
            clock.Restart();
            await server.StandardInput.WriteLineAsync("write");
            var told = 0;
            foreach (var socket in open)
                told += (await Heard(socket, buffer, "event: changed")) ? 1 : 0;
            Console.WriteLine($"{told:N0} heard of a change within {clock.Elapsed.TotalSeconds:N2} s (the server looks every 2 s)");
            for (var i = 0; i < 5; i++)
            {
                await server.StandardInput.WriteLineAsync("write");
                await Task.Delay(3_000);
            }
            Console.WriteLine($"after 6 changes: {Resident(server.Id):N0} MB resident, {Resident(server.Id) - before:N0} MB more");
            open.ForEach(s => s.Dispose());
            await server.StandardInput.WriteLineAsync("end");
            await server.WaitForExitAsync();
            return greeted == connections && told == connections ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The other process.</summary>
    public static async Task Serve(string[] args)
    {
        await using var server = await IntakeServer.Start(args[1], "");
        var account = (await FirstAccount.Add(server.Services, "bench", "Bench", [new Grant(Role.Commander, RosterTown.County)])).Value;
        var session = (await server.Services.GetRequiredService<StaffDirectory>().SignIn(account.Login, account.Password)).Value;
        Console.WriteLine(server.Url);
        Console.WriteLine(session.Token);
        while (await Console.In.ReadLineAsync() is "write")
            _ = (await server.Store.Write(new WriteScope(Actor.System, RosterTown.County), s =>
            {
                s.Trail(RosterTown.County, "bench", new Ref("bench", "1"));
                return Outcome.Done;
            })).Value;
    }

    static async Task<bool> Heard(Socket socket, byte[] buffer, string what)
    {
        var text = "";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (!text.Contains(what, StringComparison.Ordinal))
            {
                var read = await socket.ReceiveAsync(buffer, limit.Token);
                if (read == 0)
                    return false;
                text += Encoding.ASCII.GetString(buffer, 0, read);
            }
            return true;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"waited in vain for {what}; heard: {text}");
            return false;
        }
    }

    static double Resident(int process) => double.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024;
}
