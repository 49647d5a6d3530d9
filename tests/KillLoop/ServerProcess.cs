using System.Collections.Concurrent;
using System.Diagnostics;

namespace Qipan.KillLoop;

/// <summary>The real program in a process of its own: started, killed with SIGKILL, or asked to stop with SIGTERM.</summary>
sealed class ServerProcess : IDisposable
{
    readonly Process process;
    readonly TaskCompletionSource<Uri?> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ServerProcess(Process process) => this.process = process;

    /// <summary>Its address once it listens; null when it ended before.</summary>
    public Task<Uri?> Listening => listening.Task;

    public bool HasExited => process.HasExited;

    /// <summary>Lines that the program wrote as errors or worse. They hold no personal data.</summary>
    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>`qipan serve`.</summary>
    public static ServerProcess Serve(string folder, string connection)
    {
        var started = Start(["serve", folder, "--urls", "http://127.0.0.1:0", .. Store("--store", connection)]);
        var server = new ServerProcess(started);
        started.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at && line.Data.StartsWith("Qipan listens", StringComparison.Ordinal))
                server.listening.TrySetResult(new Uri(line.Data[at..]));
        };
        started.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal) || text.StartsWith("broken:", StringComparison.Ordinal)))
                server.Errors.Enqueue(text);
        };
        started.Exited += (_, _) => server.listening.TrySetResult(null);
        started.EnableRaisingEvents = true;
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return server;
    }

    /// <summary>Another command of the program, to its end: exit code and output.</summary>
    public static async Task<(int Exit, string Output)> Run(params string[] arguments)
    {
        using var command = Start(arguments);
        var output = command.StandardOutput.ReadToEndAsync();
        var error = await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        return (command.ExitCode, (await output + error).Trim());
    }

    /// <summary>The option that names the store, for the commands that have it.</summary>
    public static string[] Store(string option, string connection) => connection.Length == 0 ? [] : [option, connection];

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM: the program begins to stop.</summary>
    public void AskToStop()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> Ended()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }

    static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(typeof(Cli.Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var started = Process.Start(start)!;
        started.StandardInput.Close();
        return started;
    }
}
