using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Qipan.Engine.Tests;

/// <summary>
/// A child process does a history and kills itself at the n-th act of the file layer, half-way through a write. Every
/// acknowledged step is there once afterwards, and of the step under way either all or nothing.
/// </summary>
public class KillTests(ITestOutputHelper output)
{
    const string FolderVariable = "QIPAN_KILL_FOLDER";

    /// <summary>Six in an everyday run; QIPAN_KILLS=200 for the loop that a release is held to.</summary>
    static int Kills => int.Parse(Environment.GetEnvironmentVariable("QIPAN_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public void A_killed_store_holds_every_acknowledged_step_once()
    {
        var lost = Enumerable.Range(0, Kills).Select(i => KillOnce(i, forgetful: false)).Where(l => l is not null).ToList();
        output.WriteLine($"{Kills} kills");
        Assert.Empty(lost);
    }

    [Fact]
    public void A_log_that_forgets_what_it_acknowledged_is_caught()
    {
        var lost = Enumerable.Range(0, 4).Select(i => KillOnce(i, forgetful: true)).Where(l => l is not null).ToList();
        Assert.NotEmpty(lost);
    }

    /// <summary>The child's part of the two tests above: without a parent that names a folder there is nothing to do.</summary>
    [Fact]
    public void Child()
    {
        var words = Environment.GetEnvironmentVariable(FolderVariable)?.Split('|') ?? ["", "0", "0", "False"];
        if (words[0].Length == 0)
            return;
        var last = int.Parse(words[2], CultureInfo.InvariantCulture);
        var files = words[3] == "True" ? new ForgetfulFiles() : new WatchedFiles();
        files.MayGoOn = (n, _) => n != last;
        files.Fail = () => Process.GetCurrentProcess().Kill();
        var script = new Script(int.Parse(words[1], CultureInfo.InvariantCulture));
        using var acks = new FileStream(Path.Combine(words[0], "acks"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, 0);
        var store = Script.Open(Path.Combine(words[0], "store"), files);
        foreach (var step in script.Steps)
        {
            Script.Do(step, store);
            acks.WriteByte((byte)'+');
        }
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Null, or what was lost.</summary>
    static string? KillOnce(int i, bool forgetful)
    {
        var seed = 1000 + i % 5;
        var script = new Script(seed);
        var acts = ActsOf(script);
        var at = forgetful ? 10 + 7 * i : 1 + (int)((long)i * 2654435761 % acts);
        using var folder = new TempFolder();
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { typeof(KillTests).Assembly.Location, "--filter-method", "*.KillTests.Child", "--no-progress" },
            Environment = { [FolderVariable] = $"{folder.Path}|{seed}|{at}|{forgetful}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using (var child = Process.Start(start)!)
        {
            child.OutputDataReceived += (_, _) => { };
            child.ErrorDataReceived += (_, _) => { };
            child.BeginOutputReadLine();
            child.BeginErrorReadLine();
            Assert.True(child.WaitForExit(120_000));
            Assert.Equal(137, child.ExitCode);
        }
        var acked = File.Exists(folder.File("acks")) ? (int)new FileInfo(folder.File("acks")).Length : 0;
        using var store = VisitStore.OpenForWriting(folder.File("store"), Script.Settings).Value;
        using var view = store.Read();
        store.Verify();
        var there = view.All().OrderBy(v => v.ToString(), StringComparer.Ordinal).ToList();
        foreach (var steps in new[] { acked, Math.Min(acked + 1, script.Steps.Length) })
            if (script.After(steps).Stays.OrderBy(v => v.ToString(), StringComparer.Ordinal).SequenceEqual(there))
            {
                Assert.True(there.Count == 0 || store.Visitors.Find("v1") == 1);
                return null;
            }
        return $"seed {seed}, killed at act {at}: {acked} steps were acknowledged, and the store holds neither them nor one more";
    }

    static int ActsOf(Script script)
    {
        using var folder = new TempFolder();
        var files = new WatchedFiles();
        using var store = Script.Open(folder.Path, files);
        foreach (var step in script.Steps)
            Script.Do(step, store);
        return files.Acts;
    }

    /// <summary>A broken log on purpose: it writes nothing of a group. The tests must see it.</summary>
    sealed class ForgetfulFiles : WatchedFiles
    {
        protected override ReadOnlySpan<byte> Written(ReadOnlySpan<byte> bytes) =>
            bytes.Length is > 16 and < 4096 && bytes[12] == 1 ? default : bytes;
    }
}
