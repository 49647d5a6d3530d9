using System.Diagnostics;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>This test program again, as a child that runs one test method and is told what to do by a variable.</summary>
sealed class ChildProcess : IDisposable
{
    readonly Process process;

    /// <param name="method">Filter that names the test method which is the child's part.</param>
    /// <param name="variable">What the child reads; without it that test method does nothing.</param>
    public ChildProcess(string method, string variable, string value)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(ChildProcess).Assembly.Location, "--filter-method", method, "--no-progress" },
            Environment = { [variable] = value },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits so long; true when the child ended meanwhile.</summary>
    public bool EndsWithin(int milliseconds) => process.WaitForExit(milliseconds);

    /// <summary>SIGKILL: the process has no say in it.</summary>
    public void Kill() => process.Kill();

    /// <summary>128 + 9 for a process that was killed.</summary>
    public int ExitCode
    {
        get
        {
            Assert.True(process.WaitForExit(120_000), "the child does not end");
            return process.ExitCode;
        }
    }

    public void Dispose() => process.Dispose();
}
